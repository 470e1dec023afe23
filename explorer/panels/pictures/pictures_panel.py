"""The third place beside loss and accuracy: one picture of learning at a time, chosen from those that apply."""

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

from explorer.graph.raising import rich
from explorer.panels.naming import label_unseen
from explorer.panels.picker import Picker
from explorer.panels.pictures.flow_meter import FlowMeter
from explorer.panels.pictures.kinds import PICTURES, PictureKind
from explorer.panels.pictures.slow_work import SlowWork
from explorer.panels.pictures.view import PictureView
from explorer.panels.theme import Palette
from explorer.session import RunStatus, Session, State
from explorer.session.pictures.signals import Work

MEASURING = "gradients"
"""The picture that measures the gradient's flow by itself."""


class PicturesPanel(QWidget):
    """Shows one picture; only that one is made anew, and only while it can be seen.

    Attributes
    ----------
    views
        The widgets of the pictures by key: each is made when it is first asked for.

    Signals
    -------
    measured
        The newest ``Flow``, which the drawing marks idle units by; None once nobody looks.
    made
        The key of a picture whose widget has been made.
    closed
        What was open in a picture has closed.
    """

    measured = Signal(object)
    made = Signal(str)
    closed = Signal()

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
        self.views: dict[str, PictureView] = {}
        self.meter = FlowMeter(session, self)
        self.meter.measured.connect(self.measured)
        self.slow = SlowWork(self._work, self)
        self._live = False
        self._palette: Palette | None = None
        self._kinds = dict(PICTURES)
        self._offered: dict[str, str] = {}
        self._arrange()
        label_unseen(self.picker, "Picture of learning")
        self._offer(session.state)

    def _arrange(self) -> None:
        self.note.setProperty("role", "small")
        self.note.setWordWrap(True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._head.addWidget(self.picker)
        self._head.addStretch(1)
        self.large.setText("⤢")
        self.large.setObjectName("enlarge_button")
        self.large.setCheckable(True)
        self.large.setProperty("quiet", True)
        self.large.setAccessibleName("Large picture of learning")
        self.large.setToolTip("Give the picture more room (Shift+V)")
        self._head.addWidget(self.large)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._head)
        column.addWidget(self.stack, 1)
        column.addWidget(self.note)
        self.setMinimumWidth(160)

    # The pictures

    def add(self, key: str, kind: PictureKind) -> None:
        """Offer another picture, after the others."""
        self._kinds[key] = kind
        self._offer(self._session.state)

    def picture(self, key: str) -> PictureView:
        """Return the widget of a picture, which is made now if nobody has asked for it before."""
        if key not in self.views:
            self.views[key] = view = self._kinds[key].make(self._session, self.meter)
            self._take_in(view)
            self.made.emit(key)
        return self.views[key]

    def _take_in(self, view: PictureView) -> None:
        view.told.connect(self._told)
        view.changed.connect(self._ask)
        view.closed.connect(self.closed)
        self.stack.addWidget(view)
        if view.switch is not None:
            view.switch.hide()
            self._head.insertWidget(self._head.count() - 1, view.switch)
        if self._palette is not None:
            view.set_palette(self._palette)
        view.show_samples(self._session.state)

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
        return self.picture(self.key)

    # Choosing

    def _offer(self, state: State) -> None:
        """Offer the pictures that apply to the subject, the shown one if it is among them."""
        shown, self._offered = self.key, self._titles(state)
        self.picker.clear()
        for key in self._offered:
            self.picker.addItem(self._offered[key], key)
        self.choose(shown if shown in self._offered else next(iter(self._offered)))

    def _titles(self, state: State) -> dict[str, str]:
        """Return the pictures that apply to a state's subject: their keys with their titles."""
        subject = state.subject
        return {key: kind.title_of(subject) for key, kind in self._kinds.items() if kind.applies(subject)}

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
            self.note.setText(rich(" · ".join(filter(None, (words, sentence)))))
            self.note.setVisible(bool(words or sentence))

    # The state

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of a look."""
        self._palette = palette
        for view in self.views.values():
            view.set_palette(palette)

    def show_state(self, old: State, new: State) -> None:
        """Make the picture anew where what it is of has changed."""
        self._live = new.run.status is RunStatus.RUNNING
        others = old.subject is not new.subject
        for view in self.views.values() if others else ():
            view.show_samples(new)
        if others and self._offered != self._titles(new):
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
        state = self._session.state
        yield from self.view.work(state, live=self._live)
        if self.key != MEASURING:
            self.meter.measure(state)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to make pictures."""
        super().showEvent(event)
        self.slow.ask(live=self._live)

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave off: nobody looks."""
        super().hideEvent(event)
        self.slow.stop()
        self.measured.emit(None)


def pictured(state: State) -> tuple[object, ...]:
    """Return what a picture is of, beside the samples, and how it is written."""
    return state.run.status, id(state.network), state.selected, state.notation


def shown_in_pass(state: State) -> tuple[object, ...]:
    """Return what a person has chosen to see in the pass, or has drawn."""
    return state.sample, state.whole, state.guest, state.walk, id(state.drawing)
