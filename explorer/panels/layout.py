"""Where the panels stand: cards on a quiet ground, the gaps between them the handles that move them."""

from msgspec import Struct
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QFrame, QSplitter, QVBoxLayout, QWidget

from explorer.panels.focus_order import is_lost
from explorer.panels.theme import GAP
from explorer.workspaces import WORKSPACES, Workspace

TRAINING_HEIGHT = 200
"""The training's height in Explore, however tall the window."""
ACROSS = (232, 618, 398)
"""Widths of steps, network and step."""
GAINS = (0, 3, 2)
"""How they share what a wider window gains: large matrices want room as much as the drawing."""
COLUMN, NARROWEST, BROADEST = 0.28, 360, 560
"""Of the window's width in Train, the column of the network, and its bounds in pixels."""
CORNER = 0.56
"""Of that column's height, the step card's corner."""
PAGE, LEAST_PAGE, MOST_PAGE = 0.34, 372, 620
"""Of the window's width in Learn, the page, and its bounds in pixels."""
ROUNDS = 4
"""From a matrix of the step card out to the area that scrolls it."""


class Places:
    """The panels in their places, with the borders that move: three arrangements, of which one is seen.

    Explore lays steps, drawing and step card out above the training. In Train the training has most of the window, the
    drawing is a column beside it, the step card the corner under the drawing; the steps, which the transport goes
    through, are put away. Learn is Explore with a page in the place of the steps; the training is there where a
    lesson needs it.

    Parameters
    ----------
    panels
        What is placed.
    middle
        Drawing and transport.
    """

    def __init__(self, panels: "Panels", middle: QWidget) -> None:
        self._panels, self._middle = panels, middle
        self.across = splitter(Qt.Orientation.Horizontal, (panels.steps, middle, panels.step_panel), GAINS)
        self.across.setSizes(list(ACROSS))
        self.aside = splitter(Qt.Orientation.Vertical, (), ())
        self.beside = splitter(Qt.Orientation.Horizontal, (self.aside,), (0,))
        self.beside.hide()
        self.page = QWidget()
        self._page = QVBoxLayout(self.page)
        self._page.setContentsMargins(0, 0, 0, 0)
        self.page.hide()
        self.outer = splitter(Qt.Orientation.Horizontal, (self.page, self.across), (0, 1))
        self.down = splitter(Qt.Orientation.Vertical, (self.outer, panels.training), (1, 0))
        self.workspace: Workspace = "Explore"
        self._across, self._trains = list(ACROSS), False

    @property
    def is_train(self) -> bool:
        """Whether the training has most of the window."""
        return not self.beside.isHidden()

    @property
    def stage(self) -> tuple[QWidget, ...]:
        """What a sheet that wants much room lies over."""
        return (self._panels.training,) if self.is_train else (self._panels.network, self._panels.step_panel)

    def put_page(self, page: QWidget) -> None:
        """Take what shows lessons."""
        self._page.addWidget(page)

    def show_training(self, *, wanted: bool) -> None:
        """Show the training below the pass in Learn, or leave it out."""
        self._trains = wanted
        if self.workspace == "Learn":
            self._panels.training.setVisible(wanted)
            self._share("Learn")

    def show_workspace(self, name: str) -> None:
        """Give the pass or the training most of the window; what has the keys keeps them while it is seen."""
        focused = QApplication.focusWidget()
        if self.workspace == "Explore" and name != "Explore":
            self._across = self.across.sizes()
        if name == "Train" and not self.is_train:
            fill(self.aside, (self._middle, self._panels.step_panel), (1, 1))
            fill(self.beside, (self.aside, self._panels.training), (0, 1))
        elif name != "Train" and self.is_train:
            fill(self.across, (self._panels.steps, self._middle, self._panels.step_panel), GAINS)
            fill(self.down, (self.outer, self._panels.training), (1, 0))
        left, self.workspace = self.workspace, WORKSPACES[name]
        self.page.setVisible(name == "Learn")
        self._panels.steps.setVisible(name != "Learn")
        self._panels.training.setVisible(name != "Learn" or self._trains)
        shown, hidden = (self.beside, self.down) if name == "Train" else (self.down, self.beside)
        hidden.hide()
        shown.show()
        if name == "Explore" and left != name:
            self.across.setSizes(self._across)
        self._share(name)
        if focused is not None:
            (self._panels.network if is_lost(focused) else focused).setFocus()

    def _share(self, name: str) -> None:
        width, height = self._room()
        if name == "Train":
            column = min(max(round(COLUMN * width), NARROWEST), BROADEST)
            self.beside.setSizes([column, width - column])
            corner = round(CORNER * height)
            self.aside.setSizes([height - corner, corner])
            return
        if name == "Learn":
            page = min(max(round(PAGE * width), LEAST_PAGE), MOST_PAGE)
            self.outer.setSizes([page, width - page])
            self.across.setSizes([0, (width - page) // 2, (width - page) // 2])
        self.down.setSizes([height - TRAINING_HEIGHT, TRAINING_HEIGHT])

    def _room(self) -> tuple[int, int]:
        """Return the width and height that either arrangement has."""
        body = self.down.parentWidget() or self.down
        return body.width() - 2 * GAP, body.height() - 2 * GAP


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
    panels.steps.setMinimumWidth(220)
    middle = column(carded(panels.network), panels.transport, gap=GAP - 4, stretched=0)
    places = Places(panels, middle)
    body = column(places.down, places.beside, gap=0, stretched=0, margin=GAP)
    return column(panels.top, body, gap=0, stretched=1), places


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
    fill(made, widgets, gains)
    return made


def fill(holder: QSplitter, widgets: tuple[QWidget, ...], gains: tuple[int, ...]) -> None:
    """Let a splitter hold these widgets in that order."""
    for number, (widget, gain) in enumerate(zip(widgets, gains, strict=True)):
        holder.insertWidget(number, widget)
        holder.setStretchFactor(number, gain)


def lay_out_at_once() -> None:
    """Let all widgets take their places before they are painted; each round reaches the next widget outwards."""
    for _ in range(ROUNDS):
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
