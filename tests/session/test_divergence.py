"""A divergence is told with its likely cause and the number behind it, and the way back leads to good weights."""

from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.data import load_dataset
from explorer.engine import Network, NonFiniteError, Problem, Trainer
from explorer.session import Evaluation, Lasts, Notice, RunStatus, Session, Settings, Subject
from explorer.session.checkpoints import Pass
from explorer.session.divergence import below, cause, largest_rate, last_good
from explorer.session.history import History
from explorer.session.opening import opened
from tests.session.two_classes import problem


def session_of(about: Problem) -> Session:
    settings = replace(Settings.of_problem(about), batch_size=40, learning_rate=about.update.learning_rate)
    return Session(Subject.of_problem("s", about), settings)


def at(network: Network, step: int = 0) -> Pass:
    return Pass(network, session_of(problem(0.1)).state.memory, step, step)


def test_a_rate_above_what_the_curvature_allows_is_named_with_both_numbers() -> None:
    about = problem(80.0)
    told = cause(session_of(about).state, at(about.network)).words
    assert told.startswith(
        "the learning rate 80 is too high (at step 0 the loss is curved so much that steps overshoot"
    )
    assert f"above {below(largest_rate(about)):g})" in told


def test_large_inputs_are_the_cause_before_the_rate_is() -> None:
    about = problem(0.1, scale=1000.0)
    size = np.sqrt(np.mean(about.X**2))
    told = cause(session_of(about).state, at(about.network)).words
    assert told == f"the inputs are large (root mean square {size:,.4g}, where 1 is usual); scale them"


def test_an_adaptive_optimiser_is_compared_with_its_usual_rate() -> None:
    about = problem(5.0, optimizer="adam")
    told = cause(session_of(about).state, at(about.network)).words
    assert told == "the learning rate 5 is 1,000 times the usual 0.005; go back and lower it"


def test_the_last_good_pass_is_where_the_loss_was_lowest() -> None:
    history, network = History(), problem(0.1).network
    assert last_good(history) is None
    for step, loss in ((0, 2.0), (10, 0.5), (20, 3.0), (30, float("inf"))):
        history.checkpoints.add(at(network.copy(), step))
        history.add(Evaluation(step + 2, loss, 0.5, 1.0, 0.5))
    good = last_good(history)
    assert good is not None
    assert good.step == 10


def test_a_session_tells_and_goes_back() -> None:
    about = problem(1e6, loss="half_squared_error")
    session = session_of(about)
    session.set_status(RunStatus.RUNNING)
    trainer = Trainer.of(about.with_network(about.network.copy()), batch_size=40)
    session.receive(1, 0, 0, np.empty(0, np.float32), (Evaluation(0, 1.0, 0.5, 1.0, 0.5),), about.network)
    with pytest.raises(NonFiniteError) as raised:
        trainer.run(500)
    session.receive(1, 1, 1, np.ones(1, np.float32), (), about.network.copy())
    session.diverge(raised.value.step, raised.value.tensor)
    state = session.state
    assert (state.run.status, state.run.diverged_at) == (RunStatus.FAILED, raised.value.step)
    assert state.notice is not None
    assert state.notice.offer == "lower_rate"
    tensor = state.script.text(raised.value.tensor, state.tape.activations)
    start = f"Training left the finite numbers at step {raised.value.step}, first in {tensor} ("
    assert state.notice.text.startswith(start)
    assert state.notice.details.splitlines()[0] == (
        f"First array with an infinity or a NaN: {tensor}, at step {raised.value.step}."
    )
    session.back_to_good()
    state = session.state
    assert (state.run.status, state.run.step) == (RunStatus.READY, 0)
    assert state.notice is not None
    assert state.notice.text.startswith("The learning rate is still 1e+06, so the run may diverge again: set it to ")
    session.undo()
    assert session.state.run.step == 1


@pytest.mark.parametrize(
    ("tensor", "operation"),
    [
        ("J", "half the squared error of z₁ against y"),
        ("z1", "x times W₁ plus b₁"),
        ("W1", "W₁ less the learning rate times ∂J/∂W₁"),
    ],
)
def test_the_operation_that_broke_is_named(tensor: str, operation: str) -> None:
    session = session_of(problem(0.1, loss="half_squared_error"))
    session.receive(1, 0, 0, np.empty(0, np.float32), (Evaluation(0, 1.5, 0.5, 1.0, 0.5),), session.state.network)
    session.diverge(7, tensor)
    notice = session.state.notice
    assert notice is not None
    assert f" ({operation}): " in notice.text
    lines = notice.details.splitlines()
    assert lines[1] == f"It was computed as {operation}."
    assert lines[-2:] == [
        "Shown: step 0, the newest kept one whose numbers are all finite.",
        "Last good step: 0; the training loss was lowest, 1.5, at step 0.",
    ]
    assert all(line[0].isupper() and line.endswith(".") for line in lines)


def test_an_array_that_the_tape_lacks_is_named_alone() -> None:
    session = session_of(problem(0.1))
    session.diverge(7, "R")
    notice = session.state.notice
    assert notice is not None
    assert ", first in R: " in notice.text
    assert notice.details.startswith("First array with an infinity or a NaN: R, at step 7.\nShown: step 0")


