"""Several updates, a pass at a time: the same tapes as recorded after so many updates, there and back."""

from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.data import finished
from explorer.engine import ExplorerError, Network, Objective, Problem, Update
from explorer.engine.optimizers import OPTIMIZERS
from explorer.engine.update import Memory
from explorer.problems import load_problem
from explorer.session import Edit, Mistakes, NextUpdate, PreviousUpdate, Session, Settings, Subject, Temperature
from explorer.session.passes import MOST_PASSES
from explorer.session.stored.session_file import opening_session, saving_session
from explorer.tape import Tape, record


def load(name: str) -> Session:
    problem = load_problem(name)
    return Session(Subject.of_problem(name, problem), Settings.of_problem(problem))


def same(one: Tape, other: Tape) -> bool:
    return all(a.value.tobytes() == b.value.tobytes() for a, b in zip(one.steps, other.steps, strict=True))


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("name", ["net-s", "trace-003"])
def test_each_pass_is_the_tape_after_so_many_updates(name: str, optimizer: str) -> None:
    problem = load_problem(name)
    problem = replace(problem, update=Update(optimizer, 0.05))
    session = Session(Subject.of_problem(name, problem), Settings.of_problem(problem))
    for number in range(1, 6):
        session.do(NextUpdate())
        assert same(session.state.tape, record(problem, after=number))
        assert session.state.run.step == session.state.memory.updates == number
    assert len(session.history.losses) == 5
    for number in range(4, -1, -1):
        session.do(PreviousUpdate())
        assert same(session.state.tape, record(problem, after=number))
        assert session.state.run.step == len(session.history.losses) == number
    with pytest.raises(ExplorerError, match="no pass before"):
        session.do(PreviousUpdate())


def test_the_place_on_the_tape_stays_but_for_the_update() -> None:
    session = load("net-s")
    session.go_to_step("dJ/dW2")
    session.do(NextUpdate())
    assert session.state.step.id == "dJ/dW2"
    session.go_to(len(session.state.tape) - 1)
    session.do(NextUpdate())
    assert session.state.position == 0


def test_passes_are_bounded() -> None:
    session = load("net-s")
    for _ in range(MOST_PASSES + 20):
        session.do(NextUpdate())
    assert len(session.state.passes) == MOST_PASSES
    assert session.state.passes[0].step == 20


def test_wide_passes_are_bounded_in_bytes() -> None:
    network = Network.random((1000, 1200, 2), seed=0)
    problem = Problem(network, np.ones((1, 1000)), np.eye(2)[:1], update=Update("adam", 0.01))
    session = Session(Subject.of_problem("wide", problem), Settings.of_problem(problem))
    for _ in range(4):
        session.do(NextUpdate())
    assert len(session.state.passes) == 2


def test_going_back_keeps_the_temperature_of_now() -> None:
    session = load("net-s")
    session.do(NextUpdate())
    session.do(Temperature(3.0))
    session.do(PreviousUpdate())
    assert session.state.network.beta == 3.0


def test_an_edit_between_updates_is_gone_with_them_and_comes_back_by_undo() -> None:
    session = load("net-s")
    session.do(NextUpdate())
    session.do(Edit(("W1", (0, 0)), 5.0))
    edited = session.state.tape
    session.do(PreviousUpdate())
    session.undo()
    assert same(session.state.tape, edited)
    assert len(session.state.passes) == 1


def test_new_settings_and_reset_forget_the_passes() -> None:
    session = load("net-s")
    session.do(NextUpdate())
    session.reset()
    assert session.state.passes == ()


def small() -> Problem:
    return Problem(Network.random((2, 3, 2), seed=1), np.ones((1, 2)), np.eye(2)[:1])


def slips() -> Session:
    return load("trace-003-slips")


def test_a_bias_that_numpy_stretches_goes_on_so_as_the_write_up_prints_it() -> None:
    session, problem = slips(), load_problem("trace-003-slips")
    for made in range(6):
        tape = record(problem, after=made)
        for step in tape.steps:
            np.testing.assert_array_equal(session.state.tape[step.id].value, step.value)
        session.do(NextUpdate())
    assert session.state.tape.value("b1").shape == (2, 2)
    for _ in range(6):
        session.do(PreviousUpdate())
    assert session.state.tape.value("b1").shape == (2,)
    session.undo()
    assert session.state.tape.value("b1").shape == (2, 2)


def test_of_a_stretched_bias_one_sample_shows_its_row_and_no_pass_follows_on_it() -> None:
    session = slips()
    session.do(NextUpdate())
    stretched = session.state.tape.value("b1")
    session.show_whole(whole=False)
    session.show_sample(1)
    assert not session.state.whole
    np.testing.assert_array_equal(session.state.tape.value("b1"), stretched[1:])
    before = session.state
    with pytest.raises(ExplorerError, match="stretched b1 over all samples"):
        session.do(NextUpdate())
    assert session.state is before


def test_a_number_of_a_stretched_bias_is_changed() -> None:
    session = slips()
    session.do(NextUpdate())
    before = session.state.memory.strays["b1"]
    session.do(Edit(("b1", (1, 0)), 0.5))
    assert session.state.tape.value("b1")[1, 0] == 0.5
    assert before[1, 0] != 0.5
    session.undo()
    np.testing.assert_array_equal(session.state.tape.value("b1"), before)


def test_other_mistakes_wait_until_nothing_is_stretched() -> None:
    session = slips()
    session.do(NextUpdate())
    with pytest.raises(ExplorerError, match="has stretched b1"):
        session.do(Mistakes(()))
    session.undo()
    session.do(Mistakes(()))
    assert session.state.subject.problem.mistakes == ()


def test_what_rests_where_it_was_keeps_a_stretched_bias() -> None:
    session = slips()
    session.do(NextUpdate())
    state = session.state
    session.receive(state.run.id, 1, 1, np.empty(0, np.float32), (), state.network, Memory(1))
    assert session.state.tape.value("b1").shape == (2, 2)


def test_a_stretched_bias_is_saved_with_the_session(tmp_path: Path) -> None:
    session = slips()
    session.do(NextUpdate())
    path = finished(saving_session(session.saved(), tmp_path / "slips.bpx"))
    back = finished(opening_session(path)).state(1)
    assert back.tape.loss == session.state.tape.loss
    assert back.tape.value("b1").shape == (2, 2)


def test_an_update_into_other_shapes_is_refused() -> None:
    problem = replace(small(), X=np.ones((3, 2)), Y=np.eye(2)[[0, 1, 1]])
    session = Session(Subject.of_problem("small", problem), replace(Settings.of_problem(problem), batch_size=2))
    session.do(Mistakes(("per_sample_bias",)))
    before = session.state
    with pytest.raises(ExplorerError, match="another shape"):
        session.do(NextUpdate())
    assert session.state is before


def test_an_update_that_leaves_the_finite_numbers_is_refused() -> None:
    problem = replace(small(), objective=Objective(l2=1.0))
    problem.network.parameters["W2"][...] = 1e300
    session = Session(Subject.of_problem("big", problem), Settings.of_problem(problem))
    with pytest.raises(ExplorerError, match="leaves the finite numbers, first in R"):
        session.do(NextUpdate())
