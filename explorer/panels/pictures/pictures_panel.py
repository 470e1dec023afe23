"""The third place beside loss and accuracy: one picture of learning at a time, chosen from those that apply."""

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from explorer.engine.errors import ExplorerError
from explorer.panels.naming import label_unseen
from explorer.panels.picker import Picker
from explorer.panels.pictures.canvas_view import CanvasView
from explorer.panels.pictures.cell_samples import CellSamples
from explorer.panels.pictures.confusion_view import ConfusionView
from explorer.panels.pictures.drawing_view import DrawingView
from explorer.panels.pictures.filters_view import FiltersView
from explorer.panels.pictures.flow_view import FlowView
from explorer.panels.pictures.histogram_view import HistogramView
from explorer.panels.pictures.slow_work import SlowWork
from explorer.panels.pictures.space_view import SpaceView
from explorer.panels.pictures.view import PictureView
from explorer.panels.runs.runs_view import RunsView
from explorer.panels.theme import Palette
from explorer.session import Command, Notice, RunStatus, Session, State, Subject
from explorer.session.pictures.regions import has_line
from explorer.session.pictures.signals import Work
from explorer.tape.entries import Cell


class PictureKind(Struct, frozen=True):
    """A picture: its title, what makes its widget, and what tells whether it can be made of a subject.

    Its title may be another one for some subjects.
    """

    title: str
    make: Callable[[], PictureView]
    applies: Callable[[Subject], bool]
    another: tuple[str, Callable[[Subject], bool]] | None = None

    def title_of(self, subject: Subject) -> str:
        """Return its title for a subject."""
        return self.another[0] if self.another is not None and self.another[1](subject) else self.title


PICTURES: dict[str, PictureKind] = {
    "regions": PictureKind("Regions", DrawingView, DrawingView.applies, ("Fit", has_line)),
    "confusion": PictureKind("Confusion", ConfusionView, ConfusionView.applies),
    "canvas": PictureKind("Draw", CanvasView, CanvasView.applies),
    "gradients": PictureKind("Gradients", FlowView, FlowView.applies),
    "histograms": PictureKind("Histograms", HistogramView, HistogramView.applies),
    "weights": PictureKind("Weights", FiltersView, FiltersView.applies),
    "space": PictureKind("Hidden space", SpaceView, SpaceView.applies),
    "runs": PictureKind("Runs", RunsView, RunsView.applies),
}
"""Key, title and widget of each picture; the first that applies is shown at first."""


