"""A sheet over the drawing and the card that gives the chosen picture of learning their room; Esc brings it back."""

from collections.abc import Sequence

from PySide6.QtWidgets import QApplication, QLayout, QVBoxLayout, QWidget

from explorer.panels.covering_sheet import CoveringSheet, SheetWords
from explorer.panels.focus_order import focus_within

WORDS = SheetWords(
    title="Picture of learning",
    name="The picture of learning, large",
    close_name="Close the large picture",
    close_tip="Back to its place (Esc)",
)


class PictureSheet(CoveringSheet):
    """Holds the pictures while it is open; their own place is hidden then.

    Parameters
    ----------
    pictures
        What is shown large; it stands in a widget of its own.
    covered
        What it lies over.
    parent
        Holds both.
    """

    def __init__(self, pictures: QWidget, covered: Sequence[QWidget], parent: QWidget) -> None:
        super().__init__(WORDS, covered, parent)
        self.setObjectName("picture_sheet")
        self.column.setSpacing(8)
        self._pictures = pictures
        self._home, self._place = home_of(pictures)

    def take_in(self) -> None:
        """Take the pictures from their own place."""
        self._move(self.column)

    def put_back(self) -> None:
        """Put the pictures into their own place."""
        self._move(self._place)

    def _move(self, layout: QLayout) -> None:
        """Put the pictures into a layout, and leave their own place, or take it again."""
        focused = QApplication.focusWidget() if focus_within(self._pictures) else None
        layout.addWidget(self._pictures)
        self.column.setStretchFactor(self._pictures, 1)
        self._home.setVisible(self._pictures.parentWidget() is self._home)
        self._pictures.show()
        if focused is not None:
            focused.setFocus()


def slotted(widget: QWidget) -> QWidget:
    """Return a widget that holds another as its own place, which may be left."""
    slot = QWidget()
    column = QVBoxLayout(slot)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(widget)
    return slot


def home_of(widget: QWidget) -> tuple[QWidget, QLayout]:
    """Return the place of a widget that ``slotted`` gave one, and its layout."""
    home = widget.parentWidget()
    layout = home.layout() if home is not None else None
    if home is None or layout is None:
        raise ValueError("a widget that can be shown large stands in a place of its own: make one by slotted()")
    return home, layout
