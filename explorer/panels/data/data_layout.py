"""Where the parts of the data dialog stand: the rows and the classes on the left, the choices on the right."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from explorer.panels.labelled import labelled

if TYPE_CHECKING:
    from explorer.panels.data.data_dialog import DataDialog

MARGIN, GAP = 16, 12
FORM_WIDTH = 316
CLASSES_HEIGHT = 160


def lay_out(dialog: "DataDialog") -> None:
    """Put the dialog's parts in their places."""
    title = labelled(dialog.path.name, "brand")
    title.setToolTip(str(dialog.path))
    left = QVBoxLayout()
    left.setSpacing(GAP)
    left.addWidget(carded(dialog.table, dialog.images), 1)
    left.addWidget(dialog.targets)
    right = carded(dialog.form)
    right.setFixedWidth(FORM_WIDTH)
    middle = QHBoxLayout()
    middle.setSpacing(GAP)
    middle.addLayout(left, 1)
    middle.addWidget(right, 0, Qt.AlignmentFlag.AlignTop)
    buttons = QHBoxLayout()
    buttons.setSpacing(8)
    buttons.addWidget(dialog.numbers)
    buttons.addWidget(dialog.progress, 1)
    buttons.addWidget(dialog.cancel)
    buttons.addWidget(dialog.open_button)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
    column.setSpacing(GAP)
    column.addWidget(title)
    column.addWidget(dialog.facts)
    column.addLayout(middle, 1)
    told = QHBoxLayout()
    told.setSpacing(GAP)
    told.addWidget(dialog.note, 1)
    told.addWidget(dialog.remedy)
    column.addLayout(told)
    column.addLayout(buttons)
    dialog.images.hide()


def carded(*widgets: QWidget) -> QFrame:
    """Return a card of widgets below each other."""
    frame = QFrame()
    frame.setProperty("card", True)
    box = QVBoxLayout(frame)
    box.setContentsMargins(GAP, GAP, GAP, GAP)
    box.setSpacing(8)
    for widget in widgets:
        box.addWidget(widget)
    return frame


def fit_height(area: QScrollArea, height: int) -> None:
    """Make an area as high as what it scrolls, up to a limit."""
    area.setFixedHeight(min(height, CLASSES_HEIGHT))


def scrolled(widget: QWidget) -> QScrollArea:
    """Return a widget in an area that scrolls it, by keys too."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(widget)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
