"""Quiet hints on a run that goes nowhere, each with the number behind it: one function a hint, in a table. No Qt."""

import math
from collections.abc import Callable

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from explorer.engine.losses import LOSSES
from explorer.engine.problem import Problem
from explorer.session.failing import SCALE
from explorer.session.history import Evaluation, History
from explorer.session.pictures.flow import Flow, flow
from explorer.session.scaling_inputs import can_scale, large_inputs
from explorer.session.state import State
from explorer.tape.numbers import shown
from explorer.tape.sentences import begun

LONG_ENOUGH = 300
"""Updates before which nothing is said."""
NEAR, NEAR_MEAN = 0.01, 0.05
"""How far below that of guessing classes, or the mean, a loss counts as the same, relative: no guess is better."""
NOISY = 5.0
"""How many times as far above it, for updates by minibatches end nowhere; that is asked of the median."""
SOARED, ABOVE = 3.0, 1.5
"""How many times its smallest value a training loss must be to have soared, and how many times that of guessing."""
TURNED = 1.15
"""How many times its smallest value a held-out loss must be to have turned up."""
NEWEST = 5
"""Evaluations whose median counts as how a curve stands."""
DIGITS = 3
"""Of a measured number, as many as the curves' legends have."""
MANY = 0.5
"""Share of a layer's units that learn nothing where it is worth a hint."""


class Hint(Struct, frozen=True):
    """Something that a person may want to know of a run.

    Attributes
    ----------
    kind
        A key of ``HINTS``: of one kind there is one at a time.
    cause
        A clause with the number; where that is a measured one, which changes as a run goes on, it lacks at the end.
    remedy
        A sentence: what may help.
    field
        The field of an ``Evaluation`` whose newest value ends the clause; empty for none.
    offer
        The object name of the action that is the remedy; empty for none.
    """

    kind: str
    cause: str
    remedy: str
    field: str = ""
    offer: str = ""

    def text(self, newest: Evaluation | None) -> str:
        """Return the clause with the number as the legends of the curves say it."""
        if not self.field or newest is None:
            return self.cause
        return f"{self.cause} to {shown(getattr(newest, self.field), DIGITS)}"


