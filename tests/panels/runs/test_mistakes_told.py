"""What is said of two runs, one with mistakes on purpose: where J began and ended, in words that are true."""

import math

import pytest
from msgspec.structs import replace

from explorer.panels.runs.mistakes_told import is_of_mistakes, mistakes_verdict
from explorer.panels.runs.telling import ending
from explorer.problems import load_problem
from explorer.session import Evaluation, Session, Settings, Subject
from explorer.session.runs_comparing import Comparison, Lane, WithAndWithout

Lanes = tuple[Lane, ...]


def lanes_of(*mistakes: str) -> Lanes:
    """Return both runs of trace-003, before their first update."""
    problem = replace(load_problem("trace-003"), mistakes=mistakes)
    session = Session(Subject.of_problem("test", problem), Settings.of_problem(problem))
    return WithAndWithout(100).lanes(session.state)


def measure(lane: Lane, *losses: float, accuracy: float = 0.5) -> None:
    """Let a run come by these losses, one an update."""
    for step, loss in enumerate(losses):
        lane.note(Evaluation(step, loss, accuracy, math.nan, math.nan))
    lane.run = replace(lane.run, step=len(losses) - 1)


def test_both_runs_begin_at_the_same_weights_and_differ_in_the_mistakes_alone() -> None:
    right, wrong = lanes_of("sign_slip")
    assert (right.problem.mistakes, wrong.problem.mistakes) == ((), ("sign_slip",))
    assert right.network is wrong.network
    assert right.settings == wrong.settings
    assert (right.name, wrong.name) == ("no mistake", "sign slip")
    assert lanes_of("sign_slip", "missing_mean")[1].name == "2 mistakes"


@pytest.mark.parametrize(
    ("losses", "words"),
    [
        ((1, 4), "J climbs from 1.0000 to 4.0000"),
        ((1, 0.5), "J falls from 1.0000 to 0.5000"),
        ((1, 1), "J stays at 1.0000"),
    ],
)
def test_where_the_loss_went(losses: tuple[float, ...], words: str) -> None:
    right, wrong = lanes = lanes_of("sign_slip")
    measure(right, 1, 0.25, accuracy=1.0)
    measure(wrong, *losses)
    told = mistakes_verdict(lanes)
    assert told.startswith("Without the mistake J falls from 1.0000 to 0.2500 in 1 step; with it ")
    assert words in told
    assert told.endswith("; accuracy 0.500 against 1.000.")


def test_a_mistake_that_training_does_not_show() -> None:
    right, wrong = lanes = lanes_of("double_softmax")
    for lane in (right, wrong):
        measure(lane, 1, 0.25)
    assert mistakes_verdict(lanes).endswith("with it, too: training does not show this mistake.")


def test_several_mistakes_are_told_as_several() -> None:
    lanes = lanes_of("sign_slip", "missing_mean")
    for lane in lanes:
        measure(lane, 1, 0.25)
    assert mistakes_verdict(lanes).startswith("Without the mistakes J")
    assert mistakes_verdict(lanes).endswith("with them, too: training does not show these mistakes.")


def test_a_run_that_is_refused_and_one_that_diverges() -> None:
    right, wrong = lanes = lanes_of("per_sample_bias")
    measure(right, 1, 0.25)
    refused = ending(lanes, (f"{wrong.name}: training stops before step 1",), 100)
    assert "with it training stops before its first update: no parameter is trained" in refused
    wrong.diverge(17)
    assert "no longer finite from step 17 on" in ending(lanes, (), 100)


def test_optimisers_are_told_of_as_before() -> None:
    problem = load_problem("trace-003")
    session = Session(Subject.of_problem("test", problem), Settings.of_problem(problem))
    lanes = Comparison({"sgd": (0.1, 0.2)}, 10).lanes(session.state)
    assert not is_of_mistakes(lanes)
    assert "the comparison ended before its first update" in ending(lanes, (), 10)
    for lane in lanes:
        measure(lane, 1, 0.5)
    assert ending(lanes, (), 1).startswith("Compared 2 runs")
