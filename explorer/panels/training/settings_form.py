"""The settings of training as fields and lists: what is trained, and how."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from explorer.data import SETS
from explorer.engine.activations import ACTIVATIONS
from explorer.engine.optimizers import OPTIMIZERS
from explorer.panels.labelled import labelled
from explorer.panels.naming import label_unseen
from explorer.panels.picker import Picker
from explorer.panels.theme import Palette
from explorer.panels.training.asking import Asking
from explorer.panels.training.schedule_button import ScheduleButton
from explorer.panels.training.setting_field import SettingField
from explorer.panels.training.setting_kinds import (
    BATCH,
    EPOCHS,
    HIDDEN,
    L2,
    NEW_RUN,
    PATIENCE,
    RATE,
    SEED,
)
from explorer.session import Session, State, Subject
from explorer.session.story import story
from explorer.session.usual import own_update, usual_rate

Place = tuple[str, QWidget, QWidget]
"""The label of a setting, the control that it names, and what stands beside it."""
KINDS = (HIDDEN, RATE, BATCH, SEED, EPOCHS, L2, PATIENCE)
NUMBER_WIDTH, GAP, ACTIVATION = 72, 4, "activation"
DATA_TIP = f"The samples to train on. {NEW_RUN}"


class SettingsForm(QWidget):
    """Shows and changes the session's settings.

    Signals
    -------
    data_chosen
        The name of a built-in data set that a person wants to train on.
    """

    data_chosen = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._asking = Asking(session)
        self._make_pickers()
        self.fields = {kind.name: SettingField(kind) for kind in KINDS}
        for field in self.fields.values():
            field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            field.refused.connect(self._field_refused)
            field.accepted.connect(self._field_accepted)
            field.chosen.connect(self._field_chosen)
        self.schedule = ScheduleButton(session, self._asking)
        self._is_roomy = False
        self._make_grid()
        self._arrange(roomy=False)
        label_unseen(self.activation, self.activation.accessibleName())

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

    def _make_grid(self) -> None:
        self._grid, self._labels = QGridLayout(self), dict[str, QLabel]()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        for column, width in ((2, 4), (4, NUMBER_WIDTH)):
            self._grid.setColumnMinimumWidth(column, width)
        self._layers, self._rule = Beside(), Beside()
        self._rule.hold((self.optimizer, 1), (self.schedule, 0))
        self._end = Beside()
        self._end.hold(
            (self.fields["epochs"], 1), (self._label(L2.label, self.fields["l2"]), 0), (self.fields["l2"], 1)
        )

    def set_roomy(self, *, roomy: bool) -> None:
        """Give the activation a line of its own and the optimiser a whole one, where there is the height for it."""
        if roomy is not self._is_roomy:
            self._is_roomy = roomy
            self._arrange(roomy=roomy)
            self._share_layers()

    def _arrange(self, *, roomy: bool) -> None:
        """Place everything, in the order in which it is read: Tab follows that."""
        if not roomy:
            self._layers.hold((self.fields["hidden"], 1), (self.activation, 2))
        for line, places in enumerate(self._roomy_rows() if roomy else self._rows()):
            for number, (text, buddy, placed) in enumerate(places):
                label = self._label(text, buddy)
                self._grid.addWidget(label, line, 3 * number)
                self._grid.addWidget(placed, line, 3 * number + 1, 1, 4 if len(places) == 1 else 1)
        self._label(ACTIVATION, self.activation).setVisible(roomy)

    def _label(self, text: str, buddy: QWidget) -> QLabel:
        if text not in self._labels:
            self._labels[text] = labelled(text, "muted")
            self._labels[text].setParent(self)
            if buddy is not self.activation:  # its whole name is that of a label that is not seen
                self._labels[text].setBuddy(buddy)
        return self._labels[text]

    def _rows(self) -> tuple[tuple[Place, ...], ...]:
        alone, data = self._alone(), self.data
        return (
            (("data", data, data), alone["learning_rate"]),
            (("hidden", self.fields["hidden"], self._layers), alone["batch_size"]),
            (("optimiser", self.optimizer, self._rule), alone["seed"]),
            (("epochs", self.fields["epochs"], self._end), alone["patience"]),
        )

    def _roomy_rows(self) -> tuple[tuple[Place, ...], ...]:
        alone, data = self._alone(), self.data
        return (
            (("data", data, data), alone["learning_rate"]),
            (("hidden", self.fields["hidden"], self.fields["hidden"]), alone["batch_size"]),
            ((ACTIVATION, self.activation, self.activation), alone["seed"]),
            (("optimiser", self.optimizer, self._rule),),
            (("epochs", self.fields["epochs"], self._end), alone["patience"]),
        )

    def _alone(self) -> dict[str, Place]:
        return {name: (field.kind.label, field, field) for name, field in self.fields.items()}

    # What a person chooses

    @Slot(object)
    def _field_chosen(self, value: object) -> None:
        field = self.sender()
        if isinstance(field, SettingField):
            self._asking.ask(**{field.kind.name: value})

    @Slot(int)
    def _activation_activated(self, index: int) -> None:
        self._asking.ask(activation=self.activation.itemData(index))
        self.show_settings(self._session.state)

    @Slot(int)
    def _optimizer_activated(self, index: int) -> None:
        """Take another optimiser with the rate that is usual for it: rates of two of them do not compare."""
        name, state = self.optimizer.itemData(index), self._session.state
        if name != state.settings.optimizer:
            self._asking.ask(optimizer=name, learning_rate=usual_rate(own_update(state.subject), name))
        self.show_settings(self._session.state)

    @Slot(int)
    def _data_activated(self, index: int) -> None:
        name, subject = self.data.itemData(index), self._session.state.subject
        if name is not None and subject.data_set != name:
            self.data_chosen.emit(name)
        self.show_subject(self._session.state.subject)

    @Slot(str)
    def _field_refused(self, sentence: str) -> None:
        field = self.sender()
        if isinstance(field, SettingField):
            self._asking.refuse(field.kind.name, sentence)

    @Slot()
    def _field_accepted(self) -> None:
        field = self.sender()
        if isinstance(field, SettingField):
            self._asking.forgive(field.kind.name)

    # What the session holds

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of a look."""
        self.schedule.set_palette(palette)

    def show_subject(self, subject: Subject) -> None:
        """Bring up to date what follows from the samples."""
        first_is_problem = self.data.itemData(0) is None
        if first_is_problem:
            self.data.removeItem(0)
        place = self.data.findData(subject.data_set) if subject.data_set else -1
        if place < 0:
            self.data.insertItem(0, subject.title)
        self.data.setCurrentIndex(max(place, 0))
        told = story(subject)
        self.data.setToolTip("\n".join(filter(None, (told, DATA_TIP))))
        self.data.setAccessibleDescription(told)
        self.fields["patience"].setEnabled(len(subject.test_X) > 0)

    def show_settings(self, state: State) -> None:
        """Bring up to date what is set."""
        for name, field in self.fields.items():
            field.show_value(value_of(name, state), batch_note(state) if name == BATCH.name else "")
        self.activation.setCurrentIndex(self.activation.findData(state.settings.activation))
        self.activation.setEnabled(bool(state.settings.hidden))
        self.optimizer.setCurrentIndex(self.optimizer.findData(state.settings.optimizer))
        self.schedule.show_schedule(state.settings.schedule)
        self._share_layers()

    def _share_layers(self) -> None:
        """Give the units of the layers what the activation's name leaves of their line, a third of it at least."""
        hidden, activation = self.fields["hidden"], self.activation
        if self._is_roomy:
            return
        room = hidden.width() + activation.width()
        share = max(min(hidden.whole_width, room - activation.whole_width), room // 3)
        for place, part in enumerate((share, room - share)):
            self._layers.row.setStretch(place, part)

    def showEvent(self, event: QShowEvent) -> None:
        """Share lines in the fonts of the look, which are known by now."""
        super().showEvent(event)
        self._share_layers()


class Beside(QWidget):
    """Widgets side by side in one place of the form."""

    def __init__(self) -> None:
        super().__init__()
        self.row = row(GAP)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.setLayout(self.row)

    def hold(self, *widgets: tuple[QWidget, int]) -> None:
        """Take widgets from wherever they stand, each with its share of the room."""
        for widget, share in widgets:
            self.row.addWidget(widget, share)


def value_of(name: str, state: State) -> object:
    """Return what is set; of the penalty, what the problem has where nothing is."""
    return state.subject.problem.objective.l2 if name == L2.name else getattr(state.settings, name)


def batch_note(state: State) -> str:
    """Return that a minibatch is all there is, where its size is that of the samples or more."""
    samples, size = state.samples, state.settings.batch_size
    return f"Every update takes all {samples:,} samples: there are no more." if size >= samples > 1 else ""


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
