"""The actions of the menu View, in one table: the drawing, the workspaces, the notation, pictures and curves."""

from explorer.panels.action_row import ActionRow

VIEW_ROWS = (
    ActionRow("zoom_in", "Zoom &in", ("Ctrl++", "Ctrl+="), "&View", "Enlarge the drawing."),
    ActionRow("zoom_out", "Zoom &out", ("Ctrl+-",), "&View", "Shrink the drawing."),
    ActionRow("fit", "&Fit", ("F",), "&View", "Fit the drawing to its place."),
    ActionRow(
        "unfold",
        "&Unfold wide layers",
        ("U",),
        "&View",
        "Show all units of the chosen unit's layer, or of all wide layers; again folds them.",
    ),
    ActionRow("workspace_explore", "&Explore", ("Ctrl+1",), "&View", "Give the pass most of the window.", apart=True),
    ActionRow("workspace_train", "&Train", ("Ctrl+2",), "&View", "Give the training most of the window."),
    ActionRow(
        "next_notation", "Next &notation", ("Ctrl+L",), "&View", "Write everything in the next notation.", apart=True
    ),
    ActionRow(
        "numerator_layout",
        "Nu&merator layout",
        ("Ctrl+Shift+L",),
        "&View",
        "Write a gradient in the transposed shape of what it is taken by.",
        checkable=True,
    ),
    ActionRow("next_picture", "Next &picture of learning", ("V",), "&View", "Show the next picture beside the curves."),
    ActionRow(
        "enlarge_picture",
        "&Large picture of learning",
        ("Shift+V",),
        "&View",
        "Give the picture the room of the drawing and the step card; again, or Esc, brings it back.",
        checkable=True,
    ),
    ActionRow(
        "smooth_curves", "&Smoother curves", ("M",), "&View", "Smooth the curves more; after the strongest, not at all."
    ),
    ActionRow("log_loss", "Lo&garithmic loss", ("L",), "&View", "Put the losses on a logarithmic axis, or back."),
    ActionRow("log_steps", "Loga&rithmic steps", ("Shift+L",), "&View", "Put the curves' steps on a logarithmic axis."),
    ActionRow("whole_run", "W&hole run", ("W",), "&View", "Show all steps of the run in the curves, and follow it."),
    ActionRow("dark", "&Dark", ("Ctrl+D",), "&View", "Dark or light.", checkable=True, apart=True),
    ActionRow(
        "animations",
        "&Animations",
        (),
        "&View",
        "Let values travel along the edges as a step is taken; any input ends it.",
        checkable=True,
    ),
    ActionRow(
        "close_notice",
        "&Close",
        ("Esc",),
        "&View",
        "Close what lies on top: a list, a sheet, the answer, a view, a notice, a hint, a choice, a guest's pass.",
    ),
)
