"""Why a run left the finite numbers: the likely cause and the number behind it, a remedy, a way back. No Qt.

A step of gradient descent shrinks the loss along a direction of curvature lambda only at a rate below 2 / lambda; with
momentum m, below 2 (1 + m) / lambda (Goh, Why Momentum Really Works, 2017). The largest curvature is found by power
iteration on differences of gradients, at the last good weights.
"""

from math import floor, log10

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from explorer.engine.optimizers import OPTIMIZERS
from explorer.engine.problem import Problem
from explorer.engine.trainer import Trainer
from explorer.session.checkpoints import Pass
from explorer.session.history import Evaluation, History
from explorer.session.scaling_inputs import can_scale, large_inputs
from explorer.session.state import State
from explorer.tape.spoken import right_side
from explorer.tape.step import Step

PLAIN = ("sgd", "momentum")
"""Optimisers whose largest stable rate follows from the curvature."""
ROUNDS, SAMPLES, WORK = 8, 256, 2e7
"""Of the power iteration: its rounds, and the samples, fewer where they times the parameters exceed the work."""
NUDGE = 1e-4


class Cause(Struct, frozen=True):
    """Why a run probably diverged.

    Attributes
    ----------
    words
        The cause with its number, and the remedy.
    rate
        The learning rate to take in place of the one that was too high; None where that is not the remedy.
    scales
        True where scaling the inputs is the remedy, and the set can be opened so.
    """

    words: str
    rate: float | None = None
    scales: bool = False


def last_good(history: History) -> Pass | None:
    """Return the last kept pass up to where the measured training loss was lowest; None where nothing is kept."""
    if not len(history.checkpoints):
        return None
    lowest = lowest_measured(history)
    return history.checkpoints.at(0 if lowest is None else lowest.step)


def lowest_measured(history: History) -> Evaluation | None:
    """Return the first evaluation with the lowest training loss; None where none is finite."""
    finite = [each for each in history.evaluations if np.isfinite(each.train_loss)]
    return min(finite, key=lambda each: (each.train_loss, each.step), default=None)


def divergence_text(state: State, found: Cause, step: int, tensor: str) -> str:
    """Return the sentence for the banner: when, in which array, which operation made it, and why.

    Parameters
    ----------
    found
        Why.
    step, tensor
        As in ``NonFiniteError``.
    """
    symbol, operation = symbol_of(state, tensor), operation_of(state, tensor)
    where = f"{symbol} ({operation})" if operation else symbol
    return f"Training left the finite numbers at step {step:,}, first in {where}: {found.words}."


def divergence_details(state: State, history: History, step: int, tensor: str) -> str:
    """Return what may be asked beyond that, in lines: what the array means, what is shown, and the last good step."""
    symbol, made, good = symbol_of(state, tensor), maker_of(state, tensor), last_good(history)
    lines = [f"First array with an infinity or a NaN: {symbol}, at step {step:,}."]
    if made is not None:
        lines.append(f"It was computed as {operation_of(state, tensor)}.")
        lines.append(state.script.sentence(made.text, state.tape.activations))
    lines.append(f"Shown: step {state.network_step:,}, the newest kept one whose numbers are all finite.")
    if good is not None and (lowest := lowest_measured(history)) is not None:
        measured = f"the training loss was lowest, {lowest.train_loss:.3g}, at step {lowest.step:,}"
        lines.append(f"Last good step: {good.step:,}; {measured}.")
    return "\n".join(lines)


def maker_of(state: State, tensor: str) -> Step | None:
    """Return the step that made an array, of a parameter the update; None where the tape has none."""
    return next((state.tape[name] for name in (tensor, f"{tensor}+") if name in state.tape), None)


def symbol_of(state: State, tensor: str) -> str:
    """Return how an array is written."""
    return state.script.text(tensor, state.tape.activations)


def operation_of(state: State, tensor: str) -> str:
    """Return what was computed to make an array, e.g. "x times W₁ plus b₁"; nothing where that is not known."""
    made = maker_of(state, tensor)
    return "" if made is None else right_side(made, state.tape, state.script, str)


def cause(state: State, good: Pass | None) -> Cause:
    """Return the likely cause with its number, and the remedy."""
    problem = state.subject.problem
    if problem.mistakes:
        which = "a hidden one" if problem.puzzle else ", ".join(problem.mistakes)
        return Cause(f"the problem makes mistakes on purpose ({which}); leave them out")
    large = large_inputs(problem)
    if large:
        return Cause(f"{large}; scale them", scales=can_scale(state.subject))
    return too_fast(state, good)


def too_fast(state: State, good: Pass | None) -> Cause:
    """Return by which measure the learning rate is too high, and one that is not."""
    problem, settings = state.subject.problem, state.settings
    rate, usual = settings.learning_rate, OPTIMIZERS[settings.optimizer].usual_rate
    if good is not None and settings.optimizer in PLAIN:
        bound = largest_rate(problem.with_network(good.network), settings.momentum * (settings.optimizer != "sgd"))
        if rate > bound:
            curved = f"at step {good.step:,} the loss is curved so much that steps overshoot above {below(bound):g}"
            return Cause(f"the learning rate {rate:g} is too high ({curved}); go back and lower it", below(bound))
    if rate > usual:
        times = float(f"{rate / usual:.2g}")
        return Cause(f"the learning rate {rate:g} is {times:,g} times the usual {usual:g}; go back and lower it", usual)
    return Cause(f"steps overshoot at the learning rate {rate:g}; go back and lower it", below(rate / 2))


def below(number: float) -> float:
    """Return a positive number to two digits, rounded down, so that a bound is not passed by it."""
    near = float(f"{number:.1e}")
    step = 10.0 ** (floor(log10(number)) - 1)
    return near if near <= number else float(f"{near - step:.1e}")


def largest_rate(problem: Problem, momentum: float = 0.0) -> float:
    """Return 2 (1 + m) / lambda, with the largest curvature lambda of the loss on some of the samples; inf if none."""
    curvature = largest_curvature(problem)
    return 2 * (1 + momentum) / curvature if curvature > 0 else float("inf")


def largest_curvature(problem: Problem) -> float:
    """Return the largest eigenvalue, by size, of the loss's second derivatives: a Rayleigh quotient v'Hv, |v| = 1.

    It is 0 where gradients nearby leave the finite numbers: then nothing is known of it.
    """
    count = int(min(SAMPLES, max(WORK // max(problem.network.theta.size, 1), 1), problem.samples))
    rows = np.linspace(0, problem.samples - 1, count).astype(int)
    labels = None if problem.labels is None else problem.labels[rows]
    network = problem.network.copy(np.dtype(np.float64))
    part = replace(problem, network=network, X=problem.X[rows], Y=problem.Y[rows], labels=labels, strays={})
    trainer, theta = Trainer.of(part, batch_size=count), network.theta.copy()

    def gradient_at(shift: np.ndarray) -> np.ndarray:
        network.theta[:] = theta + shift
        trainer.compute_gradient()
        return trainer.gradient.copy()

    direction, curvature = np.random.default_rng(0).normal(size=theta.size), 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(ROUNDS):
            direction /= max(float(np.linalg.norm(direction)), np.finfo(np.float64).tiny)
            product = (gradient_at(NUDGE * direction) - gradient_at(-NUDGE * direction)) / (2 * NUDGE)
            curvature, direction = float(direction @ product), product
    return curvature if np.isfinite(curvature) else 0.0
