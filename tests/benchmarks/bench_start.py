"""How long the window takes from the start of the process to its first frame, and until everything is ready.

    QT_QPA_PLATFORM=offscreen uv run python -m tests.benchmarks.bench_start [--rounds 7]

Each start is a process of its own, and all kinds of them take turns: an empty Qt window, this window as the command
opens it, an empty window of pyqtgraph, this window until its panels are painted and nothing of what they show is
missing: no formula, and not the picture of learning. A clock on the wall says what a person waits; the processor's own
time says the same on a busy machine.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.benchmarks.bench_engine import machine, say

TOLD = """
import os, sys, time
def told(*_arguments):
    print(time.time(), time.process_time(), flush=True)
    os._exit(0)
"""
PAINTED = (
    TOLD
    + """
from PySide6.QtCore import QEvent, QObject
class Painted(QObject):
    seen = False
    def eventFilter(self, watched, event):
        self.seen = self.seen or event.type() == QEvent.Type.UpdateRequest
        return False
def watched(window):
    painted = Painted()
    window.installEventFilter(painted)
    return painted
def show(app, window):
    painted = watched(window)
    window.show()
    while not painted.seen:
        app.processEvents()
    told()
"""
)
STARTS = {
    "an empty Qt window": PAINTED
    + """
from PySide6.QtWidgets import QApplication, QWidget
app, window = QApplication([]), None
window = QWidget()
window.resize(1280, 800)
show(app, window)
""",
    "the first frame": TOLD
    + """
from explorer import app, cli
app.filling = told
cli.main([{opened!r}])
""",
    "an empty pyqtgraph window": PAINTED
    + """
import pyqtgraph
app = pyqtgraph.mkQApp()
window = pyqtgraph.PlotWidget()
window.resize(1280, 800)
show(app, window)
""",
    "everything ready": PAINTED
    + """
from explorer import app, cli
def is_whole(window):
    return not window.typesetter.is_busy and not window.training.pictures.slow.is_working()
def run():
    qt = app.application()
    window, = (each for each in qt.topLevelWidgets() if each.windowTitle() == "Backprop Explorer")
    painted = watched(window)
    while not (painted.seen and is_whole(window)):
        qt.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    qt.processEvents()
    told()
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication
QApplication.exec = staticmethod(run)
cli.main([{opened!r}])
""",
}
BUDGETS = (("the first frame", "an empty Qt window", 2.0), ("everything ready", "an empty pyqtgraph window", 1.3))


class Seconds(NamedTuple):
    """What a start took, on the wall's clock and of the processor."""

    wall: float
    processor: float


def seconds_of(code: str, compiled: str) -> Seconds:
    """Return the seconds from the start of a process until it says that it is there."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = compiled
    start = time.time()
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, env=environment)
    end, processor = told.stdout.split()
    return Seconds(float(end) - start, float(processor))


def measured(rounds: int, opened: str) -> dict[str, list[Seconds]]:
    """Start each kind in turn and return its seconds; a round before the first compiles modules, as installing does."""
    times: dict[str, list[Seconds]] = {name: [] for name in STARTS}
    with TemporaryDirectory() as compiled:
        for number in range(rounds + 1):
            for name, code in STARTS.items():
                seconds = seconds_of(code.replace("{opened!r}", repr(opened)), compiled)
                times[name] += [seconds] if number else []
    return times


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Measure how long the window takes to appear, and to be complete.")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--open", default="net-s", help="what is opened")
    options = parser.parse_args(arguments)
    say(machine())
    times = measured(options.rounds, options.open)
    middle = {name: Seconds(*(median(each) for each in zip(*taken, strict=True))) for name, taken in times.items()}
    for name, seconds in middle.items():
        least = min(each.processor for each in times[name])
        say(f"{name:<28}{seconds.wall:.3f} s, of the processor {seconds.processor:.3f} s (least {least:.3f} s)")
    for name, other, budget in BUDGETS:
        ratios = [ours / theirs for ours, theirs in zip(middle[name], middle[other], strict=True)]
        verdict = "holds" if max(ratios) <= budget else "MISSED"
        say(f"{name} over {other}: {ratios[0]:.2f}, of the processor {ratios[1]:.2f} ({verdict}: {budget:g})")


if __name__ == "__main__":
    main()
