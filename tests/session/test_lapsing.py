"""A notice that tells of a state ends with that state; one that tells of an event, once it was read or is closed."""

from time import monotonic

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.problems import load_problem
from explorer.session import Edit, Lasts, NextUpdate, Notice, RunStatus, Session, Settings, State, Subject, lapsing
from explorer.session.lapsing import HOLDS


def opened(name: str = "xor") -> Session:
    problem = load_problem(name)
    return Session(Subject.of_problem(name, problem), Settings.of_problem(problem))


def words(session: Session) -> str:
    return session.state.notice.text if session.state.notice is not None else ""


@pytest.mark.parametrize("command", [Edit(("W1", (0, 0)), 6.0), NextUpdate()])
def test_training_is_not_said_to_be_paused_once_it_runs_again(command: Edit | NextUpdate) -> None:
    session = opened()
    session.set_status(RunStatus.RUNNING)
    session.do(command)
    assert words(session).startswith("Training is paused for a change: ")
    session.go_to(3)
    session.do(Edit(("W1", (0, 1)), 2.0))
    assert words(session)
    session.set_status(RunStatus.RUNNING)
    assert session.state.notice is None


def test_a_divergence_is_told_until_another_run_begins() -> None:
    session = opened()
    session.set_status(RunStatus.RUNNING)
    session.diverge(3, "W1")
    session.go_to(2)
    assert words(session)
    session.do(Edit(("W1", (0, 0)), 0.5))
    assert session.state.notice is None


def test_what_is_said_of_a_pass_ends_with_it_but_not_under_the_eye_of_one_who_trains() -> None:
    session = opened()
    session.tell(Notice("Every entry agrees.", lasts=Lasts.SHOWN))
    session.go_to(4)
    assert words(session)
    session.show_sample(1)
    assert not words(session)
    session.set_status(RunStatus.RUNNING)
    session.tell(Notice("Every entry agrees.", lasts=Lasts.SHOWN))
    session.show_sample(2)
    assert words(session)


def test_what_is_said_of_a_subject_ends_with_it() -> None:
    session, other = opened(), opened("net-s").state
    for lasts in (Lasts.SUBJECT, Lasts.SETTINGS):
        assert HOLDS[lasts](session.state, session.state)
        assert not HOLDS[lasts](session.state, other)


def test_an_event_is_told_until_it_is_closed() -> None:
    session = opened()
    session.tell(Notice("Wrote the picture."))
    session.show_sample(1)
    session.set_status(RunStatus.RUNNING)
    session.set_status(RunStatus.PAUSED)
    assert words(session) == "Wrote the picture."


def test_every_kind_of_notice_has_its_rule_and_listeners_hear_of_its_end() -> None:
    session = opened()
    assert set(HOLDS) == set(Lasts)
    heard: list[State] = []
    session.tell(Notice("Paused.", lasts=Lasts.RESTING))
    session.subscribe(lambda _old, new: heard.append(new))
    session.set_status(RunStatus.RUNNING)
    assert [state.notice for state in heard] == [None]


def test_an_event_that_was_read_gives_its_room_back_once_training_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    session = opened()
    session.set_status(RunStatus.RUNNING)
    notice = Notice("Wrote the picture.", lasts=Lasts.READ)
    session.tell(notice)
    train(session, 1)
    assert words(session)
    monkeypatch.setattr(lapsing, "monotonic", lambda: notice.since + 60)
    session.hover(("W1", (0, 0)))
    assert words(session), "pointing moved the window under the mouse"
    train(session, 2)
    assert not words(session)


def test_an_event_that_was_read_ends_at_the_next_command(monkeypatch: pytest.MonkeyPatch) -> None:
    session = opened()
    session.tell(notice := Notice("A long sentence. " * 20, lasts=Lasts.READ))
    monkeypatch.setattr(lapsing, "monotonic", lambda: notice.since + 10)
    session.go_to(2)
    assert words(session), "a long notice takes longer to read"
    monkeypatch.setattr(lapsing, "monotonic", lambda: notice.since + 60)
    session.go_to(3)
    assert not words(session)


def test_new_settings_are_told_until_they_were_read(monkeypatch: pytest.MonkeyPatch) -> None:
    session = opened()
    session.set_status(RunStatus.RUNNING)
    train(session, 5)
    session.configure(replace(session.state.settings, seed=7))
    assert words(session).startswith("New settings begin a new run: ")
    monkeypatch.setattr(lapsing, "monotonic", lambda: monotonic() + 60)
    session.set_status(RunStatus.RUNNING)
    assert not words(session)


def train(session: Session, step: int) -> None:
    session.receive(session.state.run.id, step, 0, np.ones(step - session.state.run.step, np.float32), (), None)
