"""The dialog of one's own data: reads a file beside the window, shows what is in it, and opens it when asked."""

from pathlib import Path
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QPushButton, QToolButton, QWidget

from explorer.bridge.background import Background
from explorer.data import Choices
from explorer.files.datasets import Kind, Loaded, kind_of_file, read_again, reading
from explorer.files.datasets.archive import arrays_in
from explorer.panels.data.class_bars import ClassBars
from explorer.panels.data.data_layout import carded, fit_height, lay_out, scrolled
from explorer.panels.data.image_strip import ImageStrip
from explorer.panels.data.plainly import facts, plainly
from explorer.panels.data.preview_table import LEFT_OUT, PreviewTable
from explorer.panels.data.progress_line import ProgressLine
from explorer.panels.data.reading_form import ReadingForm
from explorer.panels.data.telling import remedy_of, toggled, told_of_parts, told_of_target
from explorer.panels.theme import Palette
from explorer.session.opening import Opened, preparing

SIZE = QSize(980, 640)
HINTS: dict[Kind, str] = {"archive": "; or choose the two arrays here", "images": "; or choose the labels here"}
"""What the dialog offers where a file of that kind is refused."""


class DataDialog(QDialog):
    """Asks how a file of samples is to be read.

    Parameters
    ----------
    path
        The file.
    choices
        How it is read at first.
    background
        Reads and prepares; whatever it does is given up when the dialog closes.

    Signals
    -------
    opened
        The subject and its settings, once a person opens them.

    Raises
    ------
    ExplorerError
        If the file cannot be read at all.
    """

    opened = Signal(object)

    def __init__(
        self, path: Path, choices: Choices, background: Background, look: Palette, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("data_dialog")
        self.setWindowTitle(f"Open {path.name}")
        self.path, self._background = path, background
        self._size = path.stat().st_size
        self.choices = choices
        self.found: Loaded | None = None
        self._found_by = choices
        self._prepared: Opened | None = None
        self._preparing, self._wanted = False, False
        arrays = arrays_in(path)
        self.form = ReadingForm(kind_of_file(path), choices, arrays)
        self._can_choose_parts = bool(arrays) or self.form.kind == "images"
        self._make_parts(look)
        lay_out(self)
        self._connect()
        self.resize(SIZE)
        self._read(reading(path, choices))

    def _make_parts(self, look: Palette) -> None:
        self.facts, self.note, self.target = QLabel(wordWrap=True), QLabel(wordWrap=True), QLabel()
        self.facts.setProperty("role", "muted")
        self.target.setProperty("role", "section")
        self.note.setObjectName("data_note")
        self.note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.table, self.images, self.bars = PreviewTable(look), ImageStrip(look), ClassBars(look)
        self.classes = scrolled(self.bars)
        self.classes.setAccessibleName("Samples of each class")
        self.targets = carded(self.target, self.classes)
        self.targets.hide()
        self.table.columns_can_go = self.form.kind in {"table", "array"}
        self.progress = ProgressLine()
        self.remedy = QPushButton()
        self.remedy.setObjectName("remedy_button")
        self.remedy.hide()
        self.numbers = QToolButton()
        self.numbers.setText("Scaling in numbers")
        self.numbers.setObjectName("scaling_button")
        self.numbers.setCheckable(True)
        self.numbers.setToolTip(
            "What is taken from each column and what it is divided by, fitted on the training part."
        )
        self.cancel, self.open_button = QPushButton("Cancel"), QPushButton("Open")
        self.cancel.setToolTip("Leave what is open as it is (Esc)")
        self.open_button.setObjectName("open_data_button")
        self.open_button.setProperty("primary", True)
        self.open_button.setToolTip("Open these samples (Return)")
        self.open_button.setDefault(True)
        self.numbers.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.numbers.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for button in (self.remedy, self.cancel):
            button.setAutoDefault(False)

    def _connect(self) -> None:
        self.form.chosen.connect(self.choose)
        self.form.unfit.connect(self._refuse_choice)
        self.form.labels_wanted.connect(self._ask_labels)
        self.table.use_toggled.connect(self._toggle_use)
        self.numbers.toggled.connect(self._numbers_toggled)
        self.remedy.clicked.connect(self._mend)
        self.cancel.clicked.connect(self.reject)
        self.open_button.clicked.connect(self.open_samples)
        self.finished.connect(self._leave)
        self._background.progressed.connect(self.progress.show_progress)
        self._background.done.connect(self._take)
        self._background.refused.connect(self._refuse)

    # What is asked for

    @Slot(object)
    def choose(self, choices: Choices) -> None:
        """Read the file by other choices: from what was read already, if that is possible."""
        self.choices = choices
        self._prepared, self._wanted = None, False
        if self.found is None:
            self._read(reading(self.path, choices))
        else:
            self._read(read_again(self.path, self.found, self._found_by, choices))

    @Slot()
    def open_samples(self) -> None:
        """Open the samples as they are shown, once they are prepared."""
        self._wanted = True
        if self._prepared is not None:
            self._open(self._prepared)
        elif not self._preparing:
            self._prepare()

    @Slot()
    def _mend(self) -> None:
        remedy = remedy_of(self.found, self.choices)
        if remedy is not None:
            self.choose(remedy[1])

    @Slot(int)
    def _toggle_use(self, column: int) -> None:
        if self.found is None:
            return
        line = self.found.preview.columns[column]
        self.choose(toggled(self.choices, line.name, taken=line.role == LEFT_OUT))

    @Slot(bool)
    def _numbers_toggled(self, wanted: bool) -> None:
        if wanted and self._prepared is None and not self._preparing:
            self._prepare()
        self._show_preview()

    @Slot()
    def _ask_labels(self) -> None:
        dialog = QFileDialog(self, "The labels of these images", str(self.path.parent))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.choose_labels)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def choose_labels(self, path: str) -> None:
        """Take another file for the labels."""
        self.choose(replace(self.choices, labels=Path(path)))

    # What is done

    def _read(self, work: Any) -> None:
        self._preparing = False
        self.open_button.setEnabled(False)
        self.progress.begin("reading…")
        self._background.start(work)

    def _prepare(self) -> None:
        if self.found is not None and self.found.data is not None:
            self._preparing = True
            self.progress.begin("scaling…")
            self._background.start(preparing(self.found.data))

    @Slot(object)
    def _take(self, result: Any) -> None:
        self.progress.rest()
        if isinstance(result, Loaded):
            self.found, self._found_by = result, self.choices
            self._show_found()
            if self.numbers.isChecked():
                self._prepare()
            return
        self._preparing, self._prepared = False, result
        self._show_preview()
        if self._wanted:
            self._open(result)

    @Slot(str, str)
    def _refuse(self, sentence: str, details: str) -> None:
        self.progress.rest()
        if not self._preparing:
            self.found = None
        self._preparing = self._wanted = False
        self.open_button.setEnabled(False)
        hint = HINTS.get(self.form.kind, "") if self._can_choose_parts else ""
        self._note(plainly(sentence, self.path) + hint, "bad")
        self.note.setToolTip(details)
        self.form.show_choices(self.choices, self.found)

    @Slot(str)
    def _refuse_choice(self, sentence: str) -> None:
        """Say why what is chosen cannot be read; nothing of it is."""
        self._background.give_up()
        self.progress.rest()
        self.found = self._prepared = None
        self._preparing = self._wanted = False
        self.open_button.setEnabled(False)
        self._note(sentence, "bad")

    def _open(self, prepared: Opened) -> None:
        self.accept()
        self.opened.emit(prepared)

    @Slot()
    def _leave(self) -> None:
        self._background.give_up()
        for signal, slot in (
            (self._background.progressed, self.progress.show_progress),
            (self._background.done, self._take),
            (self._background.refused, self._refuse),
        ):
            signal.disconnect(slot)
        self.found = self._prepared = None

    # What is shown

    def _show_found(self) -> None:
        found = self.found
        if found is None:
            return
        self.form.show_choices(self.choices, found)
        self.facts.setText(facts(found.preview, self._size))
        self.bars.show_classes(found.preview.classes)
        fit_height(self.classes, self.bars.sizeHint().height())
        self.classes.setVisible(bool(found.preview.classes))
        self.target.setText(told_of_target(found))
        self.targets.setVisible(bool(found.preview.classes or self.target.text()))
        self.images.setVisible(found.preview.image_shape is not None)
        self.table.setVisible(found.preview.image_shape is None)
        self.numbers.setVisible(found.preview.image_shape is None)
        self.images.show_data(found.data)
        self._show_preview()
        self.open_button.setEnabled(found.data is not None)
        if found.data is None:
            self._note(plainly(found.preview.fault, self.path), "bad")
        else:
            self._note(told_of_parts(found), "muted")

    def _show_preview(self) -> None:
        """Show the rows, and the numbers of the scaling where they are wanted."""
        if self.found is not None and not self.found.preview.image_shape:
            shown = self._prepared[:1] if self._prepared is not None and self.numbers.isChecked() else ()
            scalings = [scaling for subject in shown for scaling in (subject.inputs, subject.targets) if scaling]
            self.table.show_preview(self.found.preview, scalings)

    def _note(self, text: str, role: str) -> None:
        self.note.setText(text)
        self.note.setProperty("role", role)
        self.note.style().unpolish(self.note)
        self.note.style().polish(self.note)
        remedy = remedy_of(self.found, self.choices)
        self.remedy.setVisible(remedy is not None)
        self.remedy.setText(remedy[0] if remedy is not None else "")

    def closeEvent(self, event: QCloseEvent) -> None:
        """Cancel."""
        self.reject()
        super().closeEvent(event)
