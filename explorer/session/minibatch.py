"""The minibatch whose pass is shown: which samples it holds, whether it can be shown, and how that is said. No Qt."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from explorer.engine.order import minibatch_after
from explorer.engine.problem import Problem
from explorer.session.settings import Settings
from explorer.session.subject import Subject

Indices = NDArray[np.intp]
MOST_SAMPLES = 1024
"""Of a minibatch that can be shown: a sum of so many terms is spelled and lit in about 60 ms."""
MOST_WORK = 1.5e8
"""Weights times samples of a pass that can be shown: such a pass took 30 to 45 ms where it was measured."""
WORK_OF_UNIT = 128
"""What a unit costs beside the weights: its activation, slope and gradients, in the time of so many weights."""
MOST_ORDERED = 2_000_000
"""Samples whose order, of which a minibatch is a piece, is drawn quickly enough beside what is shown."""
MOST_NAMED = 8
"""Samples that are named in a line."""


def coming_minibatch(subject: Subject, settings: Settings, step: int) -> Indices:
    """Return the samples that the update after ``step`` others takes, in the order in which it takes them."""
    return minibatch_after(step, subject.problem.samples, settings.batch_size, settings.seed)


def only(problem: Problem, samples: Indices) -> Problem:
    """Return the problem with these samples as its data: itself where they are all, in their own order."""
    return problem if len(samples) == problem.samples else problem.only_these(samples)


def work_of(problem: Problem, samples: int) -> float:
    """Return about what a recorded pass of so many samples costs, in weights."""
    sizes = problem.network.sizes
    weights = sum(a * b for a, b in pairwise(sizes))
    return samples * (weights + WORK_OF_UNIT * sum(sizes))


def refusal(subject: Subject, settings: Settings) -> str:
    """Return the sentence that says why minibatches cannot be shown; empty where they can."""
    problem = subject.problem
    if problem.samples == 1:
        return "There is one sample: its pass is that of the whole minibatch."
    samples = min(settings.batch_size, problem.samples)
    if problem.samples > max(MOST_ORDERED, samples):
        return f"Of {problem.samples:,} samples, more than {MOST_ORDERED:,}, no minibatch is shown: look at one sample."
    most = min(int(MOST_WORK / work_of(problem, 1)), MOST_SAMPLES)
    if samples <= most:
        return ""
    possible = f"set a batch size of at most {most:,}" if most > 1 else "look at one sample"
    network = "-".join(map(str, problem.network.sizes))
    return f"A minibatch of {samples:,} samples is too large to be shown for a network {network}: {possible}."


def named(samples: Indices, most: int = MOST_NAMED) -> str:
    """Return the samples' numbers, counted from 1, the first ``most`` of them: "samples 12, 7, 430, …"."""
    several = "samples" if len(samples) > 1 else "sample"
    numbers = [f"{sample + 1:,}" for sample in samples[:most]]
    more = ["…"] if len(samples) > most else []
    return f"{several} {', '.join(numbers + more)}"
