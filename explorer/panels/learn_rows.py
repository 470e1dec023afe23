"""The actions of the menu Learn, in one table: the ways through the lessons, and back to what was open before."""

from explorer.panels.action_row import ActionRow

LEARN_ROWS = (
    ActionRow("workspace_learn", "&Learn", ("Ctrl+3",), "&Learn", "Read a lesson beside the pass that it is about."),
    ActionRow("all_lessons", "&All lessons", ("Ctrl+Home",), "&Learn", "List all lessons.", apart=True),
    ActionRow("previous_lesson", "&Previous lesson", ("Ctrl+PgUp",), "&Learn", "Open the lesson before."),
    ActionRow("next_lesson", "&Next lesson", ("Ctrl+PgDown",), "&Learn", "Open the next lesson."),
    ActionRow(
        "open_subject",
        "&Open what the page is about",
        ("Ctrl+Shift+B",),
        "&Learn",
        "Open once more what the page is about, where the window shows something else.",
        apart=True,
    ),
    ActionRow(
        "leave_lesson",
        "&Back to what was open",
        ("Ctrl+B",),
        "&Learn",
        "Show again what was open before the lessons, as it stood.",
    ),
)
