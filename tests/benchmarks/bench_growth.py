"""How a training step grows with width and depth, and what a trainer keeps in memory.

    uv run python tests/benchmarks/bench_growth.py [--seconds 0.3] [--rounds 5]

Time is compared with that of the bare products of the same shapes, measured in turn, on one thread. Memory is what
NumPy asked for while a trainer was made, beside what theory says that it must hold: the data in the order of its
rows, the parameters, one gradient of each, and the arrays of one minibatch.
"""

import argparse
import tracemalloc
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from explorer.engine import Network, Trainer
from tests.benchmarks.bench_engine import Case, machine, measure, say, threads

WIDTHS = tuple(Case((64, width, 10), 32, "float64") for width in (64, 128, 256, 512, 1024, 2048, 4096))
DEPTHS = tuple(Case((64, *(64,) * depth, 10), 32, "float64") for depth in (1, 2, 4, 8, 16))
HELD = tuple(Case((784, width, 10), 128, dtype) for width in (128, 512) for dtype in ("float64", "float32"))


def grown(cases: Sequence[Case], seconds: float, rounds: int) -> None:
    """Print a row for each case: microseconds, per parameter, and the share of the bare products."""
    for case in cases:
        times = measure(case, ("floor", "trainer"), seconds, rounds)
        parameters = sum((d + 1) * h for d, h in pairwise(case.sizes))
        own, bare = times["trainer"], times["floor"]
        say(f"{name(case):<28}{own:10.1f} µs {1e3 * own / parameters:8.3f} ns a parameter {bare / own:6.2f} floor")


def name(case: Case) -> str:
    """Return a name that does not grow with depth."""
    hidden = case.sizes[1:-1]
    middle = f"{len(hidden)}x{hidden[0]}" if len(hidden) > 2 else "-".join(map(str, hidden))
    return f"{case.sizes[0]}-{middle}-{case.sizes[-1]}/{case.batch} {case.dtype}"


def traced(case: Case) -> tuple[int, dict[str, int]]:
    """Return the bytes that a network and its trainer hold, and what they must hold by kind."""
    X, labels = case.data()
    size = np.dtype(case.dtype).itemsize
    tracemalloc.start()
    trainer = Trainer(Network.random(case.sizes, "sigmoid", dtype=case.dtype), X, labels, batch_size=case.batch)
    trainer.run(1)
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    parameters = size * sum((d + 1) * h for d, h in pairwise(case.sizes))
    units = sum(case.sizes[1:])
    data = size * len(X) * (case.sizes[0] + 1 + case.sizes[-1])
    minibatch = size * case.batch * (case.sizes[0] + 1 + 4 * units)
    return held, {"data": data, "parameters": parameters, "gradients": parameters, "minibatch": minibatch}


def remembered(case: Case) -> None:
    """Print a row: what is held, and what theory says."""
    held, kinds = traced(case)
    parts = ", ".join(f"{kind} {count / 2**20:.2f}" for kind, count in kinds.items())
    say(f"{name(case):<28}{held / 2**20:10.2f} MiB held; by count: {parts} ({sum(kinds.values()) / 2**20:.2f})")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Measure how a training step grows.")
    parser.add_argument("--seconds", type=float, default=0.3, help="of one measurement")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args(arguments)
    say(machine())
    with threads(1):
        for title, cases in (("width", WIDTHS), ("depth", DEPTHS)):
            say(title)
            grown(cases, options.seconds, options.rounds)
    say("memory")
    for case in HELD:
        remembered(case)


if __name__ == "__main__":
    main()
