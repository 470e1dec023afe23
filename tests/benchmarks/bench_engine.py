"""How long one training step takes, against the matrix products alone and against other libraries.

    uv run python tests/benchmarks/bench_engine.py [--threads 1 2] [--seconds 0.3] [--rounds 7] [--only floor trainer]

The floor is the products of one step (forward, to the parameters, down to the layer below) and nothing else: no
program on this machine and this BLAS can be faster. scikit-learn and PyTorch are measured where they are installed.
One round measures every contender once, in turn, so that a busy moment of the machine strikes all of them; the table
shows the median of the rounds. Every contender gathers its minibatches from a new random order for each epoch.
"""

import argparse
import importlib
import importlib.util
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

import numpy as np
from msgspec import Struct
from threadpoolctl import threadpool_info, threadpool_limits

from explorer.engine import Network, Trainer

BATCHES = 40
"""Minibatches in the data of every case."""


class Case(Struct, frozen=True):
    """A network and a batch size, e.g. 784-128-10/128."""

    sizes: tuple[int, ...]
    batch: int
    dtype: str

    def __str__(self) -> str:
        return f"{'-'.join(map(str, self.sizes))}/{self.batch} {self.dtype}"

    def data(self) -> tuple[np.ndarray, np.ndarray]:
        """Random inputs, and labels that name each class."""
        rng = np.random.default_rng(0)
        samples = self.batch * BATCHES
        X = rng.normal(size=(samples, self.sizes[0])).astype(self.dtype)
        return X, rng.permutation(np.arange(samples) % self.sizes[-1])


SHAPES = (((2, 8, 2), 16), ((64, 32, 10), 32), ((784, 128, 10), 128), ((784, 512, 10), 256))
CASES = tuple(Case(sizes, batch, dtype) for sizes, batch in SHAPES for dtype in ("float64", "float32"))

Run = Callable[[int], object]
"""Makes that many steps."""


def floor(case: Case) -> Run:
    """The products of a step, into arrays that are there already."""
    rng = np.random.default_rng(0)

    def array(*shape: int) -> np.ndarray:
        return rng.normal(size=shape).astype(case.dtype)

    layers = [
        (array(d + 1, h), array(d + 1, case.batch), array(h, case.batch), array(d + 1, h), array(d, case.batch))
        for d, h in pairwise(case.sizes)
    ]

    def run(steps: int) -> None:
        for _ in range(steps):
            for weights, below, z, _, _ in layers:
                np.dot(weights.T, below, out=z)
            for number, (weights, below, delta, gradient, lower) in reversed(list(enumerate(layers))):
                np.dot(below, delta.T, out=gradient)
                if number:
                    np.dot(weights[:-1], delta, out=lower)

    return run


def trainer(case: Case) -> Run:
    """The engine's own."""
    X, labels = case.data()
    network = Network.random(case.sizes, "sigmoid", seed=0, dtype=case.dtype)
    return Trainer(network, X, labels, batch_size=case.batch, learning_rate=1e-3).run


def sklearn(case: Case) -> Run:
    """MLPClassifier with plain SGD; one call of ``partial_fit`` is one epoch of minibatches."""
    X, labels = case.data()
    model = importlib.import_module("sklearn.neural_network").MLPClassifier(
        case.sizes[1:-1],
        activation="logistic",
        solver="sgd",
        alpha=0.0,
        batch_size=case.batch,
        learning_rate_init=1e-3,
        momentum=0.0,
        nesterovs_momentum=False,
        random_state=0,
    )
    classes = np.unique(labels)
    model.partial_fit(X, labels, classes=classes)

    def run(steps: int) -> None:
        for _ in range(max(1, round(steps / BATCHES))):
            model.partial_fit(X, labels)

    return run


def pytorch(case: Case) -> Run:
    """Eager mode: Linear, Sigmoid, cross_entropy, SGD, minibatches gathered from a random order."""
    torch: Any = importlib.import_module("torch")
    X, labels = (torch.tensor(array) for array in case.data())
    layers: list[Any] = []
    for d, h in pairwise(case.sizes):
        layers += [torch.nn.Linear(d, h, dtype=X.dtype), torch.nn.Sigmoid()]
    model = torch.nn.Sequential(*layers[:-1])
    optimizer = torch.optim.SGD(model.parameters(), lr=1e-3)

    def run(steps: int) -> None:
        for step in range(steps):
            if step % BATCHES == 0:
                order = torch.randperm(len(X)).split(case.batch)
            chosen = order[step % BATCHES]
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(model(X[chosen]), labels[chosen]).backward()
            optimizer.step()

    return run


CONTENDERS: dict[str, tuple[Callable[[Case], Run], str]] = {
    "floor": (floor, "numpy"),
    "trainer": (trainer, "numpy"),
    "sklearn": (sklearn, "sklearn"),
    "pytorch": (pytorch, "torch"),
}
"""By name, what builds a contender, and the package that it needs."""


def is_installed(package: str) -> bool:
    return importlib.util.find_spec(package) is not None


def seconds_of(run: Run, steps: int) -> float:
    start = time.perf_counter()
    run(steps)
    return time.perf_counter() - start


def steps_for(run: Run, seconds: float) -> int:
    """Warm up, and return how many steps (whole epochs) last about that long."""
    seconds_of(run, BATCHES)
    return BATCHES * max(1, round(seconds / seconds_of(run, BATCHES)))


def measure(case: Case, names: Sequence[str], seconds: float, rounds: int) -> dict[str, float]:
    """Return the median microseconds a step of each contender, measured in turn."""
    runs = {name: CONTENDERS[name][0](case) for name in names}
    steps = {name: steps_for(run, seconds) for name, run in runs.items()}
    found: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(rounds):
        for name, run in runs.items():
            found[name].append(1e6 * seconds_of(run, steps[name]) / steps[name])
    return {name: statistics.median(times) for name, times in found.items()}


def row(case: Case, times: dict[str, float]) -> str:
    """One line of the table: microseconds, then the multiple of the trainer's time."""
    own = times.get("trainer", float("nan"))
    cells = (f"{value:10.1f} µs {value / own:6.2f}×" for value in times.values())
    return f"{case!s:<24}" + "".join(cells)


def machine() -> str:
    """One line: what computes the products, and on how many processors."""
    kernels = {f"{lib['internal_api']} {lib['version']} ({lib.get('architecture')})" for lib in threadpool_info()}
    return f"NumPy {np.__version__}, {', '.join(sorted(kernels))}, {os.cpu_count()} processors"


@contextmanager
def threads(count: int) -> Iterator[None]:
    """Let NumPy's linear algebra, scikit-learn and PyTorch use that many threads."""
    if is_installed("torch"):
        importlib.import_module("torch").set_num_threads(count)
    with threadpool_limits(count):
        yield


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Measure the engine's training step.")
    parser.add_argument("--threads", type=int, nargs="+", default=[1])
    parser.add_argument("--seconds", type=float, default=0.3, help="of one measurement")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--only", nargs="+", choices=CONTENDERS, default=list(CONTENDERS))
    options = parser.parse_args(arguments)
    names = [name for name in options.only if is_installed(CONTENDERS[name][1])]
    say(machine())
    for count in options.threads:
        say(f"microseconds a step (median), and the multiple of the trainer's; threads: {count}")
        say(f"{'':<24}" + "".join(f"{name:>21}" for name in names))
        with threads(count):
            for case in CASES:
                say(row(case, measure(case, names, options.seconds, options.rounds)))


def say(line: str) -> None:
    """Print a line at once: the next may take a while."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
