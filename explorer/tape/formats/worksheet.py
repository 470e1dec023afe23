"""The tape as a worksheet to be printed on A4: blanks for the numbers, and the solutions on pages of their own.

Every step stands there with its formula, its sentence and its shape; what was given has its numbers.
"""

from collections.abc import Callable, Iterable
from html import escape
from itertools import count

from explorer.tape.finite import first_not_finite
from explorer.tape.formats.blocks import Block, blocks, by_hand_note, is_large
from explorer.tape.formats.html import items, mathml, page, raised
from explorer.tape.formats.sheet import Grid, Line, Section, cut_note, grid, one_line, orientation, sections
from explorer.tape.notation import Notation
from explorer.tape.numbers import DIGITS, exact, is_rounded, shown
from explorer.tape.step import Tape
from explorer.tape.symbols import shape_words

USUAL_DIGITS = 4
CUT_ROWS = 8
"""Rows that stand of a matrix that nobody would work with by hand."""
MOST_ROWS, MOST_WIDTH = 30, 570
"""Rows of a matrix that stand below each other on one page, and the pixels beside each other."""
DIGIT_WIDTH, CELL_WIDTH = 7.2, 41
"""Pixels of a digit, and of a cell beside its digits: sign, point, a zero before it and the gap."""
SMALL = 0.8
"""How wide a cell in smaller type is, against others."""
MOST_IN_COLUMN, FEW_DIGITS = 3, 5
"""Columns, and digits, of matrices that stand beside each other in two columns of the page."""

STYLE = """
@page { size: A4; margin: 16mm 16mm 18mm; }
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 24px 16px; max-width: 720px; background: #fff; color: #000;
  font: 14px/1.45 Inter, "Helvetica Neue", Arial, sans-serif;
}
h1 { font-size: 20px; margin: 0 0 2px; }
h2 { font-size: 15px; margin: 22px 0 8px; padding-bottom: 3px; border-bottom: 1px solid #000; break-after: avoid; }
p, ul { margin: 4px 0; }
.who { display: flex; gap: 24px; margin: 14px 0 10px; }
.who span { flex: 1; border-bottom: 1px solid #777; padding-bottom: 16px; font-size: 12px; color: #444; }
section { margin: 10px 0 14px; break-inside: avoid; }
.head { display: flex; align-items: baseline; gap: 10px; }
.number { min-width: 26px; font-weight: 600; }
.shape, .note { color: #555; font-size: 12px; }
.shape { white-space: nowrap; }
.head .shape { margin-left: auto; }
.work { display: flex; align-items: center; gap: 10px; margin: 6px 0 0 36px; }
.said { margin-left: 36px; color: #333; font-size: 13px; }
math { font-size: 16px; }
sup { font-size: 10px; line-height: 0; }
table { border-collapse: separate; border-spacing: 4px 5px; }
table.matrix { border: solid #000; border-width: 0 1.5px; border-radius: 6px; padding: 0 3px; }
td { height: 24px; min-width: 54px; padding: 0 4px; text-align: right; font-variant-numeric: tabular-nums; }
td { font-family: "JetBrains Mono", "DejaVu Sans Mono", monospace; font-size: 12px; white-space: nowrap; }
td.blank { border-bottom: 1px solid #777; }
td.dots { min-width: 0; text-align: center; }
.compact td { height: 18px; min-width: 0; }
.small table { border-spacing: 3px 3px; }
.small td { font-size: 9.5px; padding: 0 2px; min-width: 44px; }
.compact .small td { height: 14px; min-width: 0; }
.blocks { display: flex; flex-wrap: wrap; gap: 6px 14px; }
figure { margin: 0; }
figcaption { color: #555; font-size: 11px; margin-left: 8px; }
.compact section { margin: 6px 0 8px; }
.solutions { break-before: page; }
.two { columns: 2; column-gap: 24px; }
@media screen { .solutions { margin-top: 56px; border-top: 2px dashed #999; padding-top: 24px; } }
@media print { body { padding: 0; max-width: none; } }
"""


def to_worksheet(tape: Tape, notation: Notation, title: str, digits: int = USUAL_DIGITS, about: str = "") -> str:
    """Return the tape as a worksheet that needs no other file.

    Parameters
    ----------
    digits
        Significant digits of the numbers; 17 for all.
    about
        Which pass of the problem it is, in a few words.
    """
    name = escape(one_line(title, "Worksheet"))
    known, *asked = sections(tape, notation)
    words = " ".join(filter(None, (escape(one_line(about, "")), remark(tape, digits), orientation(notation))))
    large = by_hand_note(line for section in (known, *asked) for line in section.lines)
    parts = [
        f'<p class="note">{words}</p>',
        f'<p class="note"><b>{large}</b></p>' if large else "",
        '<div class="who"><span>Name</span><span>Date</span></div>',
        f"<h2>{known.heading}</h2>",
        items(known.conditions),
        *(given(line, digits) for line in known.lines),
        *numbered(asked, question, digits),
        '<div class="solutions compact">',
        f"<h1>Solutions: {name}</h1>",
        f'<div class="{"two" if widest(asked) <= MOST_IN_COLUMN and digits <= FEW_DIGITS else "one"}">',
        *numbered(asked, solution, digits),
        "</div>",
        "</div>",
    ]
    return page(name, STYLE, parts)


