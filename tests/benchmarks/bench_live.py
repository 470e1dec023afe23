"""What the window costs a network that trains in it, and how late the window's own events come meanwhile.

    QT_QPA_PLATFORM=offscreen uv run python -m tests.benchmarks.bench_live [--rounds 15] [--only 2-8-2] [--soak 10]

One process: the real window with its curves, its drawing and its picture of learning, decision regions where the inputs
are two. The engine trains for some seconds in the window, then for as long alone, in turn, so that a busy moment of the
machine strikes both; told are the medians, and the best round, for neighbours on the machine only ever take time away.
By processor time, which neighbours do not take: updates a second of the engine over those alone, less the share
in which the window's thread works, as if it held the interpreter all that while; the true share is above that.
Lateness is that of a precise timer on the window's thread, which each frame and each key press would wait for as well;
it is looked at after the speed, for its ticks alone take a hundredth or two of a processor.
"""

import argparse
import gc
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from explorer.app import application, create_window
from explorer.data import DataSet, load_dataset
from explorer.engine import Trainer
from explorer.session import Settings, Subject
from explorer.tape.mistaken_trainer import trainer_of
from tests.benchmarks.bench_engine import machine, say
from tests.benchmarks.bench_window import resident

if TYPE_CHECKING:
    from explorer.panels.main_window import MainWindow

Array = NDArray[np.float64]
TICK_MS = 10
WARM_UP = 0.5
SHARE, P99_MS, MAX_MS, UPDATES = 0.9, 8.0, 50.0, 10_000
"""What issue and design ask for: of the engine's own speed, lateness, and updates a second of 2-8-2 at batch 16."""
MARKS = (50, 99, 100)


def random_images() -> DataSet:
    """Return 4,000 random pictures of 28 x 28 pixels in 10 classes."""
    rng = np.random.default_rng(0)
    names, words = tuple(f"pixel {number}" for number in range(784)), ("", "made here", "none", "")
    X, labels = rng.random((4000, 784)), rng.integers(0, 10, 4000)
    return DataSet("random", "Random images", X, labels, tuple("0123456789"), (28, 28), names, *words)


class Case(Struct, frozen=True):
    """A network on its data."""

    name: str
    data: Callable[[], DataSet]
    settings: Settings


CASES = (
    Case("2-8-2", lambda: load_dataset("moons"), Settings((8,), "tanh", 0.1, 16)),
    Case("64-32-10", lambda: load_dataset("digits"), Settings((32,), "tanh", 0.2, 32)),
    Case("784-128-10", random_images, Settings((128,), "relu", 0.01, 32)),
)


class Lateness(QObject):
    """How many milliseconds after its time each tick of a timer comes."""

    def __init__(self) -> None:
        super().__init__()
        self.late: list[float] = []
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._last = 0.0

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Watch for as long as the block runs."""
        self._last = time.perf_counter()
        self._timer.start()
        try:
            yield
        finally:
            self._timer.stop()

    @Slot()
    def _tick(self) -> None:
        now = time.perf_counter()
        self.late.append(max(1e3 * (now - self._last) - TICK_MS, 0.0))
        self._last = now


def live(seconds: float) -> None:
    """Let Qt's own event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(round(1e3 * seconds), loop.quit)
    loop.exec()


@contextmanager
def opened(case: Case) -> "Iterator[MainWindow]":
    """Show the window on a case, complete, with a weight's gradient in the step card."""
    window = create_window()
    window.session.open(Subject.of_data(case.data(), case.settings), case.settings)
    window.show()
    window.complete()
    window.session.go_to_step("dJ/dz1")
    window.complete()
    try:
        yield window
    finally:
        window.close()
        window.deleteLater()
        QApplication.processEvents()


@contextmanager
def training(window: "MainWindow") -> Iterator[None]:
    """Train in the window for as long as the block runs; then let it come to rest."""
    window.action("train").trigger()
    live(WARM_UP)
    try:
        yield
    finally:
        window.engine.pause()
        live(0.4)


class Speeds(Struct, frozen=True):
    """One round.

    Attributes
    ----------
    inside, alone
        Updates a second.
    busy
        The window thread's processor time over the time that passed.
    effort
        Processor time of an update alone over that of one in the window.
    """

    inside: float
    alone: float
    busy: float
    effort: float

    @property
    def share(self) -> float:
        """The engine's speed in the window over its speed alone."""
        return self.inside / self.alone

    @property
    def by_work(self) -> float:
        """The same by processor time."""
        return self.effort * (1 - self.busy)


def clocks() -> Array:
    """Return the time, and the processor time of this thread and of all others, in seconds."""
    own = time.thread_time()
    return np.array([time.perf_counter(), own, time.process_time() - own])


def told(window: "MainWindow") -> int:
    """Let the window live until it is told of further updates, and return how many there are."""
    loop = QEventLoop()
    end = window.session.subscribe(lambda old, new: loop.quit() if new.run.step != old.run.step else None)
    loop.exec()
    end()
    return window.session.state.run.step


