"""The minibatch in the pass: the tape of it is the very update that the trainer makes, wherever a person comes from."""

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.engine import Network, Problem, Trainer, Update
from explorer.engine.optimizers import OPTIMIZERS
from explorer.engine.problem import Objective, one_hot
from explorer.engine.schedules import Schedule
from explorer.session import Edit, NextUpdate, PreviousUpdate, Session, Settings, Subject, Tone
from explorer.session.minibatch import MOST_SAMPLES, MOST_WORK, named, refusal, work_of
from explorer.session.opening import open_data
from explorer.tape.mistaken_trainer import trainer_of

SAMPLES, BATCH = 22, 8
"""Two minibatches of 8 and a last one of 6."""


def session_of(
    update: Update | None = None,
    objective: Objective | None = None,
    *,
    samples: int = SAMPLES,
    batch_size: int = BATCH,
    mistakes: tuple[str, ...] = (),
) -> Session:
    rng = np.random.default_rng(1)
    labels = rng.integers(0, 3, samples)
    X, Y = rng.normal(size=(samples, 2)), one_hot(labels, 3, np.dtype(np.float64))
    network = Network.random((2, 5, 3), "tanh", seed=3)
    parts = {"objective": objective or Objective(), "update": update or Update("sgd", 0.3), "mistakes": mistakes}
    problem = Problem(network, X, Y, labels, **parts)  # type: ignore[arg-type]
    return Session(
        Subject.of_problem("s", problem), replace(Settings.of_problem(problem), batch_size=batch_size, seed=7)
    )


def trainer_like(session: Session) -> Trainer:
    problem, settings = session.state.subject.problem, session.state.settings
    return trainer_of(problem.with_network(problem.network.copy()), settings.batch_size, settings.seed)


def assert_same_walk(session: Session, updates: int) -> None:
    """The tape's W+ are what the trainer's step leaves, update after update."""
    trainer = trainer_like(session)
    session.show_whole(True)
    for _ in range(updates):
        tape = session.state.tape
        result = trainer.run(1)
        assert tape.loss == pytest.approx(result.loss, abs=1e-12)
        for name, array in trainer.network.parameters.items():
            np.testing.assert_allclose(tape[f"{name}+"].value, array, rtol=0, atol=1e-12)
        session.do(NextUpdate())


@pytest.mark.parametrize("reduction", ["mean", "sum"])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_update_on_the_tape_is_the_trainers(optimizer: str, reduction: str) -> None:
    update = Update(optimizer, 0.05, schedule=Schedule("step", steps=2, factor=0.5))
    session = session_of(update, Objective(reduction, l2=0.01))  # type: ignore[arg-type]
    assert_same_walk(session, 8)


@pytest.mark.parametrize(("samples", "batch_size"), [(22, 1), (22, 11), (5, 5), (5, 64)])
def test_it_is_so_for_any_size_of_a_minibatch(samples: int, batch_size: int) -> None:
    session = session_of(samples=samples, batch_size=batch_size)
    session.show_whole(True)
    assert session.state.tape.samples == min(samples, batch_size)
    assert_same_walk(session, 5)


def test_it_is_so_with_a_mistake_made_on_purpose() -> None:
    assert_same_walk(session_of(mistakes=("sign_slip",)), 4)


def test_the_minibatches_of_an_epoch_hold_every_sample_once() -> None:
    session = session_of()
    seen: list[int] = []
    session.show_whole(True)
    for size in (8, 8, 6):
        assert session.state.tape.samples == size == session.state.places
        seen.extend(session.state.minibatch.tolist())
        session.do(NextUpdate())
    assert sorted(seen) == list(range(SAMPLES))
    assert list(session.state.minibatch) != seen[:BATCH]


def test_back_and_undo_show_the_minibatch_that_was_there() -> None:
    session = session_of()
    session.show_whole(True)
    tapes = [session.state.tape]
    for _ in range(3):
        session.do(NextUpdate())
        tapes.append(session.state.tape)
    session.do(PreviousUpdate())
    np.testing.assert_array_equal(session.state.tape["dJ/dW1"].value, tapes[2]["dJ/dW1"].value)
    session.undo()
    np.testing.assert_array_equal(session.state.tape["dJ/dW1"].value, tapes[3]["dJ/dW1"].value)
    for _ in range(3):
        session.undo()
    np.testing.assert_array_equal(session.state.tape["dJ/dW1"].value, tapes[0]["dJ/dW1"].value)
    session.redo()
    np.testing.assert_array_equal(session.state.tape["dJ/dW1"].value, tapes[1]["dJ/dW1"].value)


def test_reset_comes_back_to_the_first_minibatch() -> None:
    session = session_of()
    session.show_whole(True)
    first = session.state.tape["J"].value
    session.do(NextUpdate())
    session.reset()
    assert session.state.whole
    assert session.state.tape["J"].value == first


def test_an_edited_weight_keeps_the_minibatch() -> None:
    session = session_of()
    session.show_whole(True)
    session.do(NextUpdate())
    before = session.state.minibatch
    session.do(Edit(("W1", (0, 1)), 0.25))
    np.testing.assert_array_equal(session.state.minibatch, before)
    np.testing.assert_array_equal(session.state.tape.given["x"], session.state.subject.problem.X[before])


