"""Write the formulas that travel typeset: those that the window asks for on the shelf's problems, sets and lessons.

    QT_QPA_PLATFORM=offscreen uv run python -m tests.keep_outlines

To be run where the shelf, the lessons, the notations or a version of what typesets has changed; nothing breaks where it
is not.
"""

from importlib.metadata import version

from explorer.app import DEFAULT, application, create_window
from explorer.data import SETS
from explorer.files import write_atomically
from explorer.graph.kept_outlines import FILES, TYPESETTERS, written
from explorer.graph.typeset import drawn
from explorer.lessons.shelf import lesson_names
from explorer.problems.shelf import shelf_names
from explorer.resources import assets


def asked_for(name: str, *, only_first: bool = False) -> list[str]:
    """Return the LaTeX of what is shown of a problem or a data set: at first, or at any of its steps."""
    window = create_window(name)
    window.show()
    window.complete()
    for _ in () if only_first else window.session.state.tape.steps:
        window.action("step_forward").trigger()
        window.complete()
    window.close()
    return list(window.typesetter._known)


def asked_for_by_lessons() -> list[str]:
    """Return the LaTeX of what the pages of all lessons show, and the window beside them."""
    window = create_window()
    window.show()
    for name in lesson_names():
        window.learn.open_lesson(name)
        window.complete()
    window.close()
    return list(window.typesetter._known)


def main() -> None:
    application()
    first = asked_for(DEFAULT, only_first=True)
    names = (*shelf_names(), *SETS)
    later = dict.fromkeys(latex for name in names for latex in asked_for(name) if latex not in first)
    lessons = [latex for latex in asked_for_by_lessons() if latex not in first and latex not in later]
    versions = [version(program) for program in TYPESETTERS]
    for name, formulas in zip(FILES, (first, later, lessons), strict=True):
        kept = ((latex, drawn(latex)) for latex in formulas)
        write_atomically(assets() / "formulas" / name, written(versions, kept))


if __name__ == "__main__":
    main()
