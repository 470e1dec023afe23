"""What leaves the session: weights know for ever what they were trained on, and a problem file says what it lacks."""

from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.engine import Network
from explorer.engine.metrics import predicted
from explorer.files import WeightsInfo, read_weights, save_problem, write_weights
from explorer.problems import load_problem
from explorer.session import Evaluation, RunStatus, Session, Settings, Subject
from explorer.session.opening import open_data, open_key, open_named
from explorer.session.saving import missing_in, problem_to_save, weights_info
from explorer.session.showing import rested


def trained(subject: Subject, settings: Settings, steps: int) -> Session:
    """Return a session that made so many updates, which here change one bias."""
    session = Session(subject, settings)
    network = session.state.network.copy()
    network.parameters["b1"][0] += steps
    session.receive(session.state.run.id, steps, 0, np.zeros(steps, np.float32), (), network)
    return session


def exported(session: Session, path: Path) -> WeightsInfo:
    """Write the session's weights and return what the file says of them."""
    write_weights(path, session.state.network, weights_info(session.state))
    return read_weights(path)[1]


@pytest.mark.parametrize(("key", "data"), [("data:digits", "digits"), ("problem:xor", "problem:xor")])
def test_weights_know_their_data_and_all_their_steps_each_time_they_are_opened(
    key: str, data: str, tmp_path: Path
) -> None:
    subject, settings = open_key(key)
    first = subject
    for generation in range(1, 4):
        path = tmp_path / f"{generation}.npz"
        info = exported(trained(subject, settings, 10), path)
        assert (info.data, info.steps) == (data, 10 * generation)
        assert info.scaling == first.scaling
        subject, settings = open_named(str(path))
        np.testing.assert_array_equal(subject.problem.X, first.problem.X)
        assert subject.title == f"{generation}.npz on {first.title}"
        assert open_key(subject.key)[0].title == subject.title


def test_the_samples_held_out_stay_held_out_when_the_seed_changes(tmp_path: Path) -> None:
    subject, settings = open_data("moons", Settings((4,), seed=5))
    path = tmp_path / "five.npz"
    exported(Session(subject, settings), path)
    session = Session(*open_named(str(path)))
    session.configure(replace(session.state.settings, seed=6))
    assert exported(session, tmp_path / "six.npz").seed == 5
    np.testing.assert_array_equal(open_named(str(tmp_path / "six.npz"))[0].test_X, subject.test_X)


def test_weights_of_a_step_that_is_gone_back_to_tell_their_own_accuracy(tmp_path: Path) -> None:
    session = Session(*open_data("moons"))
    session.set_status(RunStatus.RUNNING)
    for step in (10, 20):
        network = session.state.network.copy()
        network.theta[:] = np.random.default_rng(step).normal(size=network.theta.size)
        measured = (Evaluation(step, 0.1, 0.9, 0.1, 0.95),) if step == 20 else ()
        session.receive(session.state.run.id, step, 0, np.zeros(10, np.float32), measured, network)
    session.set_status(RunStatus.PAUSED)
    assert exported(session, tmp_path / "newest.npz").test_accuracy == 0.95
    session.look_at(10)
    state = rested(session.state)
    right = predicted(state.network.predict_proba(state.subject.test_X)) == predicted(state.subject.test_Y)
    assert (weights_info(state).steps, weights_info(state).test_accuracy) == (10, float(right.mean()))


def test_exporting_again_without_training_keeps_the_accuracy(tmp_path: Path) -> None:
    subject, settings = open_data("moons")
    about = replace(weights_info(Session(subject, settings).state), test_accuracy=0.75)
    write_weights(tmp_path / "one.npz", subject.problem.network, about)
    again = Session(*open_named(str(tmp_path / "one.npz")))
    assert exported(again, tmp_path / "two.npz").test_accuracy == 0.75
    onwards = trained(again.state.subject, again.state.settings, 1)
    assert exported(onwards, tmp_path / "two.npz").test_accuracy not in {None, 0.75}


def test_other_hidden_layers_leave_the_file(tmp_path: Path) -> None:
    subject, settings = open_data("digits")
    exported(trained(subject, settings, 10), tmp_path / "w.npz")
    session = Session(*open_named(str(tmp_path / "w.npz")))
    session.configure(replace(session.state.settings, batch_size=7))
    assert session.state.subject.title == "w.npz on Handwritten digits"
    session.configure(replace(session.state.settings, hidden=(3,)))
    assert session.state.subject.key == "data:digits"
    assert session.state.subject.title == "Handwritten digits"
    assert weights_info(session.state).steps == 0


