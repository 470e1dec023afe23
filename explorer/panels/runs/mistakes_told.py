"""What training with mistakes on purpose came to, and without: the loss of both, where it began and where it ended."""

import math

from explorer.session.history import Evaluation
from explorer.session.runs_comparing import Lane
from explorer.tape.numbers import shown

DIGITS, ROOM = 4, 9
STEADY = 1e-3
"""Of the loss at the beginning: a change up to that is none."""
REFUSAL = "no parameter is trained by a gradient of another shape"
"""What the only fault of a mistaken run comes from; its details say which shapes."""
CLOSE = 1e-6
"""Of the right run's loss: a difference up to that is none."""


def is_of_mistakes(lanes: tuple[Lane, ...]) -> bool:
    """Tell whether runs are those of one problem without mistakes and with some."""
    return len(lanes) == 2 and not lanes[0].problem.mistakes and bool(lanes[1].problem.mistakes)


def mistakes_verdict(lanes: tuple[Lane, ...], failures: tuple[str, ...] = ()) -> str:
    """Return what both runs came to.

    Parameters
    ----------
    lanes
        The right one and the wrong one.
    failures
        The sentences of the runs that broke by a fault, each after its run's name.
    """
    right, wrong = lanes
    steps = f"{right.run.step:,} step" + "s" * (right.run.step != 1)
    several = len(wrong.problem.mistakes) > 1
    made, it = ("mistakes", "them") if several else ("mistake", "it")
    without = f"Without the {made} {course(right)} in {steps}"
    if any(text.startswith(f"{wrong.name}: ") for text in failures):
        where = f"at step {wrong.run.step:,}" if wrong.run.step else "before its first update"
        return f"{without}; with {it} training stops {where}: {REFUSAL}."
    if wrong.run.diverged_at is not None:
        return f"{without}; with {it} the numbers are no longer finite from step {wrong.run.diverged_at:,} on."
    if are_same(right, wrong):
        return f"{without}, and with {it}, too: training does not show {'these' if several else 'this'} {made}."
    return f"{without}; with {it} {course(wrong)}{shares(right, wrong)}."


def course(lane: Lane) -> str:
    """Return "J falls from 1.413 to 0.0021"."""
    start, end = ends_of(lane)
    written = [shown(value, DIGITS, room=ROOM) for value in (start, end)]
    if abs(end - start) <= STEADY * abs(start):
        return f"J stays at {written[1]}"
    return f"J {'climbs' if end > start else 'falls'} from {written[0]} to {written[1]}"


def ends_of(lane: Lane) -> tuple[float, float]:
    """Return the training loss at the beginning and at the end; NaN where it was not measured."""
    measured = lane.history.evaluations
    newest = lane.run.evaluation
    return measured[0].train_loss if len(measured) else math.nan, math.nan if newest is None else newest.train_loss


def are_same(right: Lane, wrong: Lane) -> bool:
    """Tell whether both runs ended with the same loss."""
    (_, one), (_, other) = ends_of(right), ends_of(wrong)
    return abs(one - other) <= CLOSE * abs(one)


def shares(right: Lane, wrong: Lane) -> str:
    """Return the accuracies where both runs have one, of the held-out samples if there are any."""
    measured = [lane.run.evaluation for lane in (wrong, right)]
    found = [accuracy(each) for each in measured if each is not None]
    if len(found) < 2 or any(math.isnan(share) for share in found):
        return ""
    return f"; accuracy {found[0]:.3f} against {found[1]:.3f}"


def accuracy(evaluation: Evaluation) -> float:
    """Return the share that is classified right."""
    held_out = not math.isnan(evaluation.test_accuracy)
    return evaluation.test_accuracy if held_out else evaluation.train_accuracy