def level(evaluations: list[Evaluation], field: str) -> float:
    """Return the median of a field's newest values, an odd number; NumPy's would import 0.05 s of it first."""
    newest = sorted(getattr(each, field) for each in evaluations[-NEWEST:])
    return float(newest[len(newest) // 2])


class Guess(Struct, frozen=True):
    """What guessing comes to: in words, the loss, and how far below it another counts as the same, relative."""

    words: str
    loss: float
    near: float


def guess_of(state: State) -> Guess | None:
    """Return what guessing classes comes to, or guessing the mean; none where the loss is no mean over the samples."""
    problem = state.subject.problem
    if problem.objective.reduction == "sum" or problem.objective.l2:
        return None
    if not problem.network.loss.endswith("cross_entropy"):
        return guess_of_mean(problem)
    outputs = problem.network.sizes[-1]
    if problem.network.loss.startswith("sigmoid") and outputs > 1:
        return guess_of_classes(f"{outputs} ln 2", outputs * math.log(2))
    return guess_of_classes(f"ln {max(outputs, 2)}", math.log(max(outputs, 2)))


def guess_of_classes(words: str, loss: float) -> Guess:
    """Return what guessing comes to whose loss is known in the field by those words."""
    return Guess(f"at {words} = {loss:.4g}, that of guessing", loss, NEAR)


def guess_of_mean(problem: Problem) -> Guess | None:
    """Return what guessing the mean of the targets comes to, their spread; none where they are all the same."""
    means = np.broadcast_to(problem.Y.mean(axis=0, dtype=np.float64), problem.Y.shape)
    loss = float(LOSSES[problem.network.loss].value(means, problem.Y, problem.network.beta).mean())
    return Guess(f"near {shown(loss, DIGITS)}, that of guessing the targets' mean", loss, NEAR_MEAN) if loss else None


def soars(state: State, history: History) -> Hint | None:
    """Tell of a training loss that has left what it had come to for more than guessing, or than it began with."""
    measured = history.evaluations
    if len(measured) < 2 * NEWEST:
        return None
    guess = guess_of(state)
    limit = ABOVE * (measured[0].train_loss if guess is None else guess.loss)
    low = min(measured, key=lambda each: each.train_loss)
    if level(measured, "train_loss") < max(limit, SOARED * low.train_loss) or measured[-1].train_loss < limit:
        return None
    before = next((each for each in reversed(measured) if each.train_loss < limit), low)
    cause = f"training loss soars since step {before.step:,}: {shown(before.train_loss, DIGITS)}"
    return Hint("soars", cause, "Lower the rate, and continue from a step before that.", "train_loss")


def stays_at_guessing(state: State, history: History) -> Hint | None:
    """Tell of a loss that has stayed at that of guessing, ln C or the targets' spread, since the middle of the run."""
    guess = guess_of(state)
    if guess is None:
        return None
    later = [each.train_loss for each in history.evaluations if 2 * each.step >= state.run.step]
    if len(later) < NEWEST or min(later) < (1 - guess.near) * guess.loss:
        return None
    if sorted(later)[len(later) // 2] > (1 + NOISY * guess.near) * guess.loss:
        return None
    return Hint(
        "guessing", f"the loss stays {guess.words}", "Another rate or activation, or inputs of size 1, may help."
    )


def turns_up(state: State, history: History) -> Hint | None:
    """Tell of a loss on held-out samples that rises while that on the training samples falls."""
    measured = [each for each in history.evaluations if math.isfinite(each.test_loss)]
    if len(measured) < 4 * NEWEST:
        return None
    best, now = min(measured, key=lambda each: each.test_loss), level(measured, "test_loss")
    falls = level(measured, "train_loss") < best.train_loss
    if not falls or now < TURNED * best.test_loss or 2 * best.step > state.run.step:
        return None
    cause = f"test loss rises since step {best.step:,}: {shown(best.test_loss, DIGITS)}"
    return Hint(
        "turns_up",
        cause,
        "The training loss still falls: it overfits. With a patience, training stops there and keeps the best weights.",
        "test_loss",
    )


def is_dead(state: State, _history: History) -> Hint | None:
    """Tell of layers of which many units are 0 for every sample; of saturated ones where that is the inputs' fault."""
    measured = measured_flow(state)
    dead = idle_words([len(units) for units in measured.dead], measured.units, "are 0 for every sample")
    if dead:
        return Hint("dead", dead, "They learn nothing any more: a lower rate, or leaky ReLU, keeps units alive.")
    saturated = saturated_words(measured) if large_inputs(state.subject.problem) else ""
    return Hint("dead", saturated, "They learn nothing any more.") if saturated else None


def measured_flow(state: State) -> Flow:
    """Measure the network that is shown on the samples that are trained on."""
    return flow(state.network, state.subject.problem.X, state.subject.problem.Y, state.network_step)


def saturated_words(measured: Flow) -> str:
    """Return in which layers many units are saturated; nothing where there are none."""
    return idle_words([len(units) for units in measured.saturated], measured.units, "are saturated")


def idle_words(idle: list[int], sizes: tuple[int, ...], words: str) -> str:
    """Return which layers have many idle units, the one with the largest share first; nothing where there are none."""
    many = [layer for layer, count in enumerate(idle) if count >= MANY * sizes[layer]]
    if not many:
        return ""
    worst, *others = sorted(many, key=lambda layer: -idle[layer] / sizes[layer])
    further = "".join(f"; layer {layer + 1}: {idle[layer]} of {sizes[layer]}" for layer in others)
    return f"layer {worst + 1}: {idle[worst]} of {sizes[worst]} units {words}{further}"


def by_scale(hint: Hint, state: State) -> Hint:
    """Return the hint with the scale of the inputs for its cause, and the remedy, where they are large."""
    large = large_inputs(state.subject.problem) if hint.kind in BY_SCALE else ""
    if not large:
        return hint
    idle = "" if hint.kind == "dead" else begun(saturated_words(measured_flow(state)))
    scales = can_scale(state.subject)
    done = "Scale them." if scales else "Divide them, or standardise their columns."
    told = f"{idle}: {large}." if idle else f"{begun(large)}."
    return replace(hint, remedy=f"{told} {done}", offer=SCALE if scales else "")


HINTS: dict[str, Callable[[State, History], Hint | None]] = {
    "soars": soars,
    "guessing": stays_at_guessing,
    "turns_up": turns_up,
    "dead": is_dead,
}
"""By kind, the most telling first."""
BY_SCALE = frozenset({"soars", "guessing", "dead"})
"""Of these, inputs that are too large are the likeliest cause."""


def hint_of(state: State, history: History, without: frozenset[str] = frozenset()) -> Hint | None:
    """Return the first hint that a run gives cause for, of the kinds that are wanted; mostly none."""
    if state.run.step < LONG_ENOUGH or state.run.diverged_at is not None:
        return None
    found = (rule(state, history) for kind, rule in HINTS.items() if kind not in without)
    return next((by_scale(hint, state) for hint in found if hint is not None), None)
