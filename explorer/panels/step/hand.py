"""How a hand moves a number: by dragging up and down, by keys, by typing. Arithmetic on plain values, no widgets."""

from math import floor, isfinite, log10

from msgspec import Struct

from explorer.engine.errors import ExplorerError
from explorer.panels.step.matrix_paint import Cell
from explorer.tape.numbers import MINUS

SLACK = 5
"""Pixels that a pressed mouse may stray before it drags: a click that trembles changes nothing."""
PIXELS_A_NOTCH = 4
FINE = 0.1


class Grip(Struct):
    """A cell that the mouse holds.

    Attributes
    ----------
    y
        Where it was taken.
    value
        What it was then.
    """

    cell: Cell
    y: float
    value: float
    moving: bool = False

    def value_at(self, y: float, *, fine: bool) -> float | None:
        """Return the number where the mouse is now; None where it has not left the place yet."""
        self.moving = self.moving or abs(y - self.y) > SLACK
        return moved(self.value, int((self.y - y) / PIXELS_A_NOTCH), fine=fine) if self.moving else None


def moved(value: float, notches: int, *, fine: bool = False) -> float:
    """Return the number some notches higher: hundredths for numbers below 1, tenths below 10; a tenth of it if fine."""
    size = max(floor(log10(abs(value))), -1) if value and isfinite(value) else -1
    notch = 10.0 ** (size - 1) * (FINE if fine else 1.0)
    return round(value + notches * notch, 12)


def number_typed(text: str) -> float:
    """Return the number that a person typed, with a point or a decimal comma.

    Raises
    ------
    ExplorerError
        If it is none.
    """
    plain = text.strip().replace(MINUS, "-")
    plain = plain.replace(",", ".") if plain.count(",") == 1 and "." not in plain else plain
    try:
        value = float(plain) if "_" not in plain else float("nan")
    except ValueError:
        value = float("nan")
    if not isfinite(value):
        what = f"“{text.strip()[:12]}” is no number" if text.strip() else "nothing is typed"
        raise ExplorerError(f"{what}: type one such as {MINUS}0.25 or 1e-3")
    return value