def diverged(steps: tuple[int, ...] = (0, 10, 20)) -> Session:
    """Return a session whose run diverged after it was shown at those steps, with the lowest loss at step 10."""
    session = session_of(problem(0.1))
    session.set_status(RunStatus.RUNNING)
    for step in steps:
        evaluations = (Evaluation(step, abs(step - 10) + 0.5, 0.5, 1.0, 0.5),)
        losses = np.ones(10 if step else 0, np.float32)
        session.receive(1, step, step, losses, evaluations, session.state.network.copy())
    session.diverge(27, "J")
    session.tell(None)
    return session


@pytest.mark.parametrize("changes", [{"learning_rate": 0.01}, {"epochs": 500}])
def test_other_settings_go_on_from_the_last_good_step(changes: dict[str, Any]) -> None:
    session = diverged()
    failed = session.state
    session.configure(replace(failed.settings, **changes))
    state = session.state
    assert (state.run.status, state.run.step, state.network_step) == (RunStatus.PAUSED, 10, 10)
    assert state.run.id != failed.run.id
    assert state.settings == replace(failed.settings, **changes)
    assert state.subject.problem.update.learning_rate == state.settings.learning_rate
    assert state.notice is not None
    kept = state.runs[-1].name
    assert (
        state.notice.text == f"With these settings a new run begins at step 10; the one that failed is kept as {kept}."
    )
    session.undo()
    assert (session.state.run.diverged_at, session.state.run.step) == (27, 20)
    assert session.state.settings == failed.settings


def test_other_settings_go_on_from_the_step_that_is_looked_back_at() -> None:
    session = diverged()
    session.look_at(0)
    session.configure(replace(session.state.settings, learning_rate=0.01))
    assert (session.state.run.status, session.state.run.step, session.state.front) == (RunStatus.READY, 0, None)


def test_where_nothing_was_kept_other_settings_begin_anew() -> None:
    session = diverged(steps=())
    session.configure(replace(session.state.settings, learning_rate=0.01))
    assert (session.state.run.status, session.state.settings.learning_rate) == (RunStatus.READY, 0.01)
    session.undo()
    assert session.state.settings.learning_rate == 0.1


def test_there_is_no_way_back_from_a_run_that_did_not_diverge() -> None:
    session = session_of(problem(0.1))
    before = session.state
    session.back_to_good()
    assert session.state is before


def test_undoing_what_followed_a_failure_tells_of_it_again() -> None:
    session = diverged()
    failed = session.state.run
    session.configure(replace(session.state.settings, learning_rate=0.01))
    session.undo()
    notice = session.state.notice
    assert session.state.run.status is RunStatus.FAILED
    assert notice is not None
    assert notice.text.startswith("Training left the finite numbers at step 27, first in J")
    assert (notice.text, notice.details, notice.offer) == (failed.failure, failed.failure_details, "lower_rate")
    session.redo()
    assert session.state.notice is None
    assert session.state.run.failure == ""


def test_undoing_a_change_beside_a_failed_run_tells_of_it_again() -> None:
    session = diverged()
    session.keep_run()
    session.undo()
    assert session.state.notice is not None
    assert session.state.notice.text == session.state.run.failure


def test_a_failure_is_told_again_once_what_stood_in_its_place_is_gone() -> None:
    session = diverged()
    session.tell_failure()
    failure = session.state.notice
    assert failure is not None
    assert failure.text == session.state.run.failure
    session.tell(Notice("Saved the session.", lasts=Lasts.READ))
    session.tell(None)
    assert session.state.notice == failure
    session.tell(None)
    assert session.state.notice is None


def test_a_failure_is_not_told_of_a_run_that_began_after_it() -> None:
    session = diverged()
    session.tell(Notice("Saved the session."))
    session.reset()
    session.tell(None)
    session.tell_failure()
    assert session.state.notice is None


def test_a_failed_run_that_is_shown_again_tells_of_it() -> None:
    session = diverged()
    session.reset()
    session.show_run(session.state.runs[-1].id)
    assert session.state.run.status is RunStatus.FAILED
    assert session.state.notice is not None
    assert session.state.notice.offer == "lower_rate"


def test_going_back_keeps_the_remedy_and_one_command_takes_both() -> None:
    session = diverged()
    rate = session.state.run.remedy_rate
    assert rate is not None
    session.back_to_good()
    state = session.state
    assert state.settings.learning_rate == 0.1
    assert state.notice is not None
    assert (state.notice.offer, f"set it to {rate:g}" in state.notice.text) == ("lower_rate", True)
    session.lower_rate()
    state = session.state
    assert (state.settings.learning_rate, state.run.remedy_rate, state.notice) == (rate, None, None)
    session.undo()
    session.undo()
    assert session.state.run.status is RunStatus.FAILED
    session.lower_rate()
    state = session.state
    assert (state.run.step, state.settings.learning_rate) == (10, rate)
    session.undo()
    assert (session.state.run.status, session.state.settings.learning_rate) == (RunStatus.FAILED, 0.1)


@pytest.mark.parametrize(("number", "wanted"), [(0.3199, 0.31), (0.32, 0.32), (1.0, 1.0), (57.9, 57.0), (2e-9, 2e-9)])
def test_a_bound_is_told_by_what_does_not_pass_it(number: float, wanted: float) -> None:
    assert below(number) == pytest.approx(wanted)


def test_scaling_is_offered_where_the_samples_can_be_opened_so() -> None:
    data = load_dataset("wine")
    session = Session(*opened(replace(data, fitting="none")))
    session.diverge(3, "J")
    assert session.state.notice is not None
    assert session.state.notice.offer == "scale_inputs"
    scaled = Session(*opened(data))
    scaled.diverge(3, "J")
    assert scaled.state.notice is not None
    assert scaled.state.notice.offer != "scale_inputs"
