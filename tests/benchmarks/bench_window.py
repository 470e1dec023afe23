"""How fast the window answers while a network trains: step changes, panning, zooming, and what 2,000 steps leave.

    QT_QPA_PLATFORM=offscreen uv run python tests/benchmarks/bench_window.py [--changes 300] [--only 64-32-10]

One process: the real window, the engine's thread training the network that is drawn. A time runs from the command to
the end of the painting that it causes: of the drawing alone, or of all panels, with whatever the window does meanwhile
to follow the training. An empty window's repaint is measured as well, for a busy machine slows that too.
"""

import argparse
import gc
import os
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from explorer.app import application, create_window
from explorer.engine import Network, Problem
from explorer.session import Settings, Subject
from tests.benchmarks.bench_engine import machine, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from explorer.panels.main_window import MainWindow

SIZES = ((2, 8, 2), (64, 32, 10), (784, 512, 10), (784, 512, 512, 10))
IMAGES = {64: (8, 8), 784: (28, 28)}
BUDGET_MS: dict[tuple[int, ...], float] = {(64, 32, 10): 16.0, (784, 512, 10): 33.0}
FRAME_MS = 1000 / 30
MARKS = (50, 95, 100)
SAMPLES = 512


class Painted(QObject):
    """Counts the times a window has begun to paint what is due."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.count = 0
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Count."""
        self.count += event.type() == QEvent.Type.UpdateRequest
        return False


def subject_of(sizes: tuple[int, ...]) -> tuple[Subject, Settings]:
    """Return random samples of a network of those sizes; inputs of a known number of pixels are an image."""
    rng = np.random.default_rng(0)
    labels = rng.integers(0, sizes[-1], SAMPLES)
    network = Network.random(sizes, "sigmoid", seed=0)
    problem = Problem(network, rng.random((SAMPLES, sizes[0])), np.eye(sizes[-1])[labels], labels=labels)
    settings = Settings.of_problem(problem)
    plain = Subject.of_problem("random", problem)
    names = {field: getattr(plain, field) for field in ("name", "problem", "kind", "test_X", "test_Y", "given")}
    return Subject(**names, image_shape=IMAGES.get(sizes[0])), settings


@contextmanager
def opened(sizes: tuple[int, ...], *, training: bool) -> "Iterator[MainWindow]":
    """Show the window on a network, training or not."""
    window = create_window()
    window.session.open(*subject_of(sizes))
    window.show()
    settle(window)
    if training:
        window.action("train").trigger()
    try:
        yield window
    finally:
        window.close()
        window.deleteLater()
        QApplication.processEvents()


def settle(window: "MainWindow") -> None:
    """Typeset every formula of the tape and empty the event loop."""
    for position in range(len(window.session.state.tape)):
        window.session.go_to(position)
        QApplication.processEvents()
        window.typesetter.finish()
    window.network.settle()
    QApplication.processEvents()


def timed(command: Callable[[], object], painted: Painted) -> float:
    """Return the milliseconds from a command to the end of the next painting."""
    QApplication.processEvents()
    before, start = painted.count, time.perf_counter()
    command()
    while painted.count == before:
        QApplication.processEvents()
    return 1e3 * (time.perf_counter() - start)


def step_changes(window: "MainWindow", count: int) -> list[float]:
    """Walk the tape forward and back; return the milliseconds of each step."""
    painted, last = Painted(window), len(window.session.state.tape) - 1
    way = [*range(last + 1), *range(last - 1, 0, -1)]
    go_to = window.session.go_to
    go_to(last)
    return [timed(lambda k=k: go_to(way[k % len(way)]), painted) for k in range(count)]  # type: ignore[misc]


def drawing_changes(window: "MainWindow", count: int) -> list[float]:
    """Walk the tape forward and back with the drawing alone; return the milliseconds of each step."""
    session, drawing, last = window.session, window.network, len(window.session.state.tape) - 1
    way, times = [*range(last + 1), *range(last - 1, 0, -1)], []
    for k in range(count):
        QApplication.processEvents()
        state = replace(session.state, position=way[k % len(way)], selected=None, hovered=None)
        start = time.perf_counter()
        drawing.show_state(state, state.script)
        drawing.viewport().repaint()
        times.append(1e3 * (time.perf_counter() - start))
    return times


