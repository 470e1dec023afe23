"""A quiet hint beside the title of the training card: there while its cause is, and gone for the run once closed."""

from PySide6.QtCore import QElapsedTimer, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from explorer.panels.elided_label import ElidedLabel
from explorer.session import Evaluation, RunStatus, Session, State
from explorer.session.failing import SCALE
from explorer.session.hints import Hint, hint_of
from explorer.tape.sentences import begun

OFFERS = {SCALE: "Scale the inputs"}
"""What the button of a hint says, by the action that it takes."""
STREAMING_MS = 1500
"""While a run goes on, it is looked at that often."""


class HintLine(QWidget):
    """Shows a hint on the session's run, or is hidden.

    Signals
    -------
    told
        True as a hint is shown, False as it is gone.
    offered
        The object name of the action that is the remedy: a person takes it.
    """

    told = Signal(bool)
    offered = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hint_line")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._session = session
        self._hint: Hint | None = None
        self._closed = frozenset[str]()
        self._told: Evaluation | None = None
        self._looked = QElapsedTimer()
        self._looked.start()
        self.text = ElidedLabel(mode=Qt.TextElideMode.ElideRight)
        self.text.setProperty("role", "small")
        self.offer = QToolButton()
        self.offer.setObjectName("hint_offer")
        self.offer.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.offer.clicked.connect(self.take_offer)
        close = QToolButton()
        close.setText("✕")
        close.setProperty("flat", True)
        close.setObjectName("close_hint")
        close.setAccessibleName("Close the hint")
        close.setToolTip("Say no more of this in this run")
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        close.clicked.connect(self.dismiss)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(self.text, 1)
        line.addWidget(self.offer)
        line.addWidget(close)
        self.setVisible(False)
        unsubscribe = session.subscribe(self.show_state)
        self.destroyed.connect(unsubscribe)

    @Slot()
    def dismiss(self) -> None:
        """Say no more of what is said, until a run begins anew."""
        if self._hint is not None:
            self._closed |= {self._hint.kind}
        self._show(self._session.state)

    @Slot()
    def take_offer(self) -> None:
        """Do what the hint proposes."""
        if self._hint is not None:
            self.offered.emit(self._hint.offer)

    def show_state(self, old: State, new: State) -> None:
        """Look at the run when it comes to rest, when another begins, and now and then while it goes on."""
        if old.run is new.run:
            return
        streaming = new.run.status is RunStatus.RUNNING and old.run.id == new.run.id
        if not streaming or self._looked.elapsed() >= STREAMING_MS:
            self._looked.restart()
            self._told = self._told if streaming else new.run.evaluation
            self._show(new)

    def follow(self, newest: Evaluation | None) -> None:
        """Say the numbers of an evaluation from now on: that which the curves' legends have."""
        if newest is not self._told:
            self._told = newest
            self._say()

    def _show(self, state: State) -> None:
        if not state.run.step:
            self._closed = frozenset()
        self._hint = hint_of(state, self._session.history, self._closed)
        self._say()
        self.setVisible(self._hint is not None)
        self.told.emit(self._hint is not None)

    def _say(self) -> None:
        """Say what is hinted at, with the number that the legends have too."""
        if self._hint is not None:
            text = self._hint.text(self._told)
            self.text.setText(text)
            self.text.setToolTip(f"{begun(text)}. {self._hint.remedy}")
            self.text.setAccessibleName(self.text.toolTip())
            self.offer.setText(OFFERS.get(self._hint.offer, ""))
            self.offer.setAccessibleName(self.offer.text())
            self.offer.setToolTip(self._hint.remedy)
            self.offer.setVisible(bool(self._hint.offer))
