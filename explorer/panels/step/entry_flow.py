"""Where the atoms of an entry in numbers stand on its lines, in which font; names of numbers are in letters."""

from msgspec import Struct
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF

from explorer.graph.raising import raised_width
from explorer.panels.step.spelling import Atom
from explorer.panels.theme import LARGE, NORMAL, SMALL, TITLE, number_font, text_font

LEADING = 8
SIGNS = frozenset({"·", "+", "−", "=", "/", "→", "1/2 ·"})
FONTS = ((TITLE, 1), (LARGE, 2), (NORMAL, 3), (SMALL, 3))
"""Font sizes, and how many lines may be written in each; in the last also more, closer together where names stand."""


class Placed(Struct, frozen=True):
    """An atom and where it stands."""

    atom: Atom
    area: QRectF


ROOMY = ((TITLE, 1), (LARGE, 2), (NORMAL, 5), (SMALL, 3))
"""The same where the lines have more room than they need."""
BREAKS = frozenset("+−=/→(")
"""A line may break before an atom that begins so."""


def placed(atoms: tuple[Atom, ...], font: QFont, width: float, leading: float = LEADING / 2) -> list[Placed]:
    """Return the atoms on lines of that width; a product and the sign before it stay together where they fit."""
    metrics, letters = QFontMetricsF(font), lettered(font)
    gap, high = metrics.horizontalAdvance("0") * 0.9, metrics.height() + leading
    spots: list[Placed] = []
    x, y = 0.0, 0.0
    for group in groups(atoms):
        widths = [
            raised_width(letters, atom.text) if atom.name else metrics.horizontalAdvance(atom.text) for atom in group
        ]
        whole = sum(widths) + gap * (len(group) - 1)
        if group[0].begins or (x and x + whole > width):
            x, y = 0.0, y + high if spots else y
        for atom, wide in zip(group, widths, strict=True):
            if x and x + wide > width:
                x, y = 0.0, y + high
            spots.append(Placed(atom, QRectF(x, y, wide, high)))
            x += wide + gap
    return spots


def laid_out(atoms: tuple[Atom, ...], width: float, *, roomy: bool = False) -> tuple[QFont, list[Placed]]:
    """Return the font in which the atoms take few enough lines, and where they stand in it."""
    font, spots = number_font(LARGE), list[Placed]()
    for pixels, most in ROOMY if roomy else FONTS:
        font = number_font(pixels, QFont.Weight.Medium)
        spots = placed(atoms, font, width)
        if lines_of(spots) <= most:
            return font, spots
    return font, placed(atoms, font, width, leading=0) if any(atom.name for atom in atoms) else spots


def lines_of(spots: list[Placed]) -> int:
    """Return the number of lines."""
    return len({spot.area.top() for spot in spots})


def height_of(spots: list[Placed]) -> int:
    """Return the pixels that the lines take."""
    return round(max((spot.area.bottom() for spot in spots), default=LARGE + LEADING)) + 1


def lettered(font: QFont) -> QFont:
    """Return the font of names beside numbers in that font: it has subscripts, and takes less room."""
    return text_font(max(font.pixelSize() - 1, SMALL))


def groups(atoms: tuple[Atom, ...]) -> list[list[Atom]]:
    """Return the atoms in groups that begin where a line may break: not within parentheses in parentheses."""
    found: list[list[Atom]] = []
    depth, closed = 0, False
    for atom in atoms:
        glued = found and (found[-1][-1].text in SIGNS or atom.text[:1] not in BREAKS or depth > 1)
        if found and not atom.begins and glued and not (closed and atom.text == "·"):
            found[-1].append(atom)
        else:
            found.append([atom])
        before, depth = depth, depth + atom.text.count("(") - atom.text.count(")")
        closed = before > depth == 0
    return found
