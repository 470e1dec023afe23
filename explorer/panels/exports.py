"""What the window writes to files: one line an export, and one notice for whatever comes of it."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QMainWindow

from explorer.engine.errors import ExplorerError
from explorer.files import FORMATS, save_problem, write_atomically, write_weights
from explorer.panels.file_dialogs import FileDialogs
from explorer.session import Lasts, Notice, Session, Tone
from explorer.session.history_text import history_csv
from explorer.session.runs import named
from explorer.session.samples_text import samples_csv
from explorer.session.saving import missing_in, problem_to_save, weights_info
from explorer.session.showing import rested

WEIGHTS = ";;".join(f"{row.title} (*{suffix})" for suffix, row in FORMATS.items())
TABLE = "Table (*.csv)"
TABLES = (".csv", ".txt")


class Source(Struct, frozen=True, eq=False):
    """What exports are made of: a session, the window that shows it, and the digits in which it writes numbers now."""

    session: Session
    window: QMainWindow
    digits: Callable[[], int]


Write = Callable[[Source, Path], str]
"""Writes something to a file, and returns the sentence that says so."""


class Exports(QObject):
    """Asks where something shall go, and writes it there; every outcome is a notice of the session."""

    def __init__(self, source: Source, dialogs: FileDialogs) -> None:
        super().__init__(source.window)
        self._source, self._dialogs = source, dialogs
        self._told: Notice | None = None

    def ask(self, name: str) -> None:
        """Ask where an export shall go, by the name of its action, and write it there."""
        export, subject = EXPORTS[name], self._source.session.state.subject
        stem = Path(subject.name).stem.removesuffix(Path(export.ending).stem)
        self._dialogs.save(export.title, export.filters, f"{stem}{export.ending}", partial(self.write, name))

    def write(self, name: str, path: str) -> None:
        """Write an export, by the name of its action."""
        export = EXPORTS[name]
        self._write(export.write, path, export.suffixes)

    @Slot(int)
    def ask_run(self, run_id: int) -> None:
        """Ask where the numbers of a kept run shall go."""
        run = named(self._source.session.state.runs, run_id)
        name = re.sub(r"[^\w.-]+", "-", run.name).strip("-")
        self._dialogs.save("Export the history", TABLE, f"{name}-history.csv", partial(self.write_run, run_id))

    def write_run(self, run_id: int, path: str) -> None:
        """Write what was measured along a kept run."""
        self._write(partial(kept_run, run_id=run_id), path, TABLES)

    def _write(self, write: Write, path: str, suffixes: tuple[str, ...]) -> None:
        """Write a file of such a suffix, or say why not; what was told of the export before is no part of a picture."""
        session = self._source.session
        if session.state.notice is not None and session.state.notice is self._told:
            session.tell(None)
        try:
            check_suffix(Path(path), suffixes)
            notice = Notice(write(self._source, Path(path)), Tone.INFORMATION, lasts=Lasts.READ)
        except ExplorerError as error:
            notice = Notice(str(error))
        self._told = notice
        session.tell(notice)


def check_suffix(path: Path, suffixes: tuple[str, ...]) -> None:
    """Refuse a name that says another format than what is written; one without a suffix says none.

    Raises
    ------
    ExplorerError
        If it has another suffix.
    """
    if path.suffix and suffixes and path.suffix.lower() not in suffixes:
        wanted = path.with_suffix(suffixes[0]).name
        raise ExplorerError(
            f"{path.name}: a {suffixes[0]} file is written, and no {path.suffix} file: name it {wanted}"
        )


def weights(source: Source, path: Path) -> str:
    """Write the weights as they stand, in the format of the suffix."""
    state = rested(source.session.state)
    info = weights_info(state)
    written = write_weights(path, state.network, info)
    return f"Wrote the weights after step {info.steps:,} to {written}."


def history(source: Source, path: Path) -> str:
    """Write what was measured along this run, as ``train --history`` does."""
    measured = source.session.history.evaluations
    written = write_atomically(path, history_csv(measured, source.session.state.steps_per_epoch).encode())
    return f"Wrote {len(measured):,} measurements of this run to {written}."


def kept_run(source: Source, path: Path, run_id: int) -> str:
    """Write what was measured along a kept run."""
    run = named(source.session.state.runs, run_id)
    measured = run.history.evaluations
    written = write_atomically(path, history_csv(measured, run.steps_per_epoch).encode())
    return f"Wrote {len(measured):,} measurements of {run.name} to {written}."


def samples(source: Source, path: Path) -> str:
    """Write the samples as a table, in the units of the data."""
    subject = source.session.state.subject
    written = write_atomically(path, samples_csv(subject).encode())
    count = sum(len(X) for X, _ in subject.parts)
    return f"Wrote {count:,} samples{' with those held out' * bool(len(subject.test_X))} to {written}."


def problem(source: Source, path: Path) -> str:
    """Write the problem with the weights as they stand."""
    state = source.session.state
    written = save_problem(problem_to_save(state), path)
    return f"Wrote the problem to {written}{missing_in(state.subject)}."


def worksheet(source: Source, path: Path) -> str:
    """Write the shown pass as a page to print, in the notation, layout and digits that the window shows."""
    from explorer.session.worksheet import worksheet as page  # noqa: PLC0415 (20 ms that no start waits for)

    written = write_atomically(path, page(source.session.state, source.digits()).encode())
    return f"Wrote a worksheet of this pass to {written}: open it in a browser and print it, solutions come last."


def picture(source: Source, path: Path) -> str:
    """Write the window to a PNG file."""
    if not source.window.grab().save(str(path), "PNG"):
        raise ExplorerError(f"{path} cannot be written: choose another folder")
    return f"Wrote the picture to {path}."


class Export(Struct, frozen=True):
    """An export: the title and the filters of its dialog, what the subject's name ends in there, and what writes it.

    Attributes
    ----------
    suffixes
        Those that its file may have, the usual one first; empty where ``write`` looks for itself.
    """

    title: str
    filters: str
    ending: str
    write: Write
    suffixes: tuple[str, ...] = ()


EXPORTS = {
    "save_problem": Export("Save the problem", "Problem (*.json)", ".json", problem, (".json",)),
    "export_weights": Export("Export the weights", WEIGHTS, "-weights.npz", weights),
    "export_history": Export("Export the history", TABLE, "-history.csv", history, TABLES),
    "export_data": Export("Export the samples", TABLE, "-samples.csv", samples, TABLES),
    "export_worksheet": Export(
        "Export a worksheet", "Web page (*.html)", "-worksheet.html", worksheet, (".html", ".htm", ".xhtml")
    ),
    "export_picture": Export("Export a picture", "Picture (*.png)", ".png", picture, (".png",)),
}
"""By the name of the action."""
