"""Where the panels stand: cards on a quiet ground, the gaps between them the handles that move them."""

from msgspec import Struct
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QFrame, QSplitter, QVBoxLayout, QWidget

from explorer.panels.theme import GAP

SHARES = {"Explore": (0.7, 0.3), "Train": (0.55, 0.45)}
"""Share of the height for the pass and for the training, by workspace."""
TRAINING_HEIGHT = 200
"""The training's height in Explore, however tall the window."""
ACROSS = (232, 618, 398)
"""Widths of steps, network and step."""
GAINS = (0, 3, 2)
"""How they share what a wider window gains: large matrices want room as much as the drawing."""
ROUNDS = 4
"""From a matrix of the step card out to the area that scrolls it."""


class Places(Struct, frozen=True):
    """The movable borders of the window."""

    across: QSplitter
    down: QSplitter

    def show_workspace(self, name: str) -> None:
        """Give the pass or the training most of the height."""
        height = self.down.height()
        if name == "Explore":
            self.down.setSizes([height - TRAINING_HEIGHT, TRAINING_HEIGHT])
        else:
            self.down.setSizes([round(height * share) for share in SHARES[name]])


class Panels(Struct, frozen=True):
    """What is to be placed."""

    top: QWidget
    steps: QWidget
    network: QWidget
    transport: QWidget
    step_panel: QWidget
    training: QWidget


def place(panels: Panels) -> tuple[QWidget, Places]:
    """Put the panels in their places; return what holds them all, and the borders that move."""
    middle = column(carded(panels.network), panels.transport, gap=GAP - 4, stretched=0)
    across = splitter(Qt.Orientation.Horizontal, (panels.steps, middle, panels.step_panel), GAINS)
    panels.steps.setMinimumWidth(220)
    across.setSizes(list(ACROSS))
    down = splitter(Qt.Orientation.Vertical, (across, panels.training), (1, 0))
    body = column(down, gap=0, stretched=0, margin=GAP)
    return column(panels.top, body, gap=0, stretched=1), Places(across, down)


def column(*widgets: QWidget, gap: int, stretched: int, margin: int = 0) -> QWidget:
    """Return a widget with others below each other, one of them taking the room that is left."""
    holder = QWidget()
    holder.setObjectName("ground")
    box = QVBoxLayout(holder)
    box.setContentsMargins(margin, margin, margin, margin)
    box.setSpacing(gap)
    for number, widget in enumerate(widgets):
        box.addWidget(widget, int(number == stretched))
    return holder


def carded(view: QWidget) -> QFrame:
    """Return a card that holds one widget."""
    frame = QFrame()
    frame.setProperty("card", True)
    box = QVBoxLayout(frame)
    box.setContentsMargins(1, 1, 1, 1)
    box.addWidget(view)
    return frame


def splitter(orientation: Qt.Orientation, widgets: tuple[QWidget, ...], gains: tuple[int, ...]) -> QSplitter:
    """Return a splitter whose handle is the gap between cards; the widgets share by ``gains`` what the window gains."""
    made = QSplitter(orientation, childrenCollapsible=False, handleWidth=GAP - 4)
    for number, (widget, gain) in enumerate(zip(widgets, gains, strict=True)):
        made.addWidget(widget)
        made.setStretchFactor(number, gain)
    return made


def lay_out_at_once() -> None:
    """Let all widgets take their places before they are painted; each round reaches the next widget outwards."""
    for _ in range(ROUNDS):
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
