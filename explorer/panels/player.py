"""Playing a pass: a step at a time by itself, to the end."""

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QAction

from explorer.session import Session

INTERVAL_MS = 900


class Player(QObject):
    """Steps on while the action ``play`` is checked; at the end it starts from the first step again."""

    def __init__(self, session: Session, play: QAction, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._action = session, play
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._step)
        play.toggled.connect(self._toggled)

    def stop(self) -> None:
        """Stop where the pass stands."""
        self._action.setChecked(False)

    @Slot(bool)
    def _toggled(self, playing: bool) -> None:
        if not playing:
            self._timer.stop()
            return
        if self._at_end():
            self._session.go_to(0)
        self._timer.start()

    @Slot()
    def _step(self) -> None:
        self._session.go_to(self._session.state.position + 1)
        if self._at_end():
            self.stop()

    def _at_end(self) -> bool:
        state = self._session.state
        return state.position == len(state.tape) - 1
