"""The session: every command, what it changes and what it leaves alone."""

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.data import load_dataset
from explorer.engine import ExplorerError
from explorer.problems import load_problem
from explorer.session import Evaluation, Notice, RunStatus, Session, Settings, State, Subject, Tone, shown_problem


def problem_session(name: str = "net-s") -> Session:
    problem = load_problem(name)
    return Session(Subject.of_problem(name, problem), Settings.of_problem(problem))


def data_session(name: str = "moons") -> Session:
    settings = Settings((5,), "tanh", 0.1, 16)
    return Session(Subject.of_data(load_dataset(name), settings), settings)


def test_opens_on_the_first_step_of_the_first_sample() -> None:
    state = problem_session().state
    assert (state.position, state.sample, state.whole) == (0, 0, False)
    assert state.step.id == "z1"
    assert state.run.status is RunStatus.READY


def test_steps_stay_on_the_tape() -> None:
    session = problem_session()
    last = len(session.state.tape) - 1
    session.go_to(-5)
    assert session.state.position == 0
    session.go_to(last + 7)
    assert session.state.position == last
    session.go_to_step("dJ/dz1")
    assert session.state.step.id == "dJ/dz1"
    session.go_to_step("dJ/dz9")
    assert session.state.step.id == "dJ/dz1"


def test_listeners_hear_changes_only_and_can_leave() -> None:
    session = problem_session()
    heard: list[tuple[int, int]] = []
    leave = session.subscribe(lambda old, new: heard.append((old.position, new.position)))
    session.go_to(3)
    session.go_to(3)
    leave()
    session.go_to(4)
    assert heard == [(0, 3)]


def test_another_step_forgets_the_selected_cell() -> None:
    session = problem_session()
    session.select(("z1", (0, 1)))
    session.go_to(1)
    assert session.state.selected is None


def test_a_few_samples_open_together_and_can_be_shown_alone() -> None:
    session = problem_session("trace-003")
    assert session.state.whole
    assert session.state.tape.samples == 2
    session.show_whole(whole=False)
    assert session.state.tape.samples == 1
    np.testing.assert_array_equal(session.state.tape.value("x"), [[1, 0]])
    session.show_sample(3)
    assert session.state.sample == 1
    np.testing.assert_array_equal(session.state.tape.value("x"), [[0, 1]])


def test_the_row_of_the_shown_sample() -> None:
    session = problem_session("trace-003")
    session.show_sample(1)
    assert session.state.row == 1
    session.show_whole(whole=False)
    assert session.state.row == 0


def test_a_random_sample_is_another_one() -> None:
    session = data_session()
    for _ in range(20):
        before = session.state.sample
        session.show_random_sample()
        assert session.state.sample != before


def test_many_samples_are_shown_one_at_a_time() -> None:
    state = data_session().state
    assert not state.whole
    assert state.tape.samples == 1


def test_a_learning_rate_goes_on_with_the_run_and_reaches_the_tape() -> None:
    session = problem_session()
    before = session.state
    session.configure(replace(before.settings, learning_rate=0.25))
    after = session.state
    assert after.run.id == before.run.id
    expected = before.tape.value("W1") - 0.25 * before.tape.value("dJ/dW1")
    np.testing.assert_array_equal(after.tape.value("W1+"), expected)


def test_other_settings_begin_a_new_run() -> None:
    session = data_session()
    before = session.state
    session.configure(replace(before.settings, hidden=(4, 3)))
    assert session.state.run.id == before.run.id + 1
    assert session.state.network.sizes == (2, 4, 3, 2)
    assert session.state.position == 0


def test_a_problem_gets_its_own_weights_back() -> None:
    session = problem_session()
    own = session.state.network.theta.copy()
    settings = session.state.settings
    session.configure(replace(settings, hidden=(3,)))
    assert session.state.network.sizes == (2, 3, 2)
    session.configure(settings)
    np.testing.assert_array_equal(session.state.network.theta, own)


def test_the_split_follows_the_seed() -> None:
    session = data_session()
    before = session.state.subject.test_X
    session.configure(replace(session.state.settings, seed=5))
    assert not np.array_equal(before, session.state.subject.test_X)


