"""What a schedule is set with: its kind, its numbers, its curve, and the rate of the coming update."""

from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from explorer.engine.errors import ExplorerError
from explorer.panels.labelled import labelled
from explorer.panels.segments import Segments
from explorer.panels.theme import Palette
from explorer.panels.training.asking import Asking
from explorer.panels.training.schedule_curve import ScheduleCurve
from explorer.panels.training.schedule_kinds import FACTOR, SCHEDULE_KINDS, STEPS, WARMUP
from explorer.panels.training.setting_field import SettingField
from explorer.session import Session, State
from explorer.session.rates import coming_rate, usual_schedule

UNITS = {"steps": "updates", "factor": "of the rate", "warmup": "updates"}
CURVE_HEIGHT, FIELD_WIDTH, POINTS = 64, 88, 240


class ScheduleCard(QFrame):
    """Floats above the window until a press beside it, or Esc, closes it; each change takes effect at once."""

    def __init__(self, session: Session, asking: Asking, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("schedule_card")
        self.setAccessibleName("Schedule of the learning rate")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # a press beside a field ends what is typed in it
        self._session, self._asking = session, asking
        kinds = SCHEDULE_KINDS.values()
        self.kinds = Segments([kind.title for kind in kinds], [kind.tip for kind in kinds], purpose="Schedule")
        self.kinds.setProperty("narrow", True)
        self.kinds.chosen.connect(self._choose_kind)
        self.fields = {kind.name: SettingField(kind) for kind in (STEPS, FACTOR, WARMUP)}
        self.labels = {name: QLabel() for name in self.fields}
        for field in self.fields.values():
            field.setFixedWidth(FIELD_WIDTH)
            field.chosen.connect(self._choose)
            field.refused.connect(self._refuse)
            field.accepted.connect(self._forgive)
        self.curve = ScheduleCurve(POINTS)
        self.curve.setFixedHeight(CURVE_HEIGHT)
        self.rate = labelled("", "small")
        self._arrange()

    def _arrange(self) -> None:
        title = labelled("Learning rate over the updates", "title")
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        for line, (name, field) in enumerate(self.fields.items()):
            unit = QLabel(UNITS[name])
            for label in (self.labels[name], unit):
                label.setProperty("role", "muted")
            self.labels[name].setBuddy(field)
            for place, widget in enumerate((self.labels[name], field, unit)):
                grid.addWidget(widget, line, place)
        grid.setColumnStretch(2, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        for widget in (title, self.kinds):
            column.addWidget(widget)
        column.addLayout(grid)
        column.addWidget(self.curve)
        column.addWidget(self.rate)

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of a look."""
        self.curve.set_palette(palette)

    @Slot(str)
    def _choose_kind(self, title: str) -> None:
        """Take another kind with the numbers that are usual for it."""
        state = self._session.state
        kind = next(name for name, each in SCHEDULE_KINDS.items() if each.title == title)
        if kind != state.settings.schedule.kind:
            self._asking.ask(schedule=usual_schedule(state, kind))

    @Slot(object)
    def _choose(self, value: Any) -> None:
        field = self.sender()
        if not isinstance(field, SettingField):
            return
        try:
            schedule = replace(self._session.state.settings.schedule, **{field.kind.name: value})
        except ExplorerError as error:
            self._refuse(str(error))
        else:
            self._asking.ask(schedule=schedule)

    @Slot(str)
    def _refuse(self, sentence: str) -> None:
        self._asking.refuse("schedule", sentence)

    @Slot()
    def _forgive(self) -> None:
        self._asking.forgive("schedule")

    # What the session holds

    def open(self) -> None:
        """Show it, with the keys at the kind that is chosen."""
        self.show()
        chosen = next(button for button in self.kinds.buttons if button.isChecked())
        chosen.setFocus(Qt.FocusReason.PopupFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the session while it is open."""
        super().showEvent(event)
        self._unsubscribe = self._session.subscribe(self.show_state)
        self.show_state(None, self._session.state)

    def hideEvent(self, event: QHideEvent) -> None:
        """Follow it no longer."""
        super().hideEvent(event)
        self._unsubscribe()

    def show_state(self, old: State | None, new: State) -> None:
        """Bring up to date what differs; everything if there was no state."""
        schedule = new.settings.schedule
        if old is None or old.settings.schedule != schedule:
            kind = SCHEDULE_KINDS[schedule.kind]
            self.kinds.show_place(kind.title)
            for name, words in (("steps", kind.steps), ("factor", kind.factor)):
                self.labels[name].setText(words)
                self.fields[name].setEnabled(name in schedule.rule.numbers)
            self.labels["warmup"].setText(WARMUP.label)
            for name, field in self.fields.items():
                field.show_value(getattr(schedule, name))
        self.curve.show_schedule(schedule, new.memory.updates)
        self.rate.setText(rate_words(new))


def rate_words(state: State) -> str:
    """Return "rate 0.05 at step 1,200"."""
    return f"rate {coming_rate(state):.3g} at step {state.memory.updates:,}"
