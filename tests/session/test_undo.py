"""Undo and redo: every command there and back to the last bit, merged drags, bounded memory."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from explorer.data import load_dataset
from explorer.engine import Network, Problem
from explorer.engine.problem import Memory
from explorer.problems import load_problem
from explorer.session import (
    Edit,
    Mistakes,
    NextUpdate,
    PreviousUpdate,
    RunStatus,
    Session,
    Settings,
    Subject,
    Temperature,
)
from explorer.session.undoing import MOST_BYTES, MOST_ENTRIES
from tests.session.moments import snapshot
from tests.session.three import session_of, train

Change = Callable[[Session], object]


def moons(session: Session) -> None:
    given_settings = Settings((4,), "tanh", 0.1, 16)
    session.open(Subject.of_data(load_dataset("moons"), given_settings), given_settings)


CHANGES: dict[str, Change] = {
    "weight": lambda s: s.do(Edit(("W1", (1, 2)), 0.5)),
    "bias": lambda s: s.do(Edit(("b2", (1,)), -0.25)),
    "input": lambda s: s.do(Edit(("x", (0, 0)), 2.5)),
    "class": lambda s: s.do(Edit(("y", (0, 1)), 1.0)),
    "soft label": lambda s: s.do(Edit(("y", (0, 1)), 0.3)),
    "temperature": lambda s: s.do(Temperature(2.5)),
    "mistake": lambda s: s.do(Mistakes(("sign_slip",))),
    "update": lambda s: s.do(NextUpdate()),
    "batch size": lambda s: s.configure(replace(s.state.settings, batch_size=2)),
    "architecture": lambda s: s.configure(replace(s.state.settings, hidden=(4,))),
    "optimiser": lambda s: s.configure(replace(s.state.settings, optimizer="momentum")),
    "rate": lambda s: s.configure(replace(s.state.settings, learning_rate=0.7)),
    "training": train,
    "opening": moons,
}


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("trained", [False, True])
def test_each_change_there_and_back_to_the_last_bit(name: str, *, trained: bool) -> None:
    session = session_of()
    if trained:
        train(session, 4)
    before = snapshot(session)
    run_ids = [session.state.run.id]
    CHANGES[name](session)
    after = snapshot(session)
    assert after != before
    for _ in range(3):
        session.undo()
        run_ids.append(session.state.run.id)
        assert snapshot(session) == before
        session.redo()
        assert snapshot(session) == after
    if name != "training":
        assert len(set(run_ids)) == len(run_ids)


def test_reset_loses_nothing_for_good() -> None:
    session = session_of()
    train(session, 5)
    before = snapshot(session)
    session.reset()
    assert session.undo_text == "reset"
    assert session.state.run.step == 0
    session.undo()
    assert snapshot(session) == before


def test_a_reset_of_nothing_is_no_change() -> None:
    session = session_of()
    session.reset()
    assert session.undo_text == ""
    session.undo()
    session.redo()
    assert session.state.run.step == 0


def apply(session: Session, name: str) -> None:
    if name == "undo":
        session.undo()
    elif name == "redo":
        session.redo()
    elif name == "back":
        if session.state.passes:
            session.do(PreviousUpdate())
    elif name == "reset":
        session.reset()
    elif session.state.subject.key == "problem:three" or name in {"training", "temperature", "update"}:
        CHANGES[name](session)


@settings(max_examples=40, deadline=None)
@given(names=st.lists(st.sampled_from([*CHANGES, "undo", "redo", "back", "reset"]),
                      max_size=14))  # fmt: skip
def test_any_sequence_is_undone_and_redone_step_by_step(names: list[str]) -> None:
    session = session_of()
    for name in names:
        apply(session, name)
    forward = [snapshot(session)]
    texts = []
    while session.undo_text:
        texts.append(session.undo_text)
        session.undo()
        assert session.redo_text == texts[-1]
        forward.append(snapshot(session))
    for expected in forward[-2::-1]:
        session.redo()
        assert snapshot(session) == expected
    assert session.undo_text == (texts[0] if texts else "")


def test_a_drag_is_one_change_and_ends_where_anything_else_happens() -> None:
    session = session_of()
    before = snapshot(session)
    for value in (0.1, 0.2, 0.3):
        session.do(Edit(("W1", (0, 0)), value, dragged=True))
    assert session.undo_text == "W₁[1, 1] = 0.3000"
    session.undo()
    assert snapshot(session) == before
    session.do(Edit(("W1", (0, 0)), 0.1, dragged=True))
    session.do(Edit(("W1", (0, 1)), 0.1, dragged=True))
    session.do(Edit(("W1", (0, 0)), 0.2, dragged=True))
    train(session, 1)
    session.do(Edit(("W1", (0, 0)), 0.3, dragged=True))
    session.undo()
    session.do(Edit(("W1", (0, 0)), 0.4, dragged=True))
    for _ in range(5):
        session.undo()
    assert snapshot(session) == before
    assert session.undo_text == ""


def test_typed_numbers_are_each_a_change() -> None:
    session = session_of()
    session.do(Edit(("b1", (0,)), 0.1))
    session.do(Edit(("b1", (0,)), 0.2))
    session.undo()
    assert session.state.network.parameters["b1"][0] == 0.1


def test_drags_of_two_samples_do_not_merge() -> None:
    session = session_of()
    session.show_whole(whole=False)
    session.do(Edit(("x", (0, 0)), 5.0, dragged=True))
    session.show_sample(1)
    session.do(Edit(("x", (0, 0)), 6.0, dragged=True))
    assert session.undo_text == "x[1, 1] of sample 2 = 6.0000"
    session.undo()
    assert session.state.subject.problem.X[0, 0] == 5.0


def test_what_was_undone_is_gone_after_another_change() -> None:
    session = session_of()
    session.do(Edit(("b1", (0,)), 0.1))
    session.undo()
    assert session.redo_text == "b₁[1] = 0.1000"
    session.do(Edit(("b1", (1,)), 0.1))
    assert session.redo_text == ""


def test_undo_keeps_the_step_that_is_looked_at() -> None:
    session = session_of()
    session.go_to_step("dJ/dW1")
    session.do(Edit(("b1", (0,)), 0.1))
    session.undo()
    assert session.state.step.id == "dJ/dW1"


def test_undoing_what_was_opened_comes_back_to_the_step_before_and_redoing_to_the_one_there() -> None:
    session, other = session_of(), session_of().state
    session.go_to(len(session.state.tape) - 1)
    last = session.state.position
    session.open(other.subject, other.settings)
    session.go_to(1)
    session.undo()
    assert session.state.position == last
    session.redo()
    assert session.state.position == 1


def test_a_history_that_is_kept_is_not_written() -> None:
    session = session_of()
    train(session, 3)
    session.do(Edit(("W1", (0, 0)), 0.4))
    train(session, 2)
    assert len(session.history.losses) == 5
    session.undo()
    session.undo()
    assert len(session.history.losses) == 3


def test_training_that_runs_on_undo_is_at_rest_where_its_network_was_shown() -> None:
    session = session_of()
    session.set_status(RunStatus.RUNNING)
    state = session.state
    shown = state.network.copy()
    session.receive(state.run.id, 2, 2, np.ones(2, np.float32), (), shown, Memory(2))
    session.receive(state.run.id, 7, 7, np.ones(5, np.float32), (), None)
    session.do(Edit(("W1", (0, 0)), 0.4))
    run = session.state.run
    assert (run.step, run.status, len(session.history.losses)) == (2, RunStatus.PAUSED, 2)
    session.undo()
    assert session.state.network is shown
    assert (session.state.run.step, len(session.history.losses)) == (2, 2)


def test_the_stack_is_bounded_in_number() -> None:
    session = session_of()
    for number in range(3 * MOST_ENTRIES):
        session.do(Edit(("b1", (0,)), number + 0.5))
    undone = 0
    while session.undo_text:
        session.undo()
        undone += 1
    assert undone == MOST_ENTRIES


def test_the_stack_is_bounded_in_bytes_but_for_the_newest() -> None:
    network = Network.random((1000, 1200, 2), seed=0)
    problem = Problem(network, np.ones((1, 1000)), np.eye(2)[:1])
    session = Session(Subject.of_problem("wide", problem), Settings.of_problem(problem))
    for number in range(12):
        session.do(Edit(("b1", (0,)), number + 0.5))
    undone = 0
    while session.undo_text:
        session.undo()
        undone += 1
    assert undone == MOST_BYTES // network.theta.nbytes


def test_names_say_what_is_undone() -> None:
    session = load("net-s")
    session.do(Edit(("W1", (0, 1)), 0.5))
    assert session.undo_text == "W₁[1, 2] = 0.5000"
    session.do(Temperature(-2))
    assert session.undo_text == "β = −2.0000"
    session.do(NextUpdate())
    assert session.undo_text == "update 1"
    session.do(PreviousUpdate())
    assert session.undo_text == "going back to pass 1"


def load(name: str) -> Session:
    problem = load_problem(name)
    return Session(Subject.of_problem(name, problem), Settings.of_problem(problem))


def test_a_single_step_is_a_change_also_where_its_loss_comes_before_its_network() -> None:
    session = session_of()
    run_id, network = session.state.run.id, session.state.network
    session.receive(run_id, 1, 1, np.ones(1, np.float32), (), None)
    assert session.undo_text == "step 1"
    session.receive(run_id, 1, 1, np.empty(0, np.float32), (), network.copy(), Memory(1))
    assert [each.step for each in session.state.passes] == [0]
    session.undo()
    assert session.state.network is network
    assert (session.undo_text, session.state.run.step, len(session.history.losses)) == ("", 0, 0)


def test_an_edit_between_a_loss_and_its_network_is_of_the_network_that_is_shown() -> None:
    session = session_of()
    session.receive(session.state.run.id, 1, 1, np.ones(1, np.float32), (), None)
    session.do(Edit(("W1", (0, 0)), 0.4))
    assert (session.state.run.step, len(session.history.losses)) == (0, 0)
