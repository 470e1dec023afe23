"""Edits: what becomes of the numbers, the labels, the file to go back to, and of what is refused."""

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.data import load_dataset
from explorer.engine import ExplorerError, Network, Problem
from explorer.problems import load_problem
from explorer.session import Edit, Mistakes, Session, Settings, Subject, Temperature, shown_problem
from explorer.session.puzzles import Hide, Reveal
from explorer.session.saving import problem_to_save
from explorer.tape import record


def load(name: str) -> Session:
    problem = load_problem(name)
    return Session(Subject.of_problem(name, problem), Settings.of_problem(problem))


def classes(outputs: int = 2, loss: str = "softmax_cross_entropy") -> Session:
    labels = np.array([0, 1, 1])
    Y = np.eye(2)[labels] if outputs == 2 else labels[:, None].astype(float)
    network = Network((2, outputs), ("identity",), loss)
    problem = Problem(network, np.ones((3, 2)), Y, labels)
    return Session(Subject.of_problem("classes", problem), Settings.of_problem(problem))


def data_session() -> Session:
    settings = Settings((5,), "tanh", 0.1, 16)
    return Session(Subject.of_data(load_dataset("moons"), settings), settings)


@pytest.mark.parametrize("cell", [("W1", (0, 1)), ("b1", (1,)), ("W2", (1, 0)), ("x", (0, 1)), ("y", (0, 1))])
def test_everything_follows_an_edit(cell: tuple[str, tuple[int, ...]]) -> None:
    session = load("net-s")
    original = session.state.tape.value(cell[0]).copy()
    session.do(Edit(cell, 0.625))
    state = session.state
    expected = original.copy()
    expected[cell[1]] = 0.625
    np.testing.assert_array_equal(state.tape.value(cell[0]), expected)
    again = record(shown_problem(state))
    assert all(np.array_equal(step.value, again[step.id].value) for step in state.tape.steps)
    assert state.edited == {cell[0]}
    saved = record(problem_to_save(state))
    assert saved.loss == state.tape.loss


def test_the_arrays_before_an_edit_stay_as_they_were() -> None:
    session = load("net-s")
    before, problem = session.state.network, session.state.subject.problem
    theta, X = before.theta.copy(), problem.X.copy()
    session.do(Edit(("W1", (0, 0)), 9.0))
    session.do(Edit(("x", (0, 0)), 9.0))
    assert np.array_equal(before.theta, theta)
    assert np.array_equal(problem.X, X)


def test_the_same_number_again_is_no_change() -> None:
    session = load("net-s")
    for cell in (("W1", (0, 0)), ("x", (0, 0)), ("y", (0, 0))):
        session.do(Edit(cell, float(session.state.tape.value(cell[0])[cell[1]])))
    assert session.undo_text == ""
    assert session.state.edited == frozenset()


def test_edited_weights_are_what_reset_goes_back_to_if_nothing_was_trained() -> None:
    session = load("net-s")
    session.do(Edit(("W1", (0, 0)), 9.0))
    session.reset()
    assert session.state.network.parameters["W1"][0, 0] == 9.0


def test_edits_outlive_new_settings_of_the_same_architecture() -> None:
    session = load("trace-003")
    session.do(Edit(("W1", (0, 0)), 9.0))
    session.do(Edit(("x", (1, 1)), -4.0))
    session.configure(replace(session.state.settings, batch_size=1))
    assert session.state.network.parameters["W1"][0, 0] == 9.0
    assert session.state.subject.problem.X[1, 1] == -4.0
    session.configure(replace(session.state.settings, hidden=(7,)))
    assert session.state.edited == {"x"}
    session.configure(replace(session.state.settings, hidden=()))
    assert session.state.network.parameters["W1"][0, 0] == 9.0


def test_edits_of_a_data_set_stay_on_it() -> None:
    session = data_session()
    session.do(Edit(("x", (0, 1)), -4.0))
    session.do(Edit(("W1", (0, 0)), 9.0))
    session.do(Temperature(3.0))
    assert session.state.subject.key == "data:moons"
    session.configure(replace(session.state.settings, hidden=(3,)))
    problem = session.state.subject.problem
    assert (problem.X[0, 1], session.state.network.beta) == (-4.0, 3.0)
    assert session.state.edited == {"x", "beta"}
    session.configure(replace(session.state.settings, seed=5))
    assert session.state.subject.problem.X[0, 1] != -4.0
    assert session.state.edited == {"beta"}


def test_the_shown_sample_is_the_one_that_is_edited() -> None:
    session = classes()
    session.show_whole(whole=False)
    session.show_sample(2)
    session.do(Edit(("x", (0, 1)), 7.0))
    np.testing.assert_array_equal(session.state.subject.problem.X, [[1, 1], [1, 1], [1, 7]])