def test_an_edited_input_is_that_of_the_sample_in_the_row() -> None:
    session = session_of()
    session.show_whole(True)
    sample = int(session.state.minibatch[2])
    before = session.state.subject.problem.X
    session.do(Edit(("x", (2, 1)), 9.0))
    assert session.undo_text == f"x[3, 2] of sample {sample + 1} = 9.0000"
    changed = np.argwhere(before != session.state.subject.problem.X)
    assert changed.tolist() == [[sample, 1]]
    assert session.state.tape.given["x"][2, 1] == 9.0
    session.do(Edit(("y", (2, 0)), 1.0))
    assert session.state.subject.problem.labels is not None
    assert session.state.subject.problem.labels[sample] == 0


def test_of_a_full_batch_the_row_is_the_sample() -> None:
    session = session_of(samples=5, batch_size=5)
    session.show_sample(3)
    assert (session.state.row, session.state.drawn, session.state.place, session.state.places) == (3, 3, 3, 5)
    session.do(Edit(("x", (1, 0)), 2.0))
    assert session.undo_text == "x[2, 1] = 2.0000"


def test_a_person_goes_through_the_minibatch_and_comes_back_to_the_chosen_sample() -> None:
    session = session_of()
    session.show_sample(21)
    session.show_whole(True)
    state = session.state
    assert (state.sample, state.places) == (21, BATCH)
    assert state.drawn == state.minibatch[state.row]
    session.show_whole(False)
    assert session.state.sample == 21
    session.show_whole(True)
    session.show_place(-1)
    assert (session.state.place, session.state.drawn) == (BATCH - 1, state.minibatch[-1])
    session.show_random_sample()
    assert session.state.place != BATCH - 1
    assert session.state.sample in state.minibatch


def test_an_earlier_step_is_shown_with_its_own_minibatch() -> None:
    session = session_of()
    session.show_whole(True)
    trainer = trainer_like(session)
    nothing = np.empty(0, np.float32)
    session.receive(1, 0, 0, nothing, (), trainer.network.copy())
    for step in (1, 2, 3, 4):
        trainer.run(1)
        session.receive(1, step, 0, np.zeros(1, np.float32), (), trainer.network.copy())
    newest = session.state.minibatch
    session.look_at(2)
    assert len(session.state.minibatch) == 6
    np.testing.assert_array_equal(
        session.state.tape.given["x"], session.state.subject.problem.X[session.state.minibatch]
    )
    session.look_at_front()
    np.testing.assert_array_equal(session.state.minibatch, newest)
    session.look_at(2)
    session.continue_here()
    assert session.state.tape.samples == 6
    assert session.state.run.step == 2


def test_a_built_in_set_shows_its_first_minibatch_after_new_settings_too() -> None:
    session = Session(*open_data("moons"))
    session.show_whole(True)
    assert session.state.tape.samples == session.state.settings.batch_size
    session.configure(replace(session.state.settings, batch_size=10))
    assert session.state.whole
    assert session.state.tape.samples == 10


def test_what_is_too_large_says_why_and_what_could_be_shown() -> None:
    problem = Problem(Network.random((784, 128, 10)), np.zeros((10_000, 784)), np.eye(10)[np.zeros(10_000, int)])
    settings = replace(Settings.of_problem(problem), batch_size=10_000)
    subject = Subject.of_problem("large", problem)
    assert refusal(subject, replace(settings, batch_size=500)) == ""
    assert most_by_work(problem) < MOST_SAMPLES
    session = Session(subject, settings)
    session.show_whole(True)
    notice = session.state.notice
    assert not session.state.whole
    assert notice is not None
    assert notice.tone is Tone.INFORMATION
    most = most_by_work(problem)
    assert notice.text == (
        "A minibatch of 10,000 samples is too large to be shown for a network 784-128-10: "
        f"set a batch size of at most {most}."
    )
    assert refusal(subject, replace(settings, batch_size=most)) == ""
    session.configure(replace(settings, batch_size=32))
    session.show_whole(True)
    session.configure(settings)
    assert not session.state.whole


def test_a_minibatch_of_very_many_samples_is_too_large_for_any_network() -> None:
    session = session_of(samples=MOST_SAMPLES + 1, batch_size=MOST_SAMPLES + 1)
    subject, settings = session.state.subject, session.state.settings
    assert f"at most {MOST_SAMPLES:,}." in refusal(subject, settings)
    assert refusal(subject, replace(settings, batch_size=MOST_SAMPLES)) == ""


def most_by_work(problem: Problem) -> int:
    return int(MOST_WORK / work_of(problem, 1))


def test_one_sample_has_no_other_minibatch() -> None:
    session = session_of(samples=1)
    session.show_whole(True)
    assert not session.state.whole
    assert refusal(session.state.subject, session.state.settings) == (
        "There is one sample: its pass is that of the whole minibatch."
    )


def test_samples_are_named_as_people_count() -> None:
    assert named(np.array([11])) == "sample 12"
    assert named(np.array([11, 6, 1429])) == "samples 12, 7, 1,430"
    assert named(np.arange(9)) == "samples 1, 2, 3, 4, 5, 6, 7, 8, …"


def test_of_more_samples_than_can_be_put_in_order_beside_the_window_no_minibatch_is_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session = session_of(samples=100, batch_size=10)
    subject, settings = session.state.subject, session.state.settings
    monkeypatch.setattr("explorer.session.minibatch.MOST_ORDERED", 99)
    assert refusal(subject, settings) == "Of 100 samples, more than 99, no minibatch is shown: look at one sample."
    assert refusal(subject, replace(settings, batch_size=100)) == ""
    monkeypatch.setattr("explorer.session.minibatch.MOST_ORDERED", 100)
    assert refusal(subject, settings) == ""
