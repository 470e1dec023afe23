"""A slider for an amount on the card: reached by Tab, it keeps the keys which step the pass; the mouse takes none.

A drag that gave it the focus would let the next arrow move the amount, unseen, where a step was meant.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSlider, QWidget

from explorer.panels.own_keys import SLIDER_KEYS, OwnKeys

HEIGHT = 22
"""Of the knob with its border; the style's own height would cut it."""


class KeyedSlider(OwnKeys, QSlider):
    """A horizontal slider with the look of the card."""

    own_keys = SLIDER_KEYS

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setProperty("amount", True)
        self.setMinimumHeight(HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
