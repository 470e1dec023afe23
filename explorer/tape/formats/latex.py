"""The tape as a LaTeX article that compiles as it stands: pdfLaTeX, XeLaTeX or LuaLaTeX, with amsmath."""

from explorer.tape.formats.blocks import blocks, by_hand_note, is_large
from explorer.tape.formats.sheet import (
    Line,
    cut_note,
    grid,
    numeral,
    one_line,
    remarks,
    sections,
)
from explorer.tape.notation import Notation
from explorer.tape.step import Tape

MOST_ROWS, MOST_COLUMNS = 36, 6
"""Rows and columns of a matrix that the page has room for."""
BLOCK_COLUMNS = 5
"""Columns of a block, before which stands which ones these are."""
CUT_ROWS = 12
"""Rows that stand of an array that is too large to be whole."""

HEAD = r"""\documentclass[a4paper]{article}
\usepackage[T1]{fontenc}
\usepackage{amsmath}
\usepackage[margin=20mm]{geometry}
\setlength{\parindent}{0pt}
\setcounter{secnumdepth}{0}
\allowdisplaybreaks
\title{%s}
\author{}
\date{}
\begin{document}
\maketitle
"""

GREEK = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "δ": "delta",
    "ε": "varepsilon",
    "η": "eta",
    "θ": "theta",
    "λ": "lambda",
    "μ": "mu",
    "π": "pi",
    "ρ": "rho",
    "σ": "sigma",
    "τ": "tau",
    "φ": "varphi",
    "ω": "omega",
    "Δ": "Delta",
    "Σ": "Sigma",
    "Ω": "Omega",
    "∂": "partial",
    "⊙": "odot",
    "≤": "le",
    "≥": "ge",
    "∞": "infty",
}
"""Letters that stand in titles and sentences, and the command of each in a formula."""

LATIN = "ĂăĄąĆćČčĎďĐđĘęĚěĞğİıŁłĽľŃńŇňŒœŐőŔŕŘřŚśŞşŠšŢţŤťŮůŰűŸŹźŻżŽž"
"""Letters beyond Latin-1 that the font encoding T1 has."""

ESCAPES = {
    "\\": r"\textbackslash{}",
    **{letter: f"\\{letter}" for letter in "&%$#_{}"},
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "—": "---",
    "–": "--",
    "−": "$-$",
    "×": r"$\times$",
    "·": r"$\cdot$",
    "…": r"\dots{}",
    "’": "'",
    "‘": "`",
    "“": "``",
    "”": "''",
    **{letter: f"$\\{name}$" for letter, name in GREEK.items()},
}


def to_latex(tape: Tape, notation: Notation, title: str) -> str:
    """Return the tape as a complete article."""
    found = list(sections(tape, notation))
    lines = (line for section in found for line in section.lines)
    words = by_hand_note(lines, lambda line: f"${line.symbol}$", hyphens_apart)
    said = " ".join(filter(None, (f"The loss is ${numeral(tape.loss, '-')}$.", remarks(notation), words)))
    parts = [HEAD % escaped(one_line(title)), f"{said}\n"]
    for section in found:
        parts.append(f"\\section{{{section.heading}}}\n")
        parts += [items(section.conditions)] * bool(section.conditions)
        parts += map(block, section.lines)
    return "\n".join([*parts, r"\end{document}", ""])


def hyphens_apart(text: str) -> str:
    """Return escaped text in which two hyphens are no dash."""
    return escaped(text).replace("--", "-{}-")


def items(texts: list[str]) -> str:
    """Return a list."""
    body = "\n".join(rf"\item {escaped(text)}" for text in texts)
    return f"\\begin{{itemize}}\n{body}\n\\end{{itemize}}\n"


def block(line: Line) -> str:
    """Return the sentence, the equation and the numbers of one array."""
    equations = [line.equation] if line.equation else []
    rows = " \\\\\n".join([*equations, *numbers(line)])
    cut = cut_note(line.value, grid(line.value, CUT_ROWS, MOST_COLUMNS)) if is_large(line.value) else ""
    words = " ".join(filter(None, (escaped(line.text), cut)))
    return f"{words}\n\n\\begin{{gather*}}\n{rows}\n\\end{{gather*}}\n".lstrip()


def numbers(line: Line) -> list[str]:
    """Return the lines of an array's numbers: one, or one of each block of what is wider or higher than the page."""
    shape = r" \times ".join(str(size) for size in line.shape)
    if not shape:
        return [f"{line.symbol} = {numeral(float(line.value), '-')}"]
    if is_large(line.value):
        cut = grid(line.value, CUT_ROWS, MOST_COLUMNS)
        whole = matrix(cut.rows, right=bool(cut.hidden_columns), below=bool(cut.hidden_rows))
        return [f"{line.symbol} = {whole}_{{{shape}}}"]
    found = blocks(line.value, MOST_ROWS, MOST_COLUMNS)
    if len(found) == 1:
        return [f"{line.symbol} = {matrix(found[0].rows)}_{{{shape}}}"]
    found = blocks(line.value, MOST_ROWS, BLOCK_COLUMNS)
    head = [rf"{line.symbol} \text{{ is }} {shape} \text{{:}}"]
    return head + [rf"\text{{{each.place}}} \quad {matrix(each.rows)}" for each in found]


def matrix(rows: list[list[float]], *, right: bool = False, below: bool = False) -> str:
    """Return a bracketed matrix, with dots where more of it is to the right or below."""
    cells = [[numeral(number, "-") for number in row] + [r"\cdots"] * right for row in rows]
    if below:
        cells.append([r"\vdots"] * len(cells[0]))
    body = r" \\ ".join(" & ".join(row) for row in cells)
    return rf"\begin{{bmatrix}} {body} \end{{bmatrix}}"


def escaped(text: str) -> str:
    """Return text that LaTeX prints as it is; a letter that its fonts do not have, as its code point."""
    return "".join(ESCAPES.get(letter) or printed(letter) for letter in text)


def printed(letter: str) -> str:
    """Return the letter, or U+4E2D and the like."""
    known = letter.isprintable() and (ord(letter) < 0x100 or letter in LATIN)
    return letter if known else f"\\texttt{{U+{ord(letter):04X}}}"