def test_weights_of_nobody_knows_what_keep_what_they_say(tmp_path: Path) -> None:
    about = WeightsInfo(data="their own", scaling="by hand", seed=3, steps=9)
    write_weights(tmp_path / "w.npz", Network.random((5, 4, 3), seed=1), about)
    session = Session(*open_named(str(tmp_path / "w.npz")))
    again = exported(session, tmp_path / "again.npz")
    assert (again.data, again.scaling, again.seed, again.steps) == ("their own", "by hand", 3, 9)
    session.configure(replace(session.state.settings, hidden=(2, 2)))
    assert session.state.subject.title == "a sample of zeros"


def test_weights_of_a_problem_file_find_it_where_it_was_or_beside_them(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    mine = save_problem(load_problem("mazur"), tmp_path / "mine.json")
    exported(Session(*open_named(str(mine))), tmp_path / "here" / "w.npz")
    weights = str(tmp_path / "here" / "w.npz")
    X = load_problem("mazur").X
    np.testing.assert_array_equal(open_named(weights)[0].problem.X, X)
    mine.rename(tmp_path / "here" / "mine.json")
    np.testing.assert_array_equal(open_named(weights)[0].problem.X, X)
    (tmp_path / "here" / "mine.json").write_text("no problem any more", encoding="utf-8")
    assert "a sample of zeros" in open_named(weights)[0].title


def test_absurd_metadata_name_the_file(tmp_path: Path) -> None:
    path = write_weights(tmp_path / "w.npz", Network.random((2, 2), seed=1), WeightsInfo(seed=2**60, data="moons"))
    with pytest.raises(Exception, match=r"w\.npz: seed"):
        open_named(str(path))


def test_a_saved_data_set_says_what_it_holds(tmp_path: Path) -> None:
    subject, settings = open_data("digits")
    problem = problem_to_save(Session(subject, settings).state)
    again, chosen = open_named(str(save_problem(problem, tmp_path / "digits.json")))
    assert again.problem.samples == 1348
    assert again.problem.description.startswith("The 1,348 training samples of digits; the 449 held out")
    assert chosen.batch_size == 32
    assert missing_in(subject).endswith("the 1,348 training samples only, without held-out samples or class names")


def test_a_saved_problem_is_itself() -> None:
    subject, settings = open_named("net-s")
    state = Session(subject, settings).state
    assert problem_to_save(state).description == subject.problem.description
    assert missing_in(subject) == ""


def test_a_problem_of_several_activations_keeps_its_weights_under_another_batch() -> None:
    problem = replace(load_problem("xor"), network=Network((2, 3, 3, 2), ("tanh", "relu", "identity")))
    problem.network.draw(problem.init)
    session = Session(Subject.of_problem("mixed", problem), Settings.of_problem(problem))
    session.configure(replace(session.state.settings, batch_size=2))
    np.testing.assert_array_equal(session.state.network.theta, problem.network.theta)
    session.configure(replace(session.state.settings, activation="relu"))
    assert session.state.network.activations == ("relu", "relu", "identity")


def test_weights_say_how_they_were_updated(tmp_path: Path) -> None:
    subject, settings = open_data("moons", Settings((4,), optimizer="adam", learning_rate=0.01, beta1=0.8))
    info = exported(trained(subject, settings, 10), tmp_path / "w.npz")
    expected = {"optimizer": "adam", "learning_rate": 0.01, "train_biases": True}
    assert info.update == {**expected, "beta1": 0.8, "beta2": 0.999, "epsilon": 1e-8}
    assert exported(Session(subject, settings), tmp_path / "fresh.npz").update == {}
    opened = Session(*open_named(str(tmp_path / "w.npz")))
    assert exported(opened, tmp_path / "again.npz").update == info.update


def test_weights_that_early_stopping_went_back_to_count_the_updates_until_then(tmp_path: Path) -> None:
    session = trained(*open_data("moons"), 30)
    session.set_status(RunStatus.PAUSED, "best of epoch 2", kept_step=20)
    assert exported(session, tmp_path / "best.npz").steps == 20
    session.set_status(RunStatus.RUNNING)
    assert exported(session, tmp_path / "on.npz").steps == 30
