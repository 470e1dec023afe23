"""How a file is to be read: each choice with what the program recognised, and only those that its kind knows."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QPushButton, QSizePolicy, QSpinBox, QWidget

from explorer.data import Choices
from explorer.engine.errors import ExplorerError
from explorer.files.datasets import Kind, Loaded
from explorer.panels.labelled import labelled
from explorer.panels.picker import Picker


class Row(Struct, frozen=True):
    """One choice: the field of ``Choices``, its words, a sentence, and what may be chosen, in words and as values."""

    field: str
    label: str
    tip: str
    options: tuple[tuple[str, object], ...]


RECOGNISED = "recognised"
ROWS = (
    Row("target", "Predict", "The column that is to be predicted.", ()),
    Row(
        "task",
        "As",
        "Whether the target holds classes or numbers.",
        ((RECOGNISED, "auto"), ("classes", "classes"), ("numbers", "numbers")),
    ),
    Row(
        "missing",
        "Missing values",
        "What becomes of rows in which a value is missing. What fills a gap, its column's mean or its most frequent "
        "word, is that of the training part only, and is written into the weights file.",
        (("are refused", "refuse"), ("leave their row out", "skip"), ("fill: mean, usual word", "fill")),
    ),
    Row(
        "separator",
        "Separator",
        "What stands between the entries of a line.",
        ((RECOGNISED, None), ("comma", ","), ("semicolon", ";"), ("tab", "\t"), ("bar", "|"), ("space", " ")),
    ),
    Row("decimal", "Decimal sign", "The decimal sign.", ((RECOGNISED, None), ("point", "."), ("comma", ","))),
    Row(
        "header",
        "First line",
        "Whether the first line names the columns.",
        ((RECOGNISED, None), ("names", True), ("a sample", False)),
    ),
    Row("inputs", "Inputs", "The array of the inputs.", ()),
    Row("outputs", "Targets", "The array of the targets.", ()),
    Row(
        "fitting",
        "Scaling",
        "What is done to inputs, and to targets that are numbers: fitted on the training part only, and written into "
        "the weights file.",
        (("standardise", "standardise"), ("to 0 … 1", "range"), ("leave as it is", "none")),
    ),
)
SHOWN: dict[Kind, tuple[str, ...]] = {
    "table": ("target", "task", "missing", "separator", "decimal", "header", "fitting"),
    "array": ("target", "task", "fitting"),
    "archive": ("inputs", "outputs", "task", "fitting"),
    "images": ("fitting",),
}
DIALECT = {"separator": "separated by ", "decimal": "decimal ", "header": ""}
"""With what the part of the recognised dialect begins, by its row."""
LEAST_SHARE, MOST_SHARE = 5, 90
INSET = 8
"""Pixels before the number: a style sheet's padding does not reach the field within a spin box."""


