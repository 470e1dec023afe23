"""The left part of the training panel: what is trained, with which settings, the buttons, and how it goes."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from explorer.data import SETS
from explorer.engine.activations import ACTIVATIONS
from explorer.engine.errors import ExplorerError
from explorer.engine.optimizers import OPTIMIZERS
from explorer.panels.naming import label_unseen, name_by_action
from explorer.panels.picker import Picker
from explorer.panels.training.elided_label import ElidedLabel
from explorer.panels.training.hint_line import HintLine
from explorer.panels.training.run_line import RunLine
from explorer.panels.training.setting_field import SettingField
from explorer.panels.training.setting_kinds import BATCH, EPOCHS, HIDDEN, NEW_RUN, PATIENCE, RATE, SEED
from explorer.session import RunStatus, Session, State, Subject
from explorer.session.opening import own_update, usual_rate
from explorer.session.story import story

WIDTH = 376
BUTTONS = {"train": "Start", "train_step": "Step", "train_epoch": "Epoch", "reset": "Reset"}
"""The buttons, in order, by the name of their action, with their words."""
NUMBER_WIDTH, GAP = 72, 4
DATA_TIP = f"The samples to train on. {NEW_RUN}"


class TrainingControls(QWidget):
    """Shows and changes the session's settings; its buttons trigger the window's actions.

    Signals
    -------
    data_chosen
        The name of a built-in data set.
    refused
        One sentence: why a setting was refused.
    """

    data_chosen = Signal(str)
    refused = Signal(str)

    def __init__(self, session: Session, actions: dict[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._refusal = ("", "")
        self.setFixedWidth(WIDTH)
        self._make_labels()
        self._make_pickers()
        self.fields = {kind.name: SettingField(kind) for kind in (HIDDEN, RATE, BATCH, SEED, EPOCHS, PATIENCE)}
        for field in self.fields.values():
            field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            field.refused.connect(self._field_refused)
            field.accepted.connect(self._field_accepted)
            field.chosen.connect(self._field_chosen)
        self._train = actions["train"]
        self._buttons = [self._button(name, actions[name]) for name in BUTTONS]
        self._arrange()
        label_unseen(self.activation, self.activation.accessibleName())

    # Building

    def _make_labels(self) -> None:
        self.title = QLabel("Training")
        self.title.setProperty("role", "title")
        self.subtitle = ElidedLabel()
        self.subtitle.setProperty("role", "muted")
        self.line = RunLine()
        self.hint = HintLine(self._session)

    def _make_pickers(self) -> None:
        self.data = picker("data_picker", "Data", "")
        self.data.activated.connect(self._data_activated)
        for name, entry in SETS.items():
            self.data.addItem(entry.title, name)
            self.data.setItemData(self.data.count() - 1, f"Source: {entry.source}", Qt.ItemDataRole.ToolTipRole)
        words = "Activation of the hidden layers"
        self.activation = picker("activation_picker", words, f"{words}.")
        self.activation.activated.connect(self._activation_activated)
        for activation in ACTIVATIONS.values():
            self.activation.addItem(activation.title, activation.name)
        self.optimizer = picker("optimizer_picker", "Optimiser", "How the gradient changes the weights.")
        self.optimizer.activated.connect(self._optimizer_activated)
        for name, rule in OPTIMIZERS.items():
            self.optimizer.addItem(rule.title, name)

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
        column.addLayout(self._grid())
        column.addSpacing(6)
        column.addLayout(row(6, *((button, 3 if number == 0 else 2) for number, button in enumerate(self._buttons))))
        column.addSpacing(4)
        column.addWidget(self.line)
        column.addStretch(1)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(4)
        fields = self.fields
        self._layers = row(GAP, (fields["hidden"], 1), (self.activation, 2))
        rows: tuple[tuple[tuple[str, QWidget | QHBoxLayout], ...], ...] = (
            (("data", self.data), ("rate", fields["learning_rate"])),
            (("hidden", self._layers), ("batch", fields["batch_size"])),
            (("optimiser", self.optimizer), ("seed", fields["seed"])),
            (("epochs", fields["epochs"]), ("patience", fields["patience"])),
        )
        for line, places in enumerate(rows):
            for number, (text, control) in enumerate(places):
                label = QLabel(text)
                label.setProperty("role", "muted")
                grid.addWidget(label, line, 3 * number)
                if isinstance(control, QWidget):
                    label.setBuddy(control)
                    grid.addWidget(control, line, 3 * number + 1)
                else:
                    label.setBuddy(fields["hidden"])
                    grid.addLayout(control, line, 3 * number + 1)
        grid.setColumnStretch(1, 1)
        for column, width in ((2, 4), (4, NUMBER_WIDTH)):
            grid.setColumnMinimumWidth(column, width)
        return grid

    # What a person chooses

    @Slot(object)
    def _field_chosen(self, value: object) -> None:
        field = self.sender()
        if isinstance(field, SettingField):
            self._configure(**{field.kind.name: value})

    @Slot(int)
    def _activation_activated(self, index: int) -> None:
        self._configure(activation=self.activation.itemData(index))
        self._show_settings(self._session.state)

    @Slot(int)
    def _optimizer_activated(self, index: int) -> None:
        """Take another optimiser with the rate that is usual for it: rates of two of them do not compare."""
        name, state = self.optimizer.itemData(index), self._session.state
        if name != state.settings.optimizer:
            self._configure(optimizer=name, learning_rate=usual_rate(own_update(state.subject), name))
        self._show_settings(self._session.state)

    @Slot(int)
    def _data_activated(self, index: int) -> None:
        name, subject = self.data.itemData(index), self._session.state.subject
        if name is not None and subject.data_set != name:
            self.data_chosen.emit(name)
        self._show_subject(self._session.state.subject)

    def _configure(self, **changes: Any) -> None:
        name = next(iter(changes))
        try:
            self._session.configure(replace(self._session.state.settings, **changes))
        except ExplorerError as error:
            self._refuse(name, str(error))
        else:
            self._forgive(name)

    @Slot(str)
    def _field_refused(self, sentence: str) -> None:
        field = self.sender()
        if isinstance(field, SettingField):
            self._refuse(field.kind.name, sentence)

    @Slot()
    def _field_accepted(self) -> None:
        field = self.sender()
        if isinstance(field, SettingField):
            self._forgive(field.kind.name)

    def _refuse(self, name: str, sentence: str) -> None:
        self._refusal = (name, sentence)
        self.refused.emit(sentence)

    def _forgive(self, name: str) -> None:
        """Close the notice if it is of what this setting was refused for."""
        notice = self._session.state.notice
        if notice is not None and (name, notice.text) == self._refusal:
            self._session.tell(None)

    # What the session holds

    def show_state(self, old: State | None, new: State) -> None:
        """Bring up to date what differs; everything if there was no state."""
        if old is None or old.subject is not new.subject or old.network.sizes != new.network.sizes:
            self._show_subject(new.subject)
        if old is None or old.settings != new.settings:
            self._show_settings(new)
        if old is None or old.run != new.run or told(old) != told(new):
            self._show_run(new)

    def _show_subject(self, subject: Subject) -> None:
        first_is_problem = self.data.itemData(0) is None
        if first_is_problem:
            self.data.removeItem(0)
        place = self.data.findData(subject.data_set) if subject.data_set else -1
        if place < 0:
            self.data.insertItem(0, subject.title)
        self.data.setCurrentIndex(max(place, 0))
        self.subtitle.setText(description(subject))
        told = story(subject)
        self.subtitle.setToolTip("\n".join(filter(None, (description(subject), told))))
        self.subtitle.setAccessibleDescription(told)
        self.data.setToolTip("\n".join(filter(None, (told, DATA_TIP))))
        self.data.setAccessibleDescription(told)
        self.fields["patience"].setEnabled(len(subject.test_X) > 0)

    def _show_settings(self, state: State) -> None:
        for name, field in self.fields.items():
            field.show_value(getattr(state.settings, name))
        self.activation.setCurrentIndex(self.activation.findData(state.settings.activation))
        self.activation.setEnabled(bool(state.settings.hidden))
        self._share_layers()
        self.optimizer.setCurrentIndex(self.optimizer.findData(state.settings.optimizer))

    def _share_layers(self) -> None:
        """Give the units of the layers what the activation's name leaves of their line, a third of it at least."""
        hidden, activation = self.fields["hidden"], self.activation
        room = hidden.width() + activation.width()
        share = max(min(hidden.whole_width, room - activation.whole_width), room // 3)
        for place, part in enumerate((share, room - share)):
            self._layers.setStretch(place, part)

    def showEvent(self, event: QShowEvent) -> None:
        """Share lines in the fonts of the look, which are known by now."""
        super().showEvent(event)
        self._share_layers()

    def _show_run(self, state: State) -> None:
        self._train.setIconText("Pause" if state.run.status is RunStatus.RUNNING else BUTTONS["train"])
        self.line.show_run(state.run, *told(state))


def told(state: State) -> tuple[int, bool]:
    """Return the step that is told of the run, and whether it is looked back at."""
    return state.told_step, state.front is not None


def picker(name: str, words: str, tip: str) -> Picker:
    """Return an empty picker whose width is the layout's business."""
    made = Picker()
    made.setObjectName(name)
    made.setAccessibleName(words)
    made.setToolTip(f"{tip} {NEW_RUN}")
    made.setMinimumContentsLength(6)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return made


def row(gap: int, *widgets: tuple[QWidget, int]) -> QHBoxLayout:
    """Return widgets side by side, each with its share of the room that is left."""
    made = QHBoxLayout()
    made.setSpacing(gap)
    for widget, share in widgets:
        made.addWidget(widget, share)
    return made


def description(subject: Subject) -> str:
    """Return "digits 8×8 · 64-32-10"; a weights file stands there by its name without the folders."""
    name = "" if subject.kind == "problem" else Path(subject.name).name
    if subject.image_shape is not None:
        name = f"{name} {subject.image_shape[0]}×{subject.image_shape[1]}"
    sizes = "-".join(str(size) for size in subject.problem.network.sizes)
    return " · ".join(filter(None, (name, sizes)))
