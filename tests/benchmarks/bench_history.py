"""What ten million steps of history take in memory, and how long the newest of them need to be drawn.

    uv run python tests/benchmarks/bench_history.py [--steps 10000000] [--rounds 20]

Memory is what NumPy and Python asked for, at the end and at the highest; the steps come as the engine sends them, a
few hundred at a time, with an evaluation thirty times a second. Drawing is all that a plot reads for a frame: the
minibatches' curve and the four measured ones. A copy is what a change that can be undone, or a branch, asks for. Plain,
smoothed, logarithmic and zoomed plots follow, and the values at a pointer, each against a history of a hundredth.
"""

import argparse
import time
import tracemalloc
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from explorer.panels.training.plot_kind import ACCURACY, LOSS
from explorer.panels.training.plot_view import PlotView
from explorer.panels.training.reading import read_at
from explorer.session.history import Evaluation, History
from tests.benchmarks.bench_engine import machine, say

PARCEL, EVALUATED = 331, 370
MOST_BYTES = 64 * 2**20
FIELDS = ("train_loss", "test_loss", "train_accuracy", "test_accuracy")


def grown(steps: int) -> History:
    """Return a history of that many steps."""
    made, rng = History(), np.random.default_rng(0)
    noise = (0.1 * rng.normal(size=PARCEL)).astype(np.float32)
    for step in range(0, steps, PARCEL):
        level = np.float32(2.3 / (1 + step / 1e5))
        made.extend(noise[: min(PARCEL, steps - step)] + level)
        if step % (EVALUATED * PARCEL) < PARCEL:
            made.add(Evaluation(step, float(level), 0.5, float(level), 0.5))
    return made


def read(history: History) -> int:
    """Read what a plot draws; return the number of its points."""
    return len(history.losses.polyline()[0]) + sum(len(history.curve(field, 400)[0]) for field in FIELDS)


def looks(steps: int) -> dict[str, PlotView]:
    """Return the ways to look at a run of that many steps."""
    middle = steps // 2
    return {
        "plain": PlotView(),
        "smoothed": PlotView(smoothing=0.99),
        "logarithmic": PlotView(smoothing=0.99, logarithmic=True),
        "zoomed": PlotView(smoothing=0.99, span=(middle - steps // 5, middle + steps // 5)),
    }


def frame(history: History, view: PlotView) -> None:
    """Make the points and the axes of both plots."""
    for kind in (LOSS, ACCURACY):
        kind.axis(kind.points(history, view), view)


def look_at(history: History, rounds: int) -> dict[str, float]:
    """Return how many milliseconds both plots need of each look, and the values at a pointer."""
    times = {
        name: median_ms(partial(frame, history, view), rounds) for name, view in looks(len(history.losses)).items()
    }
    view = PlotView(smoothing=0.99)
    points, step = LOSS.points(history, view), len(history.losses) // 3
    return times | {"pointer": median_ms(lambda: read_at(step, LOSS, history, view, points), rounds)}


def median_ms(action: Callable[[], object], rounds: int) -> float:
    """Return how many milliseconds a call takes."""
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        action()
        times.append(time.perf_counter() - begin)
    return 1e3 * float(np.median(times))


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Measure a long history.")
    parser.add_argument("--steps", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args(arguments)
    say(machine())
    tracemalloc.start()
    history = grown(options.steps)
    held, highest = (size / 2**20 for size in tracemalloc.get_traced_memory())
    tracemalloc.stop()
    begin = time.perf_counter()
    grown(options.steps)
    micros = 1e6 * (time.perf_counter() - begin) / (options.steps / PARCEL)
    say(f"{options.steps:,} steps: {held:.1f} MiB held, {highest:.1f} MiB at the highest, {micros:.1f} µs a parcel")
    say(f"a frame's {read(history):,} points: {median_ms(lambda: read(history), options.rounds):.2f} ms")
    shorter = look_at(history.until(options.steps // 100), options.rounds)
    for name, time_ms in look_at(history, options.rounds).items():
        say(f"{name}: {time_ms:.2f} ms, {time_ms / shorter[name]:.1f} of what a hundredth of the steps needs")
    say(f"a copy until the middle: {median_ms(lambda: history.until(options.steps // 2), options.rounds):.2f} ms")


if __name__ == "__main__":
    main()
