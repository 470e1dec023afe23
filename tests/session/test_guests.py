"""A pass of a held-out sample, or of one of a few: true, followed by training, edited and undone, never trained on."""

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.engine.errors import ExplorerError
from explorer.session import Edit, NextUpdate, RunStatus, Session
from explorer.session.guests import HeldOut, Walk
from explorer.session.guests_told import guest_name, guest_words
from explorer.session.opening import open_data
from explorer.tape.record import record


def guest_of(session: Session) -> object:
    return session.state.guest


def digits() -> Session:
    return Session(*open_data("digits"))


def test_the_pass_is_that_of_the_held_out_sample() -> None:
    session = digits()
    session.show_held_out(11)
    state = session.state
    np.testing.assert_array_equal(state.tape.given["x"], state.subject.test_X[11:12])
    np.testing.assert_array_equal(state.tape.given["y"], state.subject.test_Y[11:12])
    alone = replace(state.subject.problem, X=state.subject.test_X, Y=state.subject.test_Y, labels=None).only(11)
    for step in record(alone).steps:
        np.testing.assert_array_equal(state.tape.value(step.id), step.value, err_msg=step.id)
    assert (state.place, state.places) == (11, len(state.subject.test_X))
    assert guest_name(state) == "held-out sample 12"


def test_one_walks_through_the_held_out_samples_and_leaves_them() -> None:
    session = digits()
    session.show_sample(5)
    session.show_held_out(-1)
    last = len(session.state.subject.test_X) - 1
    assert session.state.guest == HeldOut(last)
    session.show_next_place(1)
    assert session.state.guest == HeldOut(0)
    session.show_place(30)
    assert session.state.guest == HeldOut(30)
    session.show_random_sample()
    assert session.state.guest not in {None, HeldOut(30)}
    session.leave_guest()
    assert (guest_of(session), session.state.sample, session.state.places) == (None, 5, session.state.samples)
    np.testing.assert_array_equal(session.state.tape.given["x"][0], session.state.subject.problem.X[5])


@pytest.mark.parametrize("part", ["train", "test"])
def test_a_walk_goes_around_its_members_only(part: str) -> None:
    session = digits()
    walk = Walk("test" if part == "test" else "train", (7, 3, 20), "3 taken for 8")
    session.show_member(walk, 0)
    X = session.state.subject.parts[part == "test"][0]
    for member in (7, 3, 20, 7):
        np.testing.assert_array_equal(session.state.tape.given["x"][0], X[member])
        session.show_next_place(1)
    assert "3 taken for 8" in guest_words(session.state)
    assert session.state.places == 3
    session.leave_guest()
    assert session.state.walk is None


def test_no_update_is_made_with_a_held_out_sample() -> None:
    session = digits()
    session.show_held_out(2)
    before = session.state
    with pytest.raises(ExplorerError, match="held-out sample 3 is kept for measuring, and not trained on"):
        session.do(NextUpdate())
    assert session.state is before
    assert session.state.tape.steps[-1].phase == "update"
    session.leave_guest()
    session.do(NextUpdate())
    assert session.state.run.step == 1


def test_the_guests_pass_follows_training_and_time_travel() -> None:
    session = digits()
    session.show_held_out(4)
    session.set_status(RunStatus.RUNNING)
    network = session.state.network.copy()
    network.theta *= 0.5
    session.receive(session.state.run.id, 10, 0, np.zeros(10, np.float32), (), network)
    state = session.state
    assert state.guest == HeldOut(4)
    expected = network.predict_proba(state.subject.test_X[4:5])
    np.testing.assert_allclose(state.tape.value("p"), expected, rtol=1e-12)
    session.look_at(0)
    assert session.state.network_step == 0
    np.testing.assert_array_equal(session.state.tape.given["x"][0], state.subject.test_X[4])


def test_its_numbers_are_edited_alone_and_undone() -> None:
    session = digits()
    session.show_held_out(4)
    train, test = session.state.subject.problem.X, session.state.subject.test_X
    label = int(session.state.subject.test_Y[4].argmax())
    session.do(Edit(("x", (0, 9)), 0.75))
    assert session.state.subject.test_X[4, 9] == session.state.tape.given["x"][0, 9] == 0.75
    assert session.state.subject.problem.X is train
    assert test[4, 9] != 0.75
    assert session.undo_text == "x[1, 10] of the held-out sample 5 = 0.7500"
    session.do(Edit(("y", (0, (label + 1) % 10)), 1.0))
    np.testing.assert_array_equal(session.state.tape.given["y"][0], np.eye(10)[(label + 1) % 10])
    session.show_sample(0)
    session.undo()
    assert session.state.guest == HeldOut(4)
    session.undo()
    assert session.state.subject.test_X is test
    assert np.delete(session.state.subject.test_X, 4, axis=0).shape[0] == len(test) - 1


def test_other_settings_keep_the_guest_and_other_data_do_not() -> None:
    session = digits()
    session.show_held_out(4)
    session.configure(replace(session.state.settings, hidden=(8,)))
    assert session.state.guest == HeldOut(4)
    assert session.state.tape.value("h1").shape == (1, 8)
    session.show_whole(True)
    assert (guest_of(session), session.state.whole) == (None, True)
    session.show_held_out(4)
    session.open(*open_data("moons"))
    assert session.state.guest is None


def test_where_nothing_is_held_out_nothing_is_shown() -> None:
    session = Session(*open_data("drawn-2"))
    before = session.state
    session.show_held_out(0)
    assert session.state is before
