"""Points drawn and erased: what the samples become, what stays, what can be undone, what other settings keep."""

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.data import BLANKS
from explorer.engine import ExplorerError
from explorer.session import RunStatus, Session
from explorer.session.opening import open_named
from explorer.session.points import AddPoints, ErasePoint, Spot, can_draw, label_at, nearest
from explorer.tape import record

NEW = ((0.5, -0.25), (1.5, 0.75))


def session_of(name: str) -> Session:
    return Session(*open_named(name))


def status(session: Session) -> RunStatus:
    return session.state.run.status


@pytest.mark.parametrize(("name", "outputs"), [("drawn-2", 2), ("drawn-3", 3)])
def test_a_set_to_draw_has_one_point_a_class_and_holds_none_out(name: str, outputs: int) -> None:
    subject = session_of(name).state.subject
    assert subject.problem.labels is not None
    assert subject.problem.labels.tolist() == list(range(outputs))
    assert subject.test_X.shape == (0, 2)
    assert subject.test_Y.shape == (0, outputs)
    assert can_draw(subject)
    assert name in BLANKS


@pytest.mark.parametrize("name", ["moons", "drawn-2", "xor"])
def test_points_of_a_class_are_samples_to_train_on(name: str) -> None:
    session = session_of(name)
    before, test_X = session.state.subject.problem, session.state.subject.test_X
    session.do(AddPoints(NEW, 1))
    after = session.state.subject.problem
    np.testing.assert_array_equal(after.X, [*before.X.tolist(), *NEW])
    assert after.labels is not None
    assert after.labels[-2:].tolist() == [1, 1]
    assert after.Y[-1].argmax() == after.Y.shape[1] - 1
    assert session.state.subject.test_X is test_X
    assert session.state.edited == {"points"}
    assert session.state.tape.loss == record(session.state.subject.problem.only(0)).loss or session.state.whole


def test_points_of_a_curve_are_inputs_and_targets() -> None:
    session = session_of("drawn-curve")
    session.do(AddPoints(NEW))
    problem = session.state.subject.problem
    assert problem.X[-2:].tolist() == [[0.5], [1.5]]
    assert problem.Y[-2:].tolist() == [[-0.25], [0.75]]


def test_a_lone_output_takes_its_class_as_a_number() -> None:
    session = session_of("drawn-2")
    subject = session.state.subject
    problem = replace(subject.problem, Y=np.array([[0.0], [1.0]]))
    session = Session(replace(subject, problem=problem, data=None), session.state.settings)
    session.do(AddPoints(NEW, 1))
    assert session.state.subject.problem.Y.tolist() == [[0], [1], [1], [1]]


def test_a_stroke_is_one_change() -> None:
    session = session_of("drawn-2")
    first = session.state.subject
    session.do(AddPoints(NEW, 1, stroke=7))
    session.do(AddPoints(((0.0, 0.0),), 1, stroke=7, before=2))
    session.do(AddPoints(((1.0, 1.0),), 0, stroke=8))
    assert session.undo_text == "1 point drawn: first"
    session.undo()
    assert session.undo_text == "3 points drawn: second"
    session.undo()
    assert session.state.subject is first
    session.redo()
    assert session.state.subject.problem.samples == 5


def test_erasing_takes_a_sample_of_either_part() -> None:
    session = session_of("moons")
    X, test_X = session.state.subject.problem.X, session.state.subject.test_X
    session.show_sample(5)
    session.do(ErasePoint(Spot(0, 2)))
    session.do(ErasePoint(Spot(1, 0)))
    state = session.state
    np.testing.assert_array_equal(state.subject.problem.X, np.delete(X, 2, axis=0))
    np.testing.assert_array_equal(state.subject.test_X, test_X[1:])
    np.testing.assert_array_equal(state.tape.value("x")[state.row], X[5])


def test_the_last_sample_stays() -> None:
    session = session_of("drawn-2")
    session.do(ErasePoint(Spot(0, 1)))
    with pytest.raises(ExplorerError, match="the last sample stays"):
        session.do(ErasePoint(Spot(0, 0)))
    with pytest.raises(ExplorerError, match="there is no sample 3"):
        session.do(ErasePoint(Spot(0, 3)))
    assert session.state.subject.problem.samples == 1
    assert session.state.tape.value("x").shape == (1, 2)


@pytest.mark.parametrize(
    ("name", "command", "sentence"),
    [
        ("digits", AddPoints(NEW, 1), "two inputs and classes"),
        ("moons", AddPoints(NEW), "two inputs and classes"),
        ("sine", AddPoints(NEW, 1), "two inputs and classes"),
        ("moons", AddPoints(NEW, 2), "there is no class 2"),
        ("moons", AddPoints(((0.0, 0.0),) * 20_000, 1), "20,000 samples are the most"),
    ],
)
def test_what_cannot_be_drawn_is_refused(name: str, command: AddPoints, sentence: str) -> None:
    session = session_of(name)
    before = session.state
    with pytest.raises(ExplorerError, match=sentence):
        session.do(command)
    assert session.state is before


def test_the_nearest_point_in_reach_is_found() -> None:
    subject = session_of("drawn-2").state.subject
    assert nearest(subject, (0.95, 0.02), (0.1, 0.1)) == Spot(0, 1)
    assert nearest(subject, (0.0, 0.0), (0.1, 0.1)) is None
    assert label_at(subject, Spot(0, 1)) == 1


def test_training_goes_on_as_points_are_drawn_and_rests_as_they_are_undone() -> None:
    session = session_of("drawn-2")
    session.set_status(RunStatus.RUNNING)
    run_id = session.state.run.id
    session.do(AddPoints(NEW, 1))
    assert status(session) is RunStatus.RUNNING
    assert session.state.run.id == run_id + 1
    assert session.state.notice is None
    session.undo()
    assert status(session) is RunStatus.READY
    assert session.state.subject.problem.samples == 2


def test_other_settings_keep_what_is_drawn() -> None:
    session = session_of("moons")
    session.do(AddPoints(NEW, 1))
    samples, held_out = session.state.subject.problem.samples, len(session.state.subject.test_X)
    session.configure(replace(session.state.settings, hidden=(3,)))
    assert session.state.subject.problem.X[-1].tolist() == list(NEW[-1])
    session.configure(replace(session.state.settings, seed=5))
    subject = session.state.subject
    everything = np.concatenate([subject.problem.X, subject.test_X])
    assert len(everything) == samples + held_out
    assert all((everything == point).all(axis=1).any() for point in NEW)
    assert "points" in subject.edited


def test_another_seed_leaves_a_drawn_set_as_it_is() -> None:
    session = session_of("drawn-3")
    session.do(AddPoints(NEW, 2))
    X = session.state.subject.problem.X
    session.configure(replace(session.state.settings, seed=5))
    assert session.state.subject.problem.X is X
    assert not len(session.state.subject.test_X)


def test_a_held_out_sample_that_is_looked_at_stays_as_others_are_erased() -> None:
    session = session_of("moons")
    test_X = session.state.subject.test_X
    session.show_held_out(4)
    session.do(ErasePoint(Spot(1, 2)))
    np.testing.assert_array_equal(session.state.tape.value("x"), test_X[4:5])
    session.show_held_out(len(test_X) - 2)
    session.do(ErasePoint(Spot(1, len(test_X) - 2)))
    assert session.state.guest is None
    assert session.state.tape.value("x").shape == (1, 2)
