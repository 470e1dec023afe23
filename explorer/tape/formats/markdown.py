"""The tape as Markdown: headings by phase, each step its formula, its sentence and its numbers."""

import re
from itertools import chain

from explorer.tape.formats.blocks import as_shown, by_hand_note
from explorer.tape.formats.sheet import Line, cut_note, numeral, one_line, remarks, sections
from explorer.tape.notation import Notation
from explorer.tape.step import Tape
from explorer.tape.symbols import shape_words

MOST_ROWS = MOST_COLUMNS = 12
SPELT = r"\thinspace "
THIN = re.compile(r"\\, ?")
SPECIAL = re.compile(r"([\\`*_\[\]<>#|$&~])")


def to_markdown(tape: Tape, notation: Notation, title: str) -> str:
    """Return the tape as Markdown with formulas between dollars, as most renderers read it."""
    heading = SPECIAL.sub(r"\\\1", one_line(title))
    found = list(sections(tape, notation))
    large = by_hand_note(line for section in found for line in section.lines)
    parts = [f"# {heading}", f"The loss is **{numeral(tape.loss)}**. {remarks(notation)}", *([large] if large else [])]
    for section in found:
        parts.append(f"## {section.heading}")
        parts += ["\n".join(f"- {known}" for known in section.conditions)] * bool(section.conditions)
        parts += chain.from_iterable(map(block, section.lines))
    return "\n\n".join(parts) + "\n"


def block(line: Line) -> list[str]:
    """Return the paragraphs of one array."""
    heading = f"**`{line.name}`** ({shape_words(line.shape)})"
    if not line.value.ndim:
        numbers = f"{line.symbol} = {numeral(float(line.value), '-')}"
        return [heading, display(line.equation), line.text, display(numbers)]
    cut = as_shown(line.value, MOST_ROWS, MOST_COLUMNS)
    formula = [display(line.equation), line.text] if line.equation else []
    note = cut_note(line.value, cut)
    return [heading, *formula, table(cut.rows, more=bool(cut.hidden_columns)), *([note] if note else [])]


def display(latex: str) -> str:
    r"""Return a formula on a line of its own; some renderers would read \, as an escaped comma."""
    return f"$$ {THIN.sub(lambda _: SPELT, latex)} $$"


def table(rows: list[list[float]], *, more: bool) -> str:
    """Return a table, its rows and columns counted from 1; a last column of dots where there are more."""
    dots = ["…"] if more else []
    header = ["", *(str(k + 1) for k in range(len(rows[0]))), *dots]
    body = [[f"**{n}**", *(numeral(number) for number in row), *dots] for n, row in enumerate(rows, start=1)]
    ruler = ["---:"] * len(header)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (header, ruler, *body))
