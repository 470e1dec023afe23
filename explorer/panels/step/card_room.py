"""How much of the card's height its matrices get: what is left beside words, formula and the entry in numbers."""

from PySide6.QtWidgets import QWidget

from explorer.panels.step.card_head import TALL
from explorer.panels.step.entry_card import EntryCard

AROUND, CHECKED, STACK, NOTE = 338, 96, 104, 14
"""What stands around the matrices; the check, on a tall card; three stacked rows; the note on the minibatch."""
LINES, FORMULA, GAP = 60, 44, 4
"""Height of three lines of an entry (on a short card the matrices get what it leaves); of a formula; a gap."""


def room_for_matrices(height: int, entry: EntryCard, formula: QWidget, knob: QWidget, note: QWidget) -> int:
    """Return the pixels that matrices should not exceed on a card of that height.

    Parameters
    ----------
    knob, note
        Between formula and matrices, and above the formula; hidden in most steps.
    """
    around = AROUND + formula.height() - FORMULA
    around += 0 if knob.isHidden() else knob.sizeHint().height() + GAP
    around += 0 if note.isHidden() else NOTE
    around += CHECKED if height >= TALL else entry.line_height - LINES
    return max(STACK, height - around)
