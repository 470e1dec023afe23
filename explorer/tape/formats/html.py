"""The tape as one self-contained page, light or dark as the reader's system is, its formulas as MathML."""

import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape
from math import isfinite

from latex2mathml.converter import convert

from explorer.tape.formats.blocks import as_shown, by_hand_note
from explorer.tape.formats.sheet import Line, cut_note, numeral, one_line, remarks, sections
from explorer.tape.notation import Notation
from explorer.tape.step import Tape
from explorer.tape.symbols import shape_words

MOST_ROWS, MOST_COLUMNS = 32, 16
LAYER = re.compile(r"\^(\[\w+\][⁺ᵀ]*)")

STYLE = """
:root {
  color-scheme: light dark;
  --ground: #f6f6f3; --card: #fff; --line: #e3e3dd; --ink: #1b1f24; --muted: #6a7280; --accent: #2f6fde;
  --minus: 214 120 40; --plus: 47 111 222;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #15171b; --card: #1d2026; --line: #30343c; --ink: #e9eaed; --muted: #9097a3; --accent: #6ea0ff;
    --minus: 224 138 66; --plus: 110 160 255;
  }
}
body {
  margin: 0 auto; padding: 32px 16px; max-width: 960px; background: var(--ground); color: var(--ink);
  font: 15px/1.5 Inter, system-ui, sans-serif;
}
h1 { font-size: 22px; }
h2 { font-size: 17px; margin: 32px 0 12px; color: var(--accent); }
h3 { margin: 0; font: 600 13px "JetBrains Mono", monospace; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 12px 16px; }
section { margin: 12px 0; break-inside: avoid; }
small, .note { color: var(--muted); font-weight: 400; }
math { margin: 8px 0; width: fit-content; }
sup { font-size: 10px; line-height: 0; }
p { margin: 4px 0 8px; }
.numbers { margin-top: 4px; overflow-x: auto; }
table { border-collapse: separate; border-spacing: 2px; }
td { font: 13px "JetBrains Mono", monospace; font-variant-numeric: tabular-nums; text-align: right; }
td { padding: 3px 8px; border-radius: 4px; }
.minus { background: rgb(var(--minus) / var(--a)); }
.plus { background: rgb(var(--plus) / var(--a)); }
"""

HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<h1>{title}</h1>"""


def to_html(tape: Tape, notation: Notation, title: str) -> str:
    """Return the tape as a page that needs no other file."""
    found = list(sections(tape, notation))
    words = " ".join(filter(None, (remarks(notation), by_hand_note(line for each in found for line in each.lines))))
    parts = [f'<p>The loss is <b>{numeral(tape.loss)}</b>. <span class="note">{words}</span></p>']
    for section in found:
        parts.append(f"<h2>{section.heading}</h2>")
        parts += [items(section.conditions)] * bool(section.conditions)
        parts += map(block, section.lines)
    return page(escape(one_line(title)), STYLE, parts)


def page(title: str, style: str, parts: Iterable[str]) -> str:
    """Return a whole page that needs no other file: its title, escaped already, in its style, then its parts."""
    return "\n".join([HEAD.format(title=title, style=style), *parts, "</body>\n</html>\n"])


def items(texts: list[str]) -> str:
    """Return a list."""
    return "<ul>\n" + "\n".join(f"<li>{escape(text)}</li>" for text in texts) + "\n</ul>"


def block(line: Line) -> str:
    """Return the card of one array."""
    cut = as_shown(line.value, MOST_ROWS, MOST_COLUMNS)
    note = cut_note(line.value, cut)
    parts = (
        f"<h3>{raised(line.name)} <small>{shape_words(line.shape)}</small></h3>",
        mathml(line.equation) if line.equation else "",
        f"<p>{raised(line.text)}</p>" if line.text else "",
        f'<div class="numbers">{table(cut.rows, more=bool(cut.hidden_columns))}</div>',
        f'<p class="note">{note}</p>' if note else "",
    )
    return "<section>\n" + "\n".join(part for part in parts if part) + "\n</section>"


def raised(text: str) -> str:
    """Return words, each layer in brackets raised."""
    return LAYER.sub(r"<sup>\1</sup>", escape(text))


@lru_cache(maxsize=1024)
def mathml(latex: str) -> str:
    """Return a formula as MathML."""
    return convert(latex, display="block")


def table(rows: list[list[float]], *, more: bool) -> str:
    """Return the numbers as a table, each cell tinted by its sign and size."""
    largest = max((abs(number) for row in rows for number in row if isfinite(number)), default=0.0)
    dots = "<td>…</td>" if more else ""
    body = ("".join(cell(number, largest) for number in row) for row in rows)
    return "<table>" + "".join(f"<tr>{cells}{dots}</tr>" for cells in body) + "</table>"


def cell(number: float, largest: float) -> str:
    """Return one number, at most half covered with the colour of its sign."""
    if not isfinite(number) or not number:
        return f"<td>{numeral(number)}</td>"
    sign = "minus" if number < 0 else "plus"
    return f'<td class="{sign}" style="--a:{0.5 * abs(number) / largest:.2f}">{numeral(number)}</td>'
