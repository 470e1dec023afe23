"""Composition: makes the session, the engine and the window, and runs them. Qt is imported only when asked for.

The window is on the screen before NumPy, the engine and the panels are loaded. They follow in parts, and between these
the window answers.
"""

import builtins
import gc
import os
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING

from explorer.engine.errors import ExplorerError, UnsettledError
from explorer.system import check_system

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from explorer.engine.problem import Problem
    from explorer.panels.main_window import MainWindow

DEFAULT = "net-s"
PARTS = ("numpy", "explorer.session.opening", "explorer.graph.view", "explorer.panels.furnishing")
"""What is loaded behind the outline of the window, from what needs the least to what needs the most."""
FIRST_FRAME_MS = 1000
"""Where a desktop does not let the window be painted for so long, what it shows is loaded nevertheless."""


def create_window(problem: "Problem | str | os.PathLike[str] | None" = None) -> "MainWindow":
    """Return the main window on a problem; a QApplication exists.

    Parameters
    ----------
    problem
        A Problem, the name of a shelf problem or a data set, or the path of a file; None is net S.

    Raises
    ------
    ExplorerError
        If that cannot be opened.
    """
    window = empty_window()
    for _ in filling(window, problem):
        pass
    return window


def empty_window() -> "MainWindow":
    """Return the main window without its panels."""
    from explorer.panels.main_window import MainWindow
    from explorer.panels.theme import load_fonts

    load_fonts()
    return MainWindow()


def filling(window: "MainWindow", problem: "Problem | str | os.PathLike[str] | None" = None) -> Iterator[None]:
    """Load the panels, open the problem and show it; between two parts of that, it can be given up.

    Raises
    ------
    ExplorerError
        If the problem cannot be opened.
    """
    for part in PARTS:
        import_module(part)
        yield
    from explorer.bridge import TrainingEngine
    from explorer.engine.problem import Problem
    from explorer.panels.furnishing import furnish
    from explorer.session import Settings, Subject
    from explorer.session.finding import Found, Reopened, finding, session_on
    from explorer.session.opening import begun, open_named

    found: Found | None
    name = DEFAULT if problem is None or isinstance(problem, Problem) else os.fspath(problem)
    work = finding(name)
    if isinstance(problem, Problem):
        found = Subject.of_problem(problem.title, problem), Settings.of_problem(problem)
    else:
        found = begun(work)
    session = session_on(found or open_named(DEFAULT))
    furnish(window, session, TrainingEngine(session))
    if isinstance(found, Reopened):
        window.files.sessions.meet(found)
    elif found is None:
        window.files.opener.go_on(name, work)


def application() -> "QApplication":
    """Return the QApplication, made with the program's name and style if there is none yet.

    Raises
    ------
    ExplorerError
        If Qt lacks a library or a display.
    """
    check_system()
    usual_import = builtins.__import__
    from PySide6.QtWidgets import QApplication

    builtins.__import__ = usual_import  # PySide6's reads the source of whatever is imported from then on: 0.1 s
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    app = QApplication([sys.argv[0]])
    app.setApplicationName("backprop-explorer")
    app.setApplicationDisplayName("Backprop Explorer")
    app.setStyle("Fusion")
    return app


def run_window(name: str | None) -> int:
    """Open the window, run until it closes, and return the exit code.

    Raises
    ------
    ExplorerError
        If what is named cannot be opened, or Qt lacks something.
    """
    gc.disable()  # what is loaded stays: to look through it for garbage again and again would take a tenth of the start
    try:
        app = application()
        window = empty_window()
        show_first_frame(window)
        if not filled(window, name):
            return 0
        gc.freeze()
    finally:
        gc.enable()
    from explorer.signals import windows_closed_by_signals

    with windows_closed_by_signals():
        window.may_close = window.files.sessions.may_close
        code = app.exec()
    window.files.sessions.may_close()
    return code


def filled(window: "MainWindow", name: str | None) -> bool:
    """Put the panels into a window that is shown, and tell whether it is still open; where that fails, close it."""
    try:
        return filled_or_asking(window, name)
    except BaseException:
        window.close()
        raise


def filled_or_asking(window: "MainWindow", name: str | None) -> bool:
    """Put the panels into a window; where only choices are lacking, with the dialog that asks for them."""
    app = application()
    try:
        return all(is_open_still(app, window) for _ in filling(window, name))
    except ExplorerError as error:
        if name is None or not may_be_settled(error, name):
            raise
    for _ in filling(window):
        pass
    window.files.open_named(name)
    return True


def is_open_still(app: "QApplication", window: "MainWindow") -> bool:
    """Let the window answer, and tell whether it was closed."""
    app.processEvents()
    return window.isVisible()


def may_be_settled(error: ExplorerError, name: str) -> bool:
    """Tell whether a file that cannot be opened as it stands can be by the dialog of one's own data."""
    from explorer.files.datasets.archive import may_hold_samples

    return isinstance(error, UnsettledError) or (name.lower().endswith(".npz") and may_hold_samples(name))


def show_first_frame(window: "MainWindow") -> None:
    """Show the window, and wait until it has been painted."""
    from PySide6.QtCore import QEventLoop, QTimer

    waiting, limit = QEventLoop(), QTimer(singleShot=True, interval=FIRST_FRAME_MS)
    window.painted.connect(waiting.quit)
    limit.timeout.connect(waiting.quit)
    limit.start()
    window.show()
    waiting.exec()
    limit.stop()
