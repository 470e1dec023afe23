"""Tells when widgets move or take another size, for what lies over them without being laid out with them."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget


class GeometryWatch(QObject):
    """Watches some widgets, as long as it is worth it: a filter is asked about everything that happens to them.

    Signals
    -------
    changed
        One of them stands elsewhere, or is as large as it was no more.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._watched: tuple[QWidget, ...] = ()

    def watch(self, widgets: Iterable[QWidget]) -> None:
        """Watch these widgets in place of the ones before; none is watched where there are none."""
        for widget in self._watched:
            widget.removeEventFilter(self)
        self._watched = tuple(widgets)
        for widget in self._watched:
            widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Tell of moves and sizes."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Move}:
            self.changed.emit()
        return False
