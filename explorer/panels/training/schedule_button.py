"""The button that shows the schedule of the learning rate beside the optimiser, and opens what it is set with."""

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QToolButton, QWidget

from explorer.engine.schedules import Schedule
from explorer.panels import dialogs
from explorer.panels.theme import LIGHT, Palette
from explorer.panels.training.asking import Asking
from explorer.panels.training.schedule_curve import ScheduleCurve
from explorer.panels.training.schedule_kinds import SCHEDULE_KINDS
from explorer.session import Session
from explorer.session.rates import words_of
from explorer.tape.sentences import begun

TIP = "How the learning rate changes from update to update: takes effect at once."
WIDTH = 66
CURVE, POINTS = 18, 36
"""Pixels of the small curve, and the places at which it is drawn."""


class ScheduleButton(QToolButton):
    """Names the schedule and draws it small; a press opens its card, which is made then."""

    def __init__(self, session: Session, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("schedule_button")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setFixedWidth(WIDTH)
        self._session, self._asking, self._look = session, asking, LIGHT
        self._curve = ScheduleCurve(POINTS, self)
        self.card: dialogs.ScheduleCard | None = None
        self.clicked.connect(self.open)

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of a look."""
        self._look = palette
        self._curve.set_palette(palette)
        if self.card is not None:
            self.card.set_palette(palette)

    def show_schedule(self, schedule: Schedule) -> None:
        """Name the schedule, and draw it where it falls."""
        words = words_of(schedule)
        self._curve.show_schedule(schedule)
        self._show_curve(shown=schedule.rule.falls > 0)
        title = SCHEDULE_KINDS[schedule.kind].title
        self.setText("warm-up" if not schedule.rule.falls and schedule.warmup else title)
        self.setToolTip(f"{begun(words)}\n{TIP}")
        self.setAccessibleName(f"Schedule of the learning rate: {words}")

    def _show_curve(self, *, shown: bool) -> None:
        self._curve.setVisible(shown)
        if self.property("curve") != shown:
            self.setProperty("curve", shown)
            self.style().polish(self)

    @Slot()
    def open(self) -> None:
        """Open the card above the button, or below it where there is no room above."""
        if self.card is None:
            self.card = dialogs.ScheduleCard(self._session, self._asking, self)
            self.card.set_palette(self._look)
        self.card.adjustSize()
        above = self.mapToGlobal(QPoint(0, -self.card.height() - 4))
        room = self.screen().availableGeometry()
        below = self.mapToGlobal(QPoint(0, self.height() + 4))
        self.card.move(above if above.y() >= room.top() else below)
        self.card.open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the curve at the left."""
        super().resizeEvent(event)
        self._curve.setGeometry(3, 0, CURVE, self.height())
