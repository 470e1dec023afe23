"""The one clock of all animations: at most 150 ms, over at once at any input, off where a person wants none.

What moves is drawn above a picture that is already complete: whoever stops the clock early misses no number.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QVariantAnimation, Signal, Slot
from PySide6.QtWidgets import QApplication

MILLISECONDS = 150
INPUT = frozenset(
    {
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.KeyPress,
        QEvent.Type.Shortcut,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.NativeGesture,
    }
)
"""What ends an animation; the mouse may move meanwhile."""
Show = Callable[[float], None]
"""Draws one animation at a share of its time: from 0 to 1, and at 1 always, which leaves nothing of it behind."""


class Motion(QObject):
    """Plays animations, each under the name of its part of the window; those begun together share one clock.

    Signals
    -------
    enabled_changed
        Whether animations are played from now on.
    """

    enabled_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None, *, enabled: bool = True) -> None:
        super().__init__(parent)
        self._enabled = enabled
        self._shows: dict[str, Show] = {}
        self.clock = QVariantAnimation(self)
        self.clock.setStartValue(0.0)
        self.clock.setEndValue(1.0)
        self.clock.setDuration(MILLISECONDS)
        self.clock.valueChanged.connect(self._advance)
        self.clock.finished.connect(self.finish)

    @property
    def enabled(self) -> bool:
        """Tell whether animations are played."""
        return self._enabled

    @property
    def running(self) -> bool:
        """Tell whether something moves."""
        return bool(self._shows)

    @Slot(bool)
    def set_enabled(self, enabled: bool) -> None:
        """Play animations from now on, or none; what moves now ends."""
        if enabled != self._enabled:
            self.finish()
            self._enabled = enabled
            self.enabled_changed.emit(enabled)

    def play(self, part: str, show: Show) -> None:
        """Animate a part of the window; where animations are off, show its end at once.

        What began earlier ends first; what began in the same turn, in another part, plays along.
        """
        if part in self._shows or self.clock.currentTime() > 0:
            self.finish()
        if not self._enabled:
            show(1.0)
            return
        begins = not self._shows
        self._shows[part] = show
        show(0.0)
        if begins:
            self._hear(True)
            self.clock.start()

    @Slot()
    def finish(self) -> None:
        """Show the end of all that moves."""
        shows, self._shows = self._shows, {}
        self.clock.stop()
        self.clock.setCurrentTime(0)
        self._hear(False)
        for show in shows.values():
            show(1.0)

    def _hear(self, hear: bool) -> None:
        """Hear every event of the program, or none: a filter in Python costs time at each of them."""
        application = QApplication.instance()
        if application is not None:
            (application.installEventFilter if hear else application.removeEventFilter)(self)

    @Slot(object)
    def _advance(self, share: float) -> None:
        for show in tuple(self._shows.values()) if share < 1 else ():
            show(share)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """End what moves at any input, which then goes its way; heard only while something moves."""
        if event.type() in INPUT:
            self.finish()
        return False