def inside(window: "MainWindow", lateness: Lateness, seconds: float) -> tuple[int, Array]:
    """Return the updates made while the window shows them, and what passed, from one report to another."""
    with training(window):
        first, start = told(window), clocks()
        live(seconds)
        measured = told(window) - first, clocks() - start
        with lateness.watching():
            live(seconds)
        return measured


def alone(trainer: Trainer, seconds: float) -> tuple[int, Array]:
    """Return the updates made by the trainer while nothing else happens in the process, and what passed."""
    losses, first, start = np.empty(64), trainer.step, clocks()
    while time.perf_counter() - start[0] < seconds:
        trainer.make(len(losses), losses)
    return trainer.step - first, clocks() - start


def rounds(window: "MainWindow", lateness: Lateness, count: int, seconds: float) -> list[Speeds]:
    """Measure inside and alone, in turn."""
    state = window.session.state
    problem = state.subject.problem
    problem = problem.with_network(problem.network.copy())
    trainer = trainer_of(problem, state.settings.batch_size, state.settings.seed)
    alone(trainer, seconds / 4)
    measured = []
    for _ in range(count):
        (steps, (passed, worked, trained)), (others, (time_alone, work_alone, _)) = (
            inside(window, lateness, seconds),
            alone(trainer, seconds),
        )
        effort = (work_alone / others) / (trained / steps)
        measured.append(Speeds(steps / passed, others / time_alone, worked / passed, effort))
    return measured


def verdict(holds: bool, what: str) -> str:
    """Say whether a budget holds."""
    return f"{'holds' if holds else 'MISSED'}: {what}"


def report(case: Case, measured: Sequence[Speeds], late: Sequence[float]) -> None:
    """Print what a case comes to."""
    names = ("inside", "alone", "share", "busy", "by_work")
    shown, single, share, busy, work = (np.array([getattr(each, name) for each in measured]) for name in names)
    say(f"{case.name}, batch {case.settings.batch_size}, {len(measured)} rounds")
    say(f"  updates a second in the window, alone{np.median(shown):12,.0f}{np.median(single):12,.0f}")
    say(f"  share of the speed alone, median, best{np.median(share):11.3f}{share.max():12.3f}")
    say(f"  by processor time, median, best{np.median(work):18.3f}{work.max():12.3f}")
    say(f"  the window's share of a processor{np.median(busy):16.3f}")
    p50, p99, latest = np.percentile(late, MARKS)
    say(f"  lateness p50, p99, max, ms{p50:23.2f}{p99:12.2f}{latest:12.2f}")
    budgets = [(np.median(share) >= SHARE, f"{SHARE} of the speed alone")]
    budgets += [(p99 <= P99_MS, f"p99 {P99_MS:g} ms"), (latest <= MAX_MS, f"no later than {MAX_MS:g} ms")]
    if case.name == CASES[0].name:
        budgets.append((np.median(shown) >= UPDATES, f"{UPDATES:,} updates a second"))
    say("  " + "; ".join(verdict(bool(holds), what) for holds, what in budgets))


def soak(case: Case, minutes: float, minute: float = 60.0) -> list[tuple[float, float, float]]:
    """Train without a pause; print and return for each minute the MiB held, and lateness p99 and max."""
    rows = []
    with opened(case) as window, training(window):
        for number in range(round(minutes)):
            lateness = Lateness()
            with lateness.watching():
                live(minute)
            gc.collect()
            p99, latest = np.percentile(lateness.late, MARKS[1:])
            rows.append((resident(), float(p99), float(latest)))
            step = window.session.state.run.step
            say(f"  minute {number + 1:<4}{rows[-1][0]:9.1f} MiB{p99:9.2f}{latest:9.2f} ms   step {step:,}")
    return rows


def slope(rows: Sequence[tuple[float, float, float]]) -> tuple[float, float]:
    """Return how much the memory (MiB) and the p99 (ms) grow a minute after the first one."""
    later = np.array(rows[1:])
    if len(later) < 2:
        return float("nan"), float("nan")
    memory, p99, _ = np.polyfit(np.arange(len(later)), later, 1)[0]
    return float(memory), float(p99)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Measure training in the live window against training alone.")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--seconds", type=float, default=0.8, help="of each measurement")
    parser.add_argument("--only", nargs="*", default=None, metavar="2-8-2")
    parser.add_argument("--soak", type=float, default=0, metavar="MINUTES", help="train that long instead")
    options = parser.parse_args(arguments)
    application()
    say(machine())
    for case in CASES:
        if options.only is not None and case.name not in options.only:
            continue
        if options.soak:
            say(f"{case.name}, {options.soak:g} minutes; memory held, lateness p99 and max")
            say("  a minute more: {:+.2f} MiB, p99 {:+.3f} ms".format(*slope(soak(case, options.soak))))
            continue
        lateness = Lateness()
        with opened(case) as window:
            measured = rounds(window, lateness, options.rounds, options.seconds)
        report(case, measured, lateness.late)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
