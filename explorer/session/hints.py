"""Quiet hints on a run that goes nowhere, each with the number behind it: one function a hint, in a table. No Qt."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from explorer.session.history import Evaluation, History
from explorer.session.pictures.flow import flow
from explorer.session.state import State

LONG_ENOUGH = 300
"""Updates before which nothing is said."""
NEAR = 0.01
"""How near to that of guessing a loss counts as the same, relative."""
TURNED = 1.15
"""How many times its smallest value a held-out loss must be to have turned up."""
NEWEST = 5
"""Evaluations whose median counts as how a curve stands."""
MANY = 0.5
"""Share of a layer's units that are dead where it is worth a hint."""


@dataclass(frozen=True, slots=True)
class Hint:
    """Something that a person may want to know of a run.

    Attributes
    ----------
    kind
        A key of ``HINTS``: of one kind there is one at a time.
    text
        A clause with the number.
    remedy
        A sentence: what may help.
    """

    kind: str
    text: str
    remedy: str


def level(evaluations: list[Evaluation], field: str) -> float:
    """Return the median of a field's newest values, an odd number; NumPy's would import 0.05 s of it first."""
    newest = sorted(getattr(each, field) for each in evaluations[-NEWEST:])
    return float(newest[len(newest) // 2])


def stays_at_guessing(state: State, history: History) -> Hint | None:
    """Tell of a cross-entropy that has stayed at ln C, that of guessing, since the middle of the run."""
    problem = state.subject.problem
    outputs = problem.network.sizes[-1]
    summed = problem.objective.reduction == "sum" or problem.objective.l2
    if summed or not problem.network.loss.endswith("cross_entropy"):
        return None
    many = problem.network.loss.startswith("sigmoid") and outputs > 1
    guess = outputs * math.log(2) if many else math.log(max(outputs, 2))
    later = [each.train_loss for each in history.evaluations if 2 * each.step >= state.run.step]
    if len(later) < NEWEST or max(abs(loss - guess) for loss in later) > NEAR * guess:
        return None
    named = f"{outputs} ln 2" if many else f"ln {max(outputs, 2)}"
    text = f"the loss stays at {named} = {guess:.4g}, that of guessing"
    return Hint("guessing", text, "Another rate or activation, or inputs of size 1, may help.")


def turns_up(state: State, history: History) -> Hint | None:
    """Tell of a loss on held-out samples that rises while that on the training samples falls."""
    measured = [each for each in history.evaluations if math.isfinite(each.test_loss)]
    if len(measured) < 4 * NEWEST:
        return None
    best, now = min(measured, key=lambda each: each.test_loss), level(measured, "test_loss")
    falls = level(measured, "train_loss") < best.train_loss
    if not falls or now < TURNED * best.test_loss or 2 * best.step > state.run.step:
        return None
    text = f"test loss rises since step {best.step:,}: {best.test_loss:.3g} to {now:.3g}"
    return Hint("turns_up", text, "The training loss still falls: patience would stop in time.")


def is_dead(state: State, _history: History) -> Hint | None:
    """Tell of a layer of which many units are 0 for every sample."""
    sizes, problem = state.network.sizes, state.subject.problem
    for number, dead in enumerate(flow(state.network, problem.X, problem.Y, state.network_step).dead, start=1):
        if len(dead) >= MANY * sizes[number]:
            text = f"layer {number}: {len(dead)} of {sizes[number]} units are 0 for every sample"
            return Hint("dead", text, "They learn nothing any more: a lower rate, or leaky ReLU, keeps units alive.")
    return None


HINTS: dict[str, Callable[[State, History], Hint | None]] = {
    "guessing": stays_at_guessing,
    "turns_up": turns_up,
    "dead": is_dead,
}
"""By kind, the most telling first."""


def hint_of(state: State, history: History, without: frozenset[str] = frozenset()) -> Hint | None:
    """Return the first hint that a run gives cause for, of the kinds that are wanted; mostly none."""
    if state.run.step < LONG_ENOUGH or state.run.diverged_at is not None:
        return None
    found = (rule(state, history) for kind, rule in HINTS.items() if kind not in without)
    return next((hint for hint in found if hint is not None), None)