def test_a_one_picks_a_class() -> None:
    session = classes()
    session.do(Edit(("y", (0, 1)), 1.0))
    problem = session.state.subject.problem
    assert problem.labels is not None
    np.testing.assert_array_equal(problem.labels, [1, 1, 1])
    np.testing.assert_array_equal(problem.Y, [[0, 1], [0, 1], [0, 1]])


def test_any_other_number_makes_numbers_of_the_targets() -> None:
    session = classes()
    session.do(Edit(("y", (0, 0)), 0.7))
    problem = session.state.subject.problem
    assert problem.labels is None
    np.testing.assert_array_equal(problem.Y[0], [0.7, 0])


@pytest.mark.parametrize("loss", ["sigmoid_cross_entropy", "half_squared_error"])
def test_a_lone_output_has_the_classes_0_and_1(loss: str) -> None:
    session = classes(outputs=1, loss=loss)
    session.do(Edit(("y", (1, 0)), 0.0))
    labels = session.state.subject.problem.labels
    assert labels is not None
    np.testing.assert_array_equal(labels, [0, 0, 1])
    session.do(Edit(("y", (1, 0)), 0.5))
    assert session.state.subject.problem.labels is None


@pytest.mark.parametrize(
    ("cell", "value", "words"),
    [
        (("z1", (0, 0)), 1.0, "z1 is computed"),
        (("W1+", (0, 0)), 1.0, "is computed"),
        (("W1", (0, 9)), 1.0, "no entry"),
        (("W1", (0,)), 1.0, "no entry"),
        (("x", (-1, 0)), 1.0, "no entry"),
        (("W1", (0, 0)), float("nan"), "finite"),
        (("y", (0, 0)), float("inf"), "finite"),
    ],
)
def test_refuses_in_one_sentence_and_changes_nothing(
    cell: tuple[str, tuple[int, ...]], value: float, words: str
) -> None:
    session = load("net-s")
    before = session.state
    with pytest.raises(ExplorerError, match=words):
        session.do(Edit(cell, value))
    assert session.state is before


def test_an_attempt_tells_why_it_is_refused() -> None:
    session = load("net-s")
    assert session.attempt(Edit(("W1", (0, 0)), 0.5))
    before = session.state.network
    assert not session.attempt(Edit(("W1", (0, 9)), 1.0))
    assert session.state.network is before
    assert session.state.notice is not None
    assert "no entry" in session.state.notice.text


def test_single_precision_refuses_what_it_cannot_hold() -> None:
    network = Network((2, 2), ("identity",), dtype="float32")
    problem = Problem(network, np.ones((1, 2)), np.eye(2)[:1])
    session = Session(Subject.of_problem("single", problem), Settings.of_problem(problem))
    with pytest.raises(ExplorerError, match="finite"):
        session.do(Edit(("W1", (0, 0)), 1e300))
    session.do(Edit(("W1", (0, 0)), 0.1))
    assert session.state.network.theta[0] == np.float32(0.1)


def test_the_temperature_is_the_softmaxs_alone() -> None:
    session = load("net-s")
    session.do(Temperature(-2.5))
    assert (session.state.network.beta, session.state.subject.problem.network.beta) == (-2.5, -2.5)
    np.testing.assert_allclose(session.state.tape.value("p").sum(axis=1), 1)
    with pytest.raises(ExplorerError, match="finite"):
        session.do(Temperature(float("nan")))
    with pytest.raises(ExplorerError, match="no temperature"):
        classes(1, "half_squared_error").do(Temperature(2.0))


@pytest.mark.parametrize(("name", "other"), [("net-s", "sigma_prime_of_h"), ("trace-003-slips", "missing_mean")])
def test_a_problem_with_the_mistakes_it_was_opened_with_is_not_edited(name: str, other: str) -> None:
    session = load(name)
    own = session.state.subject.problem.mistakes
    session.do(Hide(other, 7))
    assert session.state.edited == {"mistakes"}
    session.do(Reveal())
    assert session.state.edited == {"mistakes"}
    session.do(Mistakes(tuple(reversed(own))))
    assert session.state.edited == frozenset()
    session.do(Mistakes((other,)))
    session.do(Temperature(2.0))
    session.do(Mistakes(own))
    assert session.state.edited == {"beta"}


def test_mistakes_are_switched_on_and_off() -> None:
    session = load("net-s")
    right = session.state.tape["dJ/dW1"].value
    session.do(Mistakes(("sign_slip",)))
    assert not np.array_equal(session.state.tape["dJ/dW1"].value, right)
    session.do(Mistakes(()))
    assert np.array_equal(session.state.tape["dJ/dW1"].value, right)
    with pytest.raises(ExplorerError, match="unknown"):
        session.do(Mistakes(("no_such",)))
