"""Guessing first: which value of a pass is kept back, and what brings it back."""

from msgspec.structs import replace

from explorer.problems import load_problem
from explorer.session import NextUpdate, RunStatus, Session, Settings, Subject
from explorer.session.guessing import is_kept_back, known


def guessing(step: str = "dJ/dz1") -> Session:
    problem = load_problem("net-s")
    session = Session(Subject.of_problem("test", problem), Settings.of_problem(problem))
    session.go_to_step(step)
    session.guess_first(wanted=True)
    return session


def test_the_current_step_is_kept_back_and_no_other() -> None:
    session = guessing()
    state = session.state
    assert is_kept_back(state)
    assert known(state) == state.position - 1
    session.see_step()
    assert not is_kept_back(session.state)
    assert known(session.state) == state.position


def test_what_was_seen_stays_seen_in_its_pass_alone() -> None:
    session = guessing()
    session.see_step()
    session.go_to_step("dJ/dW1")
    assert is_kept_back(session.state)
    session.see_step()
    session.go_to_step("dJ/dz1")
    assert not is_kept_back(session.state)
    session.do(NextUpdate())
    session.go_to_step("dJ/dz1")
    assert is_kept_back(session.state)


def test_nothing_is_kept_back_before_or_after_or_while_a_network_trains() -> None:
    session = guessing()
    running = replace(session.state, run=replace(session.state.run, status=RunStatus.RUNNING))
    assert not is_kept_back(running)
    session.guess_first(wanted=False)
    assert not is_kept_back(session.state)
    session.see_step()
    assert session.state.guessing is None


def test_it_goes_on_after_a_reset_and_ends_with_another_problem() -> None:
    session = guessing()
    session.reset()
    assert is_kept_back(session.state)
    mazur = load_problem("mazur")
    session.open(Subject.of_problem("mazur", mazur), Settings.of_problem(mazur))
    assert session.state.guessing is None