class PicturesPanel(QWidget):
    """Shows one picture; only that one is made, and only while it can be seen.

    Signals
    -------
    measured
        The newest ``Flow``, which the drawing marks idle units by; None once nobody looks.
    """

    measured = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pictures")
        self.setAccessibleName("Pictures of learning")
        self._session = session
        self.picker = Picker()
        self.picker.setAccessibleName("Picture of learning")
        self.picker.setToolTip("What the picture shows (V: the next one)")
        self.picker.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.picker.activated.connect(self._picked)
        self.note, self.stack, self.large = QLabel(), QStackedWidget(), QToolButton()
        self.views = {key: kind.make() for key, kind in PICTURES.items()}
        self.slow = SlowWork(self._work, self)
        self._live = False
        self._offered: dict[str, str] = {}
        self._arrange()
        label_unseen(self.picker, "Picture of learning")
        self._connect()
        self._offer(session.state)

    def _arrange(self) -> None:
        self.note.setProperty("role", "small")
        self.note.setWordWrap(True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.picker)
        head.addStretch(1)
        self.large.setText("⤢")
        self.large.setObjectName("enlarge_button")
        self.large.setCheckable(True)
        self.large.setProperty("quiet", True)
        self.large.setAccessibleName("Large picture of learning")
        self.large.setToolTip("Give the picture more room (Shift+V)")
        for view in self.views.values():
            self.stack.addWidget(view)
            if view.switch is not None:
                head.addWidget(view.switch)
        head.addWidget(self.large)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.stack, 1)
        column.addWidget(self.note)
        self.setMinimumWidth(160)

    def _connect(self) -> None:
        for view in self.views.values():
            view.told.connect(self._told)
            view.changed.connect(self._ask)
            if isinstance(view, FiltersView):
                view.unit_pointed.connect(self._point_at_unit)
                view.unit_chosen.connect(self._choose_unit)
            if isinstance(view, DrawingView | CanvasView):
                view.commanded.connect(self._do)
            if isinstance(view, CanvasView):
                view.wanted.connect(self._session.show_drawing)
            if isinstance(view, FlowView):
                view.measured.connect(self.measured)
            if isinstance(view, ConfusionView):
                view.walk_chosen.connect(self._session.show_member)
                view.part_chosen.connect(self._ask)

    @property
    def key(self) -> str:
        """The key of the shown picture."""
        return str(self.picker.currentData())

    @property
    def offered_keys(self) -> tuple[str, ...]:
        """The keys of the pictures that apply to what is open."""
        return tuple(self._offered)

    @property
    def view(self) -> PictureView:
        """The shown picture."""
        return self.views[self.key]

    @property
    def cell_samples(self) -> CellSamples:
        """The list of the samples of a cell of the confusion matrix."""
        found = self.views["confusion"]
        if not isinstance(found, ConfusionView):
            raise TypeError("the confusion matrix lists the samples of its cells")
        return found.samples

    # Choosing

    def _offer(self, state: State) -> None:
        """Offer the pictures that apply to the subject, the shown one if it is among them."""
        shown, self._offered = self.key, offered(state)
        self.picker.clear()
        for key in self._offered:
            self.picker.addItem(self._offered[key], key)
        self.choose(shown if shown in self._offered else next(iter(self._offered)))

    def choose(self, key: str) -> None:
        """Show another picture."""
        self.picker.setCurrentIndex(self.picker.findData(key))
        self.stack.setCurrentWidget(self.view)
        for each in self.views.values():
            if each.switch is not None:
                each.switch.setVisible(each is self.view)
        self._ask()

    def choose_next(self) -> None:
        """Show the next picture, after the last the first."""
        self.choose(str(self.picker.itemData((self.picker.currentIndex() + 1) % self.picker.count())))

    @Slot()
    def _picked(self) -> None:
        self.choose(self.key)

    @Slot(str, str)
    def _told(self, words: str, sentence: str) -> None:
        if self.sender() is self.view:
            self.note.setText(" · ".join(filter(None, (words, sentence))))

    @Slot(int)
    def _point_at_unit(self, unit: int) -> None:
        """Light a unit of the first layer wherever it is shown; -1 for none."""
        self._session.hover(None if unit < 0 else self._first_layer(unit))

    @Slot(int)
    def _choose_unit(self, unit: int) -> None:
        self._session.select(self._first_layer(unit))

    def _first_layer(self, unit: int) -> Cell:
        return "z1", (self._session.state.row, unit)

    @Slot(object)
    def _do(self, command: Command) -> None:
        """Carry out what was drawn, or say why it cannot be."""
        try:
            self._session.do(command)
        except ExplorerError as error:
            self._session.tell(Notice(str(error)))

    # The state

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of a look."""
        for view in self.views.values():
            view.set_palette(palette)

    def show_state(self, old: State, new: State) -> None:
        """Make the picture anew where what it is of has changed."""
        self._live = new.run.status is RunStatus.RUNNING
        regions, others = self.views["regions"], old.subject is not new.subject
        if others and isinstance(regions, DrawingView):
            regions.show_samples(new)
        if others and self._offered != offered(new):
            self._offer(new)
        elif others or pictured(old) != pictured(new):
            self._ask()
        if shown_in_pass(old) != shown_in_pass(new):
            self.view.follow(new)

    def finish(self) -> None:
        """Complete the picture now."""
        self.slow.finish()

    def _ask(self) -> None:
        if self.isVisible():
            self.slow.ask(live=self._live)

    def _work(self) -> Work[None]:
        """Make the picture; the gradient's flow is measured besides, so that its curves have no gap."""
        state, gradients = self._session.state, self.views["gradients"]
        yield from self.view.work(state, live=self._live)
        if not isinstance(gradients, FlowView):
            return
        if gradients is not self.view:
            gradients.measure(state)
        elif not self._live:
            yield from gradients.fill(state, self._session.history.checkpoints)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to make pictures."""
        super().showEvent(event)
        self.slow.ask(live=self._live)

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave off: nobody looks."""
        super().hideEvent(event)
        self.slow.stop()
        self.measured.emit(None)


def offered(state: State) -> dict[str, str]:
    """Return the pictures that apply to a state's subject: their keys with their titles."""
    subject = state.subject
    return {key: kind.title_of(subject) for key, kind in PICTURES.items() if kind.applies(subject)}


def pictured(state: State) -> tuple[object, ...]:
    """Return what a picture is of, beside the samples, and how it is written."""
    return state.run.status, id(state.network), state.selected, state.notation


def shown_in_pass(state: State) -> tuple[object, ...]:
    """Return what a person has chosen to see in the pass, or has drawn."""
    return state.sample, state.guest, state.walk, id(state.drawing)
