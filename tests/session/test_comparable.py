"""Which losses are drawn together: those of the same targets in the same units, whatever the inputs are."""

from msgspec.structs import replace

from explorer.data import load_dataset
from explorer.session import Session
from explorer.session.comparable import measure_of, why_apart
from explorer.session.opening import opened
from explorer.session.runs import drawn_beside
from tests.session.kept import numbers, train


def test_only_losses_in_the_same_units_compare() -> None:
    raw, scaled = numbers("none")[0], numbers("standardise")[0]
    assert measure_of(raw) == measure_of(numbers("none", features=3)[0])
    assert measure_of(raw) != measure_of(scaled)
    assert measure_of(raw) != measure_of(numbers("none", name="other")[0])
    assert not why_apart(raw, numbers("none")[0])
    assert why_apart(raw, scaled).startswith("Its losses are of other targets, or of targets scaled otherwise")
    wine = load_dataset("wine")
    classes = [Session(*opened(replace(wine, fitting=fitting))).state.subject for fitting in ("none", "standardise")]
    assert not why_apart(*classes)


def test_runs_in_other_units_are_listed_and_not_drawn() -> None:
    session = Session(*numbers("none"))
    train(session)
    session.keep_run("raw")
    session.open(*numbers("standardise"))
    train(session)
    session.keep_run("scaled")
    assert [run.name for run in drawn_beside(session.state.runs, session.state.subject, ())] == ["scaled"]
    assert [run.colour for run in session.state.runs] == [0, 1]
