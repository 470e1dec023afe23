"""The tape as a LaTeX article that compiles as it stands: pdfLaTeX, XeLaTeX or LuaLaTeX, with amsmath."""

from explorer.tape.formats.sheet import (
    Grid,
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

MOST_ROWS, MOST_COLUMNS = 12, 8

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
    parts = [HEAD % escaped(one_line(title)), f"The loss is ${numeral(tape.loss, '-')}$. {remarks(notation)}\n"]
    for section in sections(tape, notation):
        parts.append(f"\\section{{{section.heading}}}\n")
        parts += [items(section.conditions)] * bool(section.conditions)
        parts += map(block, section.lines)
    return "\n".join([*parts, r"\end{document}", ""])


def items(texts: list[str]) -> str:
    """Return a list."""
    body = "\n".join(rf"\item {escaped(text)}" for text in texts)
    return f"\\begin{{itemize}}\n{body}\n\\end{{itemize}}\n"


def block(line: Line) -> str:
    """Return the sentence, the equation and the numbers of one array."""
    cut = grid(line.value, MOST_ROWS, MOST_COLUMNS)
    shape = r" \times ".join(str(size) for size in line.shape)
    numbers = matrix(cut) + f"_{{{shape}}}" if shape else numeral(float(line.value), "-")
    equations = [line.equation] if line.equation else []
    rows = " \\\\\n".join([*equations, f"{line.symbol} = {numbers}"])
    words = " ".join(filter(None, (escaped(line.text), cut_note(line.value, cut))))
    return f"{words}\n\\begin{{gather*}}\n{rows}\n\\end{{gather*}}\n".lstrip()


def matrix(cut: Grid) -> str:
    """Return a bracketed matrix, with dots where it is cut."""
    rows = [[numeral(number, "-") for number in row] + [r"\cdots"] * bool(cut.hidden_columns) for row in cut.rows]
    if cut.hidden_rows:
        rows.append([r"\vdots"] * len(rows[0]))
    body = r" \\ ".join(" & ".join(row) for row in rows)
    return rf"\begin{{bmatrix}} {body} \end{{bmatrix}}"


def escaped(text: str) -> str:
    """Return text that LaTeX prints as it is; a letter that its fonts do not have, as its code point."""
    return "".join(ESCAPES.get(letter) or printed(letter) for letter in text)


def printed(letter: str) -> str:
    """Return the letter, or U+4E2D and the like."""
    known = letter.isprintable() and (ord(letter) < 0x100 or letter in LATIN)
    return letter if known else f"\\texttt{{U+{ord(letter):04X}}}"
