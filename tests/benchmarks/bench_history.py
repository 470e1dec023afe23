"""What ten million steps of history take in memory, and how long the newest of them need to be drawn.

    uv run python tests/benchmarks/bench_history.py [--steps 10000000] [--rounds 20]

Memory is what NumPy and Python asked for, at the end and at the highest; the steps come as the engine sends them, a
few hundred at a time, with an evaluation thirty times a second. Drawing is all that a plot reads for a frame: the
minibatches' curve and the four measured ones. A copy is what a change that can be undone, or a branch, asks for.
"""

import argparse
import time
import tracemalloc
from collections.abc import Callable, Sequence

import numpy as np

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
    say(f"a copy until the middle: {median_ms(lambda: history.until(options.steps // 2), options.rounds):.2f} ms")


if __name__ == "__main__":
    main()
