"""What the window opens and writes: dialogs that do not block, one sentence for whatever goes wrong."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Slot
from PySide6.QtWidgets import QFileDialog, QMainWindow

from explorer.engine.errors import ExplorerError
from explorer.files import FORMATS, save_problem, write_atomically, write_weights
from explorer.resources import program_version
from explorer.session import Notice, Session, Tone, shown_problem
from explorer.session.history_text import history_csv
from explorer.session.opening import Opened, open_data, open_key, open_named
from explorer.session.saving import missing_in, problem_to_save, weights_info
from explorer.session.showing import rested
from explorer.tape.checking.gradcheck import check_gradients

WEIGHTS_FILTER = ";;".join(f"{row.title} (*{suffix})" for suffix, row in FORMATS.items())
OPEN_FILTER = f"Problems and weights (*.json {' '.join(f'*{suffix}' for suffix in FORMATS)});;All files (*)"
CHECKABLE = 20_000
"""Parameters up to which checking every gradient takes about a second."""


class FileActions(QObject):
    """Opens, saves and exports for a window; every outcome is a notice of the session."""

    def __init__(self, window: QMainWindow, session: Session) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        documents = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        self._folder = str(documents if documents.is_dir() else Path.home())
        self.dialog: QFileDialog | None = None

    @Slot(str)
    def open_named(self, name: str) -> None:
        """Open a file, a shelf problem or a data set; what was open stays if that fails."""
        self._open(open_named, name)

    @Slot(str)
    def open_key(self, key: str) -> None:
        """Open what a subject's key names."""
        self._open(open_key, key)

    @Slot(str)
    def open_data(self, name: str) -> None:
        """Open a data set."""
        self._open(open_data, name)

    def _open(self, opener: Callable[[str], Opened], name: str) -> None:
        def work() -> None:
            subject, settings = opener(name)
            self._session.open(subject, settings)
            self._session.tell(None)

        self._try(work)

    def export_weights(self, path: str) -> None:
        """Write the weights as they stand, in the format of the suffix."""

        def work() -> None:
            state = rested(self._session.state)
            info = weights_info(state)
            written = write_weights(Path(path), state.network, info)
            self._tell(f"Wrote the weights after step {info.steps:,} to {written}.")

        self._try(work)

    def export_history(self, path: str) -> None:
        """Write what was measured along this run, as ``train --history`` does."""

        def work() -> None:
            state, measured = self._session.state, self._session.history.evaluations
            text = history_csv(measured, state.steps_per_epoch)
            written = write_atomically(Path(path), text.encode())
            self._tell(f"Wrote {len(measured):,} measurements of this run to {written}.")

        self._try(work)

    def save_problem(self, path: str) -> None:
        """Write the problem with the weights as they stand."""

        def work() -> None:
            state = self._session.state
            written = save_problem(problem_to_save(state), Path(path))
            self._tell(f"Wrote the problem to {written}{missing_in(state.subject)}.")

        self._try(work)

    def export_picture(self, path: str) -> None:
        """Write the window to a PNG file."""
        if self._window.grab().save(path, "PNG"):
            self._tell(f"Wrote the picture to {path}.")
        else:
            self.refuse(f"{path} cannot be written: choose another folder")

    @Slot()
    def check_gradients(self) -> None:
        """Compare every gradient of the shown pass with central differences."""

        def work() -> None:
            problem = shown_problem(self._session.state)
            if problem.network.theta.size > CHECKABLE:
                raise ExplorerError(
                    f"{problem.network.theta.size:,} parameters are too many to check at once: "
                    "select an entry, and the step card checks that one"
                )
            report = check_gradients(problem)
            self._session.tell(Notice(report.sentence, Tone.INFORMATION if report.passed else Tone.ERROR))

        self._try(work)

    @Slot()
    def ask_open(self) -> None:
        """Ask for a file and open it."""
        self._ask("Open a problem or weights", QFileDialog.AcceptMode.AcceptOpen, OPEN_FILTER, "", self.open_named)

    @Slot()
    def ask_export_weights(self) -> None:
        """Ask where the weights shall go."""
        name = f"{Path(self._session.state.subject.name).stem.removesuffix('-weights')}-weights.npz"
        self._ask("Export the weights", QFileDialog.AcceptMode.AcceptSave, WEIGHTS_FILTER, name, self.export_weights)

    @Slot()
    def ask_export_history(self) -> None:
        """Ask where the curves' numbers shall go."""
        name = f"{Path(self._session.state.subject.name).stem}-history.csv"
        self._ask("Export the history", QFileDialog.AcceptMode.AcceptSave, "Table (*.csv)", name, self.export_history)

    @Slot()
    def ask_save_problem(self) -> None:
        """Ask where the problem shall go."""
        name = f"{Path(self._session.state.subject.name).stem}.json"
        self._ask("Save the problem", QFileDialog.AcceptMode.AcceptSave, "Problem (*.json)", name, self.save_problem)

    @Slot()
    def ask_export_picture(self) -> None:
        """Ask where the picture shall go."""
        name = f"{Path(self._session.state.subject.name).stem}.png"
        self._ask(
            "Export a picture",
            QFileDialog.AcceptMode.AcceptSave,
            "Picture (*.png)",
            name,
            self.export_picture,
        )

    def _ask(
        self, title: str, mode: QFileDialog.AcceptMode, filters: str, name: str, chosen: Callable[[str], None]
    ) -> None:
        """Open a file dialog beside the running window; a save dialog adds its filter's suffix and asks to replace."""
        dialog = QFileDialog(self._window, title, self._folder, filters)
        dialog.setAcceptMode(mode)
        if mode is QFileDialog.AcceptMode.AcceptSave:
            dialog.selectFile(name)
            dialog.setDefaultSuffix(Path(name).suffix[1:])
            dialog.filterSelected.connect(lambda text: dialog.setDefaultSuffix(suffix_of(text)))
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._remember)
        dialog.fileSelected.connect(chosen)
        dialog.directoryEntered.connect(self._entered)
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()

    @Slot(str)
    def _entered(self, folder: str) -> None:
        self._folder = folder

    @Slot(str)
    def _remember(self, path: str) -> None:
        """Begin the next dialog where this file is."""
        self._folder = str(Path(path).parent)

    def _try(self, work: Callable[[], None]) -> None:
        try:
            work()
        except ExplorerError as error:
            self.refuse(str(error))

    def _tell(self, text: str) -> None:
        self._session.tell(Notice(text, Tone.INFORMATION))

    @Slot(str)
    def refuse(self, text: str) -> None:
        """Show a sentence about what cannot be done."""
        self._session.tell(Notice(text))

    @Slot()
    def tell_about(self) -> None:
        """Say what this program is."""
        self._tell(
            f"Backprop Explorer {program_version()}: every matrix of forward and backward pass, live. "
            "MIT licence; fonts Inter and JetBrains Mono under the SIL Open Font License; digits from UCI, CC BY 4.0."
        )


def suffix_of(filters: str) -> str:
    """Return "npz" of "NumPy archive (*.npz)"."""
    return filters.rpartition("*.")[2].rstrip(")")


def is_known(name: str) -> bool:
    """Tell whether a dropped file has a suffix that can be opened."""
    return Path(name).suffix.lower() in {".json", *FORMATS}
