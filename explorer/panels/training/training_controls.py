"""The left part of the training panel: what is trained, with which settings, the buttons, and how it goes."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from explorer.panels.elided_label import ElidedLabel
from explorer.panels.labelled import labelled
from explorer.panels.naming import name_by_action
from explorer.panels.theme import Palette
from explorer.panels.training.hint_line import HintLine
from explorer.panels.training.run_line import RunLine, Told
from explorer.panels.training.settings_form import SettingsForm, row
from explorer.session import RunStatus, Session, State, Subject
from explorer.session.rates import coming_rate, coming_stop
from explorer.session.story import story

WIDTH, LEAST, UNBOUND = 376, 350, 16_777_215
"""At least in a strip; the least, and what Qt takes for no bound, where the width is shared."""
SHARE, WIDEST = 0.26, 520
"""Of a strip's width, where that is more: settings are then read in full."""
BUTTONS = {"train": "Start", "train_step": "Step", "train_epoch": "Epoch", "reset": "Reset"}
"""The buttons, in order, by the name of their action, with their words."""


class TrainingControls(QWidget):
    """Shows and changes the session's settings; its buttons trigger the window's actions."""

    def __init__(self, session: Session, actions: dict[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setFixedWidth(WIDTH)
        self._make_labels()
        self.form = SettingsForm(session)
        self._train = actions["train"]
        self._buttons = [self._button(name, actions[name]) for name in BUTTONS]
        self._arrange()

    # Building

    def _make_labels(self) -> None:
        self.title = labelled("Training", "title")
        self.subtitle = ElidedLabel()
        self.subtitle.setProperty("role", "muted")
        self.line = RunLine()
        self.line.why_asked.connect(self._session.tell_failure)
        self.hint = HintLine(self._session)

    def _button(self, name: str, action: QAction) -> QToolButton:
        action.setIconText(BUTTONS[name])
        button = QToolButton()
        button.setObjectName(f"{name}_button")
        button.setDefaultAction(action)
        name_by_action(button, action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setProperty("primary", name == "train")
        return button

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row(12, (self.title, 0), (self.subtitle, 1), (self.hint, 1)))
        self.hint.told.connect(self.subtitle.setHidden)
        column.addSpacing(6)
        column.addWidget(self.form)
        column.addSpacing(6)
        column.addLayout(row(6, *((button, 3 if number == 0 else 2) for number, button in enumerate(self._buttons))))
        column.addSpacing(4)
        column.addWidget(self.line)
        column.addStretch(1)

    # What the session holds

    def show_state(self, old: State | None, new: State) -> None:
        """Bring up to date what differs; everything if there was no state."""
        if old is None or old.subject is not new.subject or old.network.sizes != new.network.sizes:
            self._show_subject(new.subject)
        if old is None or old.settings != new.settings or old.samples != new.samples:
            self.form.show_settings(new)
        if old is None or old.run != new.run or told(old) != told(new):
            self._show_run(new)

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of a look."""
        self.form.set_palette(palette)

    def set_wide(self, *, wide: bool, panel: int) -> None:
        """Take as much of the width as the layout gives, or a fixed part of what the panel has."""
        self.form.set_roomy(roomy=wide)
        width = min(max(WIDTH, round(SHARE * panel)), WIDEST)
        self.setMinimumWidth(LEAST if wide else width)
        self.setMaximumWidth(UNBOUND if wide else width)

    def _show_subject(self, subject: Subject) -> None:
        self.form.show_subject(subject)
        self.subtitle.setText(description(subject))
        about = story(subject)
        self.subtitle.setToolTip("\n".join(filter(None, (description(subject), about))))
        self.subtitle.setAccessibleDescription(about)

    def _show_run(self, state: State) -> None:
        self._train.setIconText("Pause" if state.run.status is RunStatus.RUNNING else BUTTONS["train"])
        self.line.show_run(state.run, told(state))


def told(state: State) -> Told:
    """Return what is told of a state's run: its step and epoch of one moment, the coming rate where it varies."""
    rate = coming_rate(state) if state.settings.schedule.varies else None
    step, run = state.told_step, state.run
    epoch = run.epoch if step == run.step else step // state.steps_per_epoch
    back = state.front is not None or run.kept_step is not None
    return Told(step, back, rate, coming_stop(state), epoch)


def description(subject: Subject) -> str:
    """Return "digits 8×8 · 64-32-10"; a weights file stands there by its name without the folders."""
    name = "" if subject.kind == "problem" else Path(subject.name).name
    if subject.image_shape is not None:
        name = f"{name} {subject.image_shape[0]}×{subject.image_shape[1]}"
    sizes = "-".join(str(size) for size in subject.problem.network.sizes)
    return " · ".join(filter(None, (name, sizes)))