class ReadingForm(QWidget):
    """Shows choices and asks for others.

    Signals
    -------
    chosen
        The ``Choices`` that a person wants.
    unfit
        What is chosen cannot be: why, in one sentence.
    labels_wanted
        A person wants to name the file of the labels.
    """

    chosen = Signal(object)
    unfit = Signal(str)
    labels_wanted = Signal()

    def __init__(self, kind: Kind, choices: Choices, arrays: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind, self.choices = kind, choices
        self._arrays = arrays
        self.pickers: dict[str, QComboBox] = {}
        self.share = share_box()
        self.share.valueChanged.connect(self._share_chosen)
        self.labels = QPushButton()
        self.labels.setObjectName("labels_button")
        self.labels.clicked.connect(self.labels_wanted)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        if kind == "images":
            form.addRow(label_of("Labels", self.labels), self.labels)
        for row in ROWS:
            if row.field in SHOWN[kind]:
                self.pickers[row.field] = self._picker(row)
                form.addRow(label_of(row.label, self.pickers[row.field]), self.pickers[row.field])
        form.addRow(label_of("Held out", self.share), self.share)
        self.show_choices(choices, None)

    def _picker(self, row: Row) -> QComboBox:
        made = Picker()
        made.setObjectName(f"{row.field}_picker")
        made.setAccessibleName(row.label)
        made.setToolTip(row.tip)
        made.setMinimumContentsLength(6)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for words, value in row.options:
            made.addItem(words, value)
        if row.field in {"inputs", "outputs"}:
            for name, holds in self._arrays.items():
                made.addItem(f"{name} · {holds}", name)
        made.activated.connect(self._picked)
        return made

    # What is chosen

    @Slot(int)
    def _picked(self, _row: int) -> None:
        picker = self.sender()
        for field, each in self.pickers.items():
            if each is picker:
                self._choose(field, each.currentData())

    @Slot(int)
    def _share_chosen(self, share: int) -> None:
        self._choose("test_share", share / 100)

    def _choose(self, field: str, value: Any) -> None:
        """Ask for other choices; names of columns mean nothing where the columns may get other names."""
        if field in {"inputs", "outputs"}:
            self._choose_arrays()
            return
        wanted = replace(self.choices, **{field: value})
        if field in {"separator", "header"}:
            wanted = replace(wanted, target=None, without=(), taken=())
        if field == "target":
            without, taken = (
                tuple(each for each in names if each != value) for names in (wanted.without, wanted.taken)
            )
            wanted = replace(wanted, task="auto", without=without, taken=taken)
        self._ask(wanted)

    def _choose_arrays(self) -> None:
        names = tuple(self.pickers[field].currentData() for field in ("inputs", "outputs"))
        if all(names) and names[0] == names[1]:
            self.unfit.emit(f"{names[0]} is chosen for the inputs and for the targets: choose another array for one")
        elif all(names):
            self.choices = replace(self.choices, arrays=names)
            self.chosen.emit(self.choices)

    def _ask(self, wanted: Choices) -> None:
        if wanted != self.choices:
            self.choices = wanted
            self.chosen.emit(wanted)

    # What is shown

    def show_choices(self, choices: Choices, found: Loaded | None) -> None:
        """Show choices, and what the program recognised for those that are left to it."""
        self.choices = choices
        if "target" in self.pickers and found is not None and found.table is not None:
            self._show_target(choices, found.table.names)
        for field, picker in self.pickers.items():
            if field not in {"target", "inputs", "outputs", "fitting"}:
                picker.setCurrentIndex(picker.findData(getattr(choices, field)))
                self._recognise(field, picker, found)
        if "inputs" in self.pickers:
            for field, name in zip(("inputs", "outputs"), choices.arrays or ("", ""), strict=True):
                self.pickers[field].setCurrentIndex(self.pickers[field].findData(name))
        self._show_fitting(choices, found)
        self._show_labels(choices)

    def _show_target(self, choices: Choices, names: tuple[str, ...]) -> None:
        picker = self.pickers["target"]
        if tuple(picker.itemText(row) for row in range(picker.count())) != names:
            picker.clear()
            for name in names:
                picker.addItem(name, name)
        try:
            picker.setCurrentIndex(choices.target_of(names))
        except ExplorerError:
            picker.setCurrentIndex(-1)

    def _recognise(self, field: str, picker: QComboBox, found: Loaded | None) -> None:
        """Say in the first line of a picker what was recognised."""
        if found is None or picker.currentIndex() != 0 or picker.itemText(0)[: len(RECOGNISED)] != RECOGNISED:
            return
        word = found.preview.task if field == "task" else part_of(found.preview.dialect, field)
        picker.setItemText(0, f"{RECOGNISED}: {word}" if word else RECOGNISED)

    def _show_fitting(self, choices: Choices, found: Loaded | None) -> None:
        data = None if found is None else found.data
        usual = "none" if self.kind == "images" else "standardise"
        fitting = choices.fitting or (data.fitting if data is not None else usual)
        picker = self.pickers["fitting"]
        if data is not None and data.inputs is not None:
            picker.setItemText(picker.findData("none"), data.inputs.words)
        picker.setCurrentIndex(picker.findData(fitting))
        self.share.blockSignals(True)
        self.share.setValue(round(100 * choices.test_share))
        self.share.blockSignals(False)

    def _show_labels(self, choices: Choices) -> None:
        name = choices.labels.name if choices.labels is not None else "the file beside the images"
        self.labels.setText(f"{name}…")
        self.labels.setAccessibleName(f"Labels: {name}")
        self.labels.setToolTip("Name the file of the labels.")


def part_of(dialect: str, field: str) -> str:
    """Return what a dialect in words says of a row, e.g. "comma" of "separated by comma, decimal point, a header"."""
    parts = dialect.split(", ")
    if field == "header":
        return "a sample" if "no header" in parts else "names" if "a header" in parts else ""
    begin = DIALECT.get(field, "?")
    return next((part.removeprefix(begin) for part in parts if part.startswith(begin)), "")


def share_box() -> QSpinBox:
    """Return the box of the share held out."""
    made = QSpinBox()
    made.setObjectName("share_box")
    made.setAccessibleName("Share of the samples held out, in per cent")
    made.setToolTip("Share of the samples that is not trained on, but only measured on.")
    made.setRange(LEAST_SHARE, MOST_SHARE)
    made.setSingleStep(5)
    made.setSuffix(" %")
    made.lineEdit().setTextMargins(INSET, 0, INSET, 0)
    made.setKeyboardTracking(False)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return made


def label_of(text: str, widget: QWidget) -> QLabel:
    """Return a muted label of a widget."""
    made = labelled(text, "muted")
    made.setBuddy(widget)
    made.setAlignment(Qt.AlignmentFlag.AlignVCenter)
    return made
