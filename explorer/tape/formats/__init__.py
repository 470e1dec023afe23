"""A tape as text: one table of formats, each a function of the tape, a notation and a title."""

from collections.abc import Callable

from explorer.engine.errors import ExplorerError
from explorer.tape.formats.html import to_html
from explorer.tape.formats.json_text import to_json
from explorer.tape.formats.latex import to_latex
from explorer.tape.formats.markdown import to_markdown
from explorer.tape.notation import Notation
from explorer.tape.notation_shelf import notation as notation_of
from explorer.tape.step import Tape

FORMATS: dict[str, Callable[[Tape, Notation, str], str]] = {
    "json": to_json,
    "markdown": to_markdown,
    "latex": to_latex,
    "html": to_html,
}


def tape_to(tape: Tape, form: str = "json", notation: str | Notation = "row", title: str = "") -> str:
    """Return the tape as text.

    Parameters
    ----------
    form
        A key of ``FORMATS``.
    notation
        In which the formulas are written.
    title
        Of the problem; where the format has a place for it.

    Raises
    ------
    ExplorerError
        If there is no such format or notation.
    """
    if form not in FORMATS:
        raise ExplorerError(f"format {form!r} is unknown: use one of {', '.join(FORMATS)}")
    written = notation if isinstance(notation, Notation) else notation_of(notation)
    return FORMATS[form](tape, written, title)


__all__ = ["FORMATS", "tape_to"]