def panned(window: "MainWindow", count: int) -> list[float]:
    """Drag the drawing about; return the milliseconds of each frame."""
    ground, painted = window.network.viewport(), Painted(window)
    middle = ground.rect().center()
    QTest.mousePress(ground, Qt.MouseButton.LeftButton, pos=middle)
    spots = [middle + QPoint(round(60 * np.sin(k / 5)), round(40 * np.cos(k / 7))) for k in range(count)]
    times = [timed(lambda spot=spot: QTest.mouseMove(ground, spot), painted) for spot in spots]  # type: ignore[misc]
    QTest.mouseRelease(ground, Qt.MouseButton.LeftButton, pos=middle)
    window.network.fit()
    return times


def zoomed(window: "MainWindow", count: int) -> list[float]:
    """Turn the wheel in and out; return the milliseconds of each frame."""
    ground, painted = window.network.viewport(), Painted(window)
    middle = QPointF(ground.rect().center())

    def turn(notches: int) -> None:
        still = (Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase)
        wheel = QWheelEvent(middle, ground.mapToGlobal(middle), QPoint(), QPoint(0, 60 * notches), *still, False)
        QApplication.sendEvent(ground, wheel)

    times = [timed(lambda k=k: turn(1 if k // 8 % 2 == 0 else -1), painted) for k in range(count)]  # type: ignore[misc]
    window.network.fit()
    return times


def empty_repaints(count: int) -> list[float]:
    """Return the milliseconds of repaints of an empty window of the same size."""
    empty = QWidget()
    empty.resize(1280, 800)
    empty.show()
    painted = Painted(empty)
    times = [timed(empty.update, painted) for _ in range(count)]
    empty.close()
    return times


def resident() -> float:
    """Return the resident memory in MiB, NaN where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    except OSError:
        return float("nan")


def held(window: "MainWindow") -> dict[str, float]:
    """Return what is there: MiB, Python objects, Qt objects below the window, items on the scene."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # no event loop of Qt's own runs here
    QApplication.processEvents()
    gc.collect()
    return {
        "MiB": resident(),
        "objects": len(gc.get_objects()),
        "qobjects": len(window.findChildren(QObject)),
        "items": len(window.network.network.items()),
    }


def row(name: str, times: Sequence[float], budget: float | None = None) -> None:
    """Print median, 95th percentile and maximum, and whether the budget holds."""
    marks = "".join(f"{np.percentile(times, mark):9.1f}" for mark in MARKS)
    verdict = "" if budget is None else f"   {'under' if np.percentile(times, 95) < budget else 'OVER'} {budget:.0f}"
    say(f"  {name:<28}{marks}{verdict}")


def measure(sizes: tuple[int, ...], changes: int, *, training: bool) -> None:
    """Print the rows of one network."""
    with opened(sizes, training=training) as window:
        say(f"{'-'.join(map(str, sizes))}, {'training' if training else 'at rest'}; milliseconds p50, p95, max")
        row("an empty window's repaint", empty_repaints(changes // 4))
        row("a step change, the drawing", drawing_changes(window, changes), BUDGET_MS.get(sizes))
        row("a step change, the window", step_changes(window, changes), BUDGET_MS.get(sizes))
        row("a frame of panning", panned(window, changes // 2), FRAME_MS)
        row("a frame of zooming", zoomed(window, changes // 2), FRAME_MS)


def growth(changes: int) -> tuple[dict[str, float], dict[str, float]]:
    """Return what is held after a tenth of the step changes, and after all of them."""
    with opened((64, 32, 10), training=False) as window:
        step_changes(window, changes // 10)
        early = held(window)
        step_changes(window, changes - changes // 10)
        return early, held(window)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Measure the window while a network trains.")
    parser.add_argument("--changes", type=int, default=300, help="step changes of each network")
    parser.add_argument("--growth", type=int, default=2000, help="step changes over which memory is watched")
    parser.add_argument("--only", nargs="*", default=None, metavar="64-32-10")
    options = parser.parse_args(arguments)
    application()
    say(machine())
    for sizes in SIZES:
        if options.only is None or "-".join(map(str, sizes)) in options.only:
            for training in (True, False):
                measure(sizes, options.changes, training=training)
    if options.growth:
        early, late = growth(options.growth)
        say(f"held after {options.growth // 10} and {options.growth} step changes")
        for kind, count in early.items():
            say(f"  {kind:<28}{count:12.1f}{late[kind]:12.1f}")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
