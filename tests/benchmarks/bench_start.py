"""How long the window takes from the start of the process to its first frame, and until everything is ready.

    QT_QPA_PLATFORM=offscreen uv run python -m tests.benchmarks.bench_start [--rounds 7]

Each start is a process of its own, and all kinds of them take turns: an empty Qt window, this window, an empty window
of pyqtgraph, this window until its curves are there and no formula of what it shows is missing.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from tempfile import TemporaryDirectory

from tests.benchmarks.bench_engine import machine, say

UNTIL_PAINTED = """
import os, sys, time
from PySide6.QtCore import QEvent, QObject
class Painted(QObject):
    seen = False
    def eventFilter(self, watched, event):
        self.seen = self.seen or event.type() == QEvent.Type.UpdateRequest
        return False
def show(app, window, ready=lambda: True):
    painted = Painted()
    window.installEventFilter(painted)
    window.show()
    while not (painted.seen and ready()):
        app.processEvents()
    sys.stdout.write(repr(time.time()))
    sys.stdout.flush()
    os._exit(0)
"""
OWN = """
from explorer.app import application, create_window
app = application()
window = create_window({opened!r})
"""
STARTS = {
    "an empty Qt window": """
from PySide6.QtWidgets import QApplication, QWidget
app, window = QApplication([]), None
window = QWidget()
window.resize(1280, 800)
show(app, window)
""",
    "the first frame": OWN + "show(app, window)\n",
    "an empty pyqtgraph window": """
import pyqtgraph
app = pyqtgraph.mkQApp()
window = pyqtgraph.PlotWidget()
window.resize(1280, 800)
show(app, window)
""",
    "everything ready": OWN
    + """
def ready():
    plots = window.training.loss, window.training.accuracy
    return all(plot.curves is not None for plot in plots) and not window.typesetter.is_busy
show(app, window, ready)
""",
}
BUDGETS = (("the first frame", "an empty Qt window", 2.0), ("everything ready", "an empty pyqtgraph window", 1.3))


def seconds_of(code: str, compiled: str) -> float:
    """Return the seconds from the start of a process until it says that it is there."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = compiled
    command, start = [sys.executable, "-c", UNTIL_PAINTED + code], time.time()
    told = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return float(told.stdout) - start


def measured(rounds: int, opened: str) -> dict[str, list[float]]:
    """Start each kind in turn and return its seconds; a round before the first compiles modules, as installing does."""
    times: dict[str, list[float]] = {name: [] for name in STARTS}
    with TemporaryDirectory() as compiled:
        for number in range(rounds + 1):
            for name, code in STARTS.items():
                seconds = seconds_of(code.format(opened=opened), compiled)
                times[name] += [seconds] if number else []
    return times


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Measure how long the window takes to appear, and to be complete.")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--open", default="net-s", help="what is opened")
    options = parser.parse_args(arguments)
    say(machine())
    times = measured(options.rounds, options.open)
    for name, seconds in times.items():
        say(f"{name:<28}median {statistics.median(seconds):.3f} s, best {min(seconds):.3f} s")
    for name, other, budget in BUDGETS:
        middle = statistics.median(times[name]) / statistics.median(times[other])
        best = min(times[name]) / min(times[other])
        verdict = "holds" if middle <= budget else "MISSED"
        say(f"{name} over {other}: {middle:.2f}, of the best {best:.2f} ({verdict}: {budget:g})")


if __name__ == "__main__":
    main()