def test_what_the_engine_measured_reaches_state_and_history() -> None:
    session = data_session()
    state = session.state
    network = state.network.copy()
    network.theta += 0.5
    evaluation = Evaluation(3, 0.5, 0.8, 0.6, 0.7)
    session.receive(state.run.id, 3, 0, np.array([0.9, 0.8, 0.7], np.float32), (evaluation,), network)
    assert session.state.run.step == 3
    assert session.state.run.evaluation == evaluation
    np.testing.assert_array_equal(session.history.losses.view(), np.array([0.9, 0.8, 0.7], np.float32))
    np.testing.assert_array_equal(session.state.tape.value("W1"), network.parameters["W1"])


def test_news_of_another_run_is_dropped() -> None:
    session = data_session()
    before = session.state
    session.receive(before.run.id + 1, 3, 0, np.ones(3, np.float32), (), before.network.copy())
    assert session.state is before
    assert not len(session.history.losses)


def test_reset_goes_back_to_the_initial_weights() -> None:
    session = data_session()
    initial = session.state.network.theta.copy()
    network = session.state.network.copy()
    network.theta += 1
    session.receive(session.state.run.id, 1, 0, np.ones(1, np.float32), (), network)
    session.go_to(4)
    session.reset()
    np.testing.assert_array_equal(session.state.network.theta, initial)
    assert session.state.position == 4
    assert session.state.run.step == 0
    assert not len(session.history.losses)


def test_one_notice_at_a_time() -> None:
    session = problem_session()
    session.tell(Notice("one"))
    session.tell(Notice("two"))
    assert session.state.notice == Notice("two")
    session.tell(None)
    assert session.state.notice is None


def test_the_shown_problem_is_what_the_tape_is_of() -> None:
    session = data_session()
    session.show_sample(7)
    problem = shown_problem(session.state)
    assert problem.loss() == pytest.approx(session.state.tape.loss, rel=1e-14)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"hidden": (0,)}, "hidden"),
        ({"hidden": (5000,)}, "hidden"),
        ({"hidden": (2,) * 9}, "hidden"),
        ({"learning_rate": 0.0}, "learning rate"),
        ({"learning_rate": float("nan")}, "learning rate"),
        ({"learning_rate": 1e300}, "learning rate"),
        ({"batch_size": 0}, "batch size"),
        ({"seed": -1}, "seed"),
    ],
)
def test_absurd_settings_are_refused_in_one_sentence(change: dict[str, object], word: str) -> None:
    with pytest.raises(ExplorerError, match=word) as refusal:
        replace(Settings(), **change)
    assert "\n" not in str(refusal.value)


def test_a_state_is_frozen() -> None:
    state: State = problem_session().state
    with pytest.raises(AttributeError):
        state.position = 3  # type: ignore[misc] # what the test is about


def told(session: Session) -> str:
    return session.state.notice.text if session.state.notice else ""


def test_settings_that_end_a_run_say_how_much_is_gone() -> None:
    session = data_session()
    nothing, settings = np.empty(0, np.float32), session.state.settings
    session.configure(replace(settings, seed=1))
    assert told(session) == ""
    session.receive(session.state.run.id, 13_397, 4, nothing, (), None)
    session.configure(replace(settings, learning_rate=0.3, seed=1))
    assert told(session) == ""
    session.configure(replace(settings, batch_size=8))
    assert told(session) == "New settings begin a new run: the 13,397 steps before are gone."
    assert session.state.notice is not None
    assert session.state.notice.tone is Tone.INFORMATION
    session.configure(replace(settings, batch_size=4))
    assert "13,397" in told(session)
    session.receive(session.state.run.id, 1, 0, nothing, (), None)
    session.configure(replace(settings, batch_size=2))
    assert told(session).endswith("the step before is gone.")
    session.reset()
    assert told(session) == ""


def test_a_new_run_forgets_why_the_old_one_failed() -> None:
    session = data_session()
    session.fail("broken at step 1", diverged_at=1)
    assert (session.state.run.status, session.state.run.diverged_at) == (RunStatus.FAILED, 1)
    assert told(session) == "broken at step 1"
    session.configure(replace(session.state.settings, seed=1))
    assert (session.state.run.status, session.state.run.diverged_at, told(session)) == (RunStatus.READY, None, "")
