"""Composition: makes the session, the engine and the window, and runs them. Qt is imported only when asked for."""

import os
import sys
from typing import TYPE_CHECKING

from explorer.engine.problem import Problem
from explorer.system import check_system

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from explorer.panels.main_window import MainWindow

DEFAULT = "net-s"


def create_window(problem: Problem | str | os.PathLike[str] | None = None) -> "MainWindow":
    """Return the main window on a problem; a QApplication exists.

    Parameters
    ----------
    problem
        A Problem, the name of a shelf problem or a data set, or the path of a problem or a weights file; None is net S.

    Raises
    ------
    ExplorerError
        If that cannot be opened.
    """
    from explorer.bridge import TrainingEngine
    from explorer.panels.main_window import MainWindow
    from explorer.panels.theme import load_fonts
    from explorer.panels.wiring import wire
    from explorer.session import Session, Settings, Subject
    from explorer.session.opening import Opened, begun, open_named, opening

    load_fonts()
    opened: Opened | None
    name = DEFAULT if problem is None or isinstance(problem, Problem) else os.fspath(problem)
    work = opening(name)
    if isinstance(problem, Problem):
        opened = Subject.of_problem(problem.title, problem), Settings.of_problem(problem)
    else:
        opened = begun(work)
    session = Session(*(opened or open_named(DEFAULT)))
    window = MainWindow(session, TrainingEngine(session))
    wire(window)
    if opened is None:
        window.files.opener.go_on(name, work)
    return window


def application() -> "QApplication":
    """Return the QApplication, made with the program's name and style if there is none yet.

    Raises
    ------
    ExplorerError
        If Qt lacks a library or a display.
    """
    check_system()
    from PySide6.QtWidgets import QApplication

    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    app = QApplication([sys.argv[0]])
    app.setApplicationName("backprop-explorer")
    app.setApplicationDisplayName("Backprop Explorer")
    app.setStyle("Fusion")
    return app


def run_window(name: str | None) -> int:
    """Open the window, run until it closes, and return the exit code."""
    app = application()
    window = create_window(name)
    window.show()
    return app.exec()