def widest(asked: Iterable[Section]) -> int:
    """Return the columns of the widest matrix."""
    return max((line.shape[-1] for section in asked for line in section.lines if line.shape), default=1)


def remark(tape: Tape, digits: int) -> str:
    """Say how far the numbers can be trusted."""
    if first_not_finite(tape):
        return "This pass leaves the finite numbers."
    if digits >= DIGITS[-1]:
        return ""
    rounded = any(is_rounded(number, digits) for array in tape.given.values() for number in array.flat[:1000].tolist())
    if not rounded:
        return f"Solutions are rounded to {digits} significant digits."
    return (
        f"Numbers are rounded to {digits} significant digits; the solutions were worked out from the unrounded ones, "
        "so that their last digit may differ from yours."
    )


def numbered(asked: Iterable[Section], block: Callable[[int, Line, int], str], digits: int) -> list[str]:
    """Return the blocks of steps, counted from 1 through all sections, under their headings."""
    numbers, parts = count(1), []
    for section in asked:
        parts.append(f"<h2>{section.heading}</h2>")
        parts += [block(next(numbers), line, digits) for line in section.lines]
    return parts


def given(line: Line, digits: int) -> str:
    """Return the numbers of what was given."""
    return "\n".join(
        [
            '<section class="compact">',
            f'<div class="work"><span>{equals(line)}</span>{numbers(line, digits)}{shape(line)}</div>',
            note(line, digits),
            "</section>",
        ]
    )


def question(number: int, line: Line, digits: int) -> str:
    """Return a step with blanks for its numbers."""
    return "\n".join(
        [
            "<section>",
            f'<div class="head"><span class="number">{number}.</span>{mathml(line.equation)}{shape(line)}</div>',
            f'<p class="said">{raised(line.text)}</p>',
            f'<div class="work"><span>{equals(line)}</span>{numbers(line, digits, blank=True)}</div>',
            note(line, digits),
            "</section>",
        ]
    )


def solution(number: int, line: Line, digits: int) -> str:
    """Return the numbers of a step."""
    found = f"<span>{equals(line)}</span>{numbers(line, digits)}"
    head = f'<div class="head"><span class="number">{number}.</span>{found}</div>'
    return f"<section>{head}{note(line, digits)}</section>"


def room(digits: int, scale: float = 1.0) -> int:
    """Return how many columns of numbers the page has room for, in type of that size."""
    return int(MOST_WIDTH / (scale * (DIGIT_WIDTH * digits + CELL_WIDTH)))


def cut_to(line: Line, digits: int) -> Grid:
    """Return the part that stands of a matrix that nobody would work with by hand."""
    return grid(line.value, CUT_ROWS, room(digits))


def numbers(line: Line, digits: int, *, blank: bool = False) -> str:
    """Return all numbers of an array, or room for them: in smaller type, then in blocks, where it is wide or high.

    Of an array that nobody would work with by hand, the first rows and columns.
    """
    written = None if blank else digits
    if is_large(line.value):
        cut = cut_to(line, digits)
        return matrix(line, cut.rows, written, right=bool(cut.hidden_columns), below=bool(cut.hidden_rows))
    usual, small = (blocks(line.value, MOST_ROWS, room(digits, scale)) for scale in (1.0, SMALL))
    if len(usual) == 1:
        return matrix(line, usual[0].rows, written)
    return f'<div class="blocks small">{"".join(part(line, each, written) for each in small)}</div>'


def part(line: Line, block: Block, digits: int | None) -> str:
    """Return a block of a matrix under the words for which part it is."""
    caption = f"<figcaption>{block.place}</figcaption>" if block.place else ""
    return f"<figure>{caption}{matrix(line, block.rows, digits)}</figure>"


def equals(line: Line) -> str:
    """Return the symbol and the sign of equality."""
    return mathml(f"{line.symbol} =")


def shape(line: Line) -> str:
    """Return the shape; nothing of a number."""
    return f'<span class="shape">{shape_words(line.shape)}</span>' if line.shape else ""


def note(line: Line, digits: int) -> str:
    """Say what is left out of a matrix, or nothing."""
    words = cut_note(line.value, cut_to(line, digits)) if is_large(line.value) else ""
    return f'<p class="said note">{words}</p>' if words else ""


def matrix(
    line: Line, numbers: list[list[float]], digits: int | None, *, right: bool = False, below: bool = False
) -> str:
    """Return a matrix, or a lone number, as a table; blank where there are no digits to write.

    Parameters
    ----------
    right, below
        Whether more of it is there that does not stand here.
    """
    more = '<td class="dots">…</td>' if right else ""
    rows = [f"<tr>{''.join(cell(number, digits) for number in row)}{more}</tr>" for row in numbers]
    if below:
        dots = '<td class="dots">⋮</td>' * len(numbers[0])
        rows.append(f"<tr>{dots}</tr>")
    bracketed = ' class="matrix"' if line.value.ndim else ""
    return f"<table{bracketed}>{''.join(rows)}</table>"


def cell(number: float, digits: int | None) -> str:
    """Return one number, or room for it; one that is short anyway, 0.5 say, as it is."""
    if digits is None:
        return '<td class="blank"></td>'
    whole, rounded = exact(number), shown(number, digits)
    return f"<td>{whole if len(whole) < len(rounded) else rounded}</td>"
