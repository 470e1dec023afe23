"""What a tape records: every value recomputed by other means, nothing that can be changed, K updates first."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from explorer.engine import ExplorerError, Network, Objective, Problem, Trainer, Update
from explorer.tape import Step, Tape, record
from tests import reference
from tests.cases import problems, reference_loss

Array = NDArray[np.floating]
Recompute = Callable[[list[Array], Problem], Array]


def elementwise(name: str) -> Recompute:
    function = np.vectorize(lambda z: reference.FUNCTIONS[name](complex(z)).real, otypes=[float])
    return lambda a, _: function(a[0])


def slope(name: str) -> Recompute:
    function = np.vectorize(lambda z: reference.FUNCTIONS[name](z + 1e-30j).imag / 1e-30, otypes=[float])
    return lambda a, _: function(a[0])


def divided(problem: Problem) -> float:
    return 1 / problem.samples if problem.objective.reduction == "mean" else 1.0


def decay(problem: Problem) -> float:
    return problem.objective.l2 * (1 if problem.objective.l2_form == "half" else 2)


def probabilities(a: list[Array], problem: Problem) -> Array:
    rows = [reference.softmax(row, problem.network.beta) for row in a[0].astype(complex).tolist()]
    return np.array(rows).real


def pulled(a: list[Array], problem: Problem) -> Array:
    """beta (p sum y - y), the mean over the samples if the problem says so."""
    p, y = a
    pull: Array = p * y.sum(axis=1, keepdims=True) - y
    return divided(problem) * problem.network.beta * pull


def after(a: list[Array], problem: Problem) -> Array:
    theta = np.concatenate([array.ravel() for array in a]).astype(complex)
    return np.asarray(reference_loss(problem, theta, problem.X.astype(complex)).real)


def loss(_a: list[Array], problem: Problem) -> Array:
    theta, X = problem.network.theta.astype(complex), problem.X.astype(complex)
    return np.asarray(reference_loss(problem, theta, X).real)


RECOMPUTE: dict[str, Recompute] = {
    "affine": lambda a, _: np.einsum("nd,dh->nh", a[0], a[1]) + a[2],
    "penalty": lambda a, problem: np.asarray(decay(problem) / 2 * sum((W**2).sum() for W in a)),
    "weight_gradient": lambda a, problem: (
        np.einsum("nd,nh->dh", a[0], a[1]) + (decay(problem) * a[2] if len(a) > 2 else 0)
    ),
    "bias_gradient": lambda a, _: np.einsum("nh->h", a[0]),
    "transpose": lambda a, _: np.einsum("dh->hd", a[0]),
    "chain": lambda a, _: np.einsum("nh,hd->nd", a[0], a[1]),
    "gate": lambda a, _: np.einsum("nh,nh->nh", a[0], a[1]),
    "descend": lambda a, problem: a[0] - problem.update.learning_rate * a[1],
    "keep": lambda a, _: a[0],
    "loss_after": after,
    **dict.fromkeys(reference.LOSSES, loss),
    "sigmoid_cross_entropy_probabilities": elementwise("sigmoid"),
    "sigmoid_cross_entropy_gradient": lambda a, problem: divided(problem) * (a[0] - a[1]),
    "squared_error_gradient": lambda a, problem: divided(problem) * 2 * (a[0] - a[1]),
    "softmax_cross_entropy_probabilities": probabilities,
    "softmax_cross_entropy_gradient": pulled,
    "half_squared_error_gradient": lambda a, problem: divided(problem) * (a[0] - a[1]),
    **{name: elementwise(name) for name in reference.FUNCTIONS},
    **{f"{name}_slope": slope(name) for name in reference.FUNCTIONS},
}


@settings(deadline=None)
@given(problems())
def test_every_value_follows_from_the_operands_that_are_shown(problem: Problem) -> None:
    tape = record(problem)
    for step in tape.steps:
        operands = [tape.value(name) for name in step.operands]
        wanted = RECOMPUTE[step.operation](operands, problem)
        scale = 1 + np.abs(wanted).max()
        np.testing.assert_allclose(step.value, wanted, rtol=1e-12, atol=1e-13 * scale, err_msg=step.id)


@settings(deadline=None, max_examples=40)
@given(problems(), st.integers(0, 6), st.booleans())
def test_after_k_is_k_full_batch_steps_of_the_trainer(problem: Problem, k: int, train_biases: bool) -> None:
    network = problem.network.copy()
    network.theta *= 0.3  # so that no draw diverges
    update = Update("sgd", 0.01, train_biases)
    problem = Problem(network, problem.X, problem.Y, None, problem.objective, update)
    tape = record(problem, after=k)
    trained = problem.with_network(network.copy())
    Trainer.of(trained, batch_size=problem.samples).run(k)
    for name, array in trained.network.parameters.items():
        np.testing.assert_allclose(tape.given[name], array, rtol=1e-10, atol=1e-10)
    np.testing.assert_array_equal(problem.network.theta, network.theta)


@settings(deadline=None, max_examples=30)
@given(problems())
def test_the_loss_after_is_the_loss_of_the_next_tape(problem: Problem) -> None:
    assert record(problem)["J+"].value == pytest.approx(record(problem, after=1).loss, rel=1e-12, abs=1e-15)


def example(dtype: str = "float64") -> Problem:
    network = Network.random((3, 4, 2), seed=1, dtype=dtype)
    return Problem(network, np.eye(3), np.eye(2)[[0, 1, 1]], objective=Objective(l2=0.1))


def test_nothing_on_a_tape_can_be_written() -> None:
    tape = record(example())
    for array in (*tape.given.values(), *(step.value for step in tape.steps)):
        assert not array.flags.writeable
    with pytest.raises(ValueError, match="read-only"):
        tape["dJ/dW1"].value[0, 0] = 1
    with pytest.raises(AttributeError):
        tape.steps = ()  # type: ignore[misc] # wrong on purpose
    with pytest.raises((AttributeError, TypeError)):
        tape["J"].value = np.zeros(())  # type: ignore[misc] # wrong on purpose


def test_values_share_no_memory_with_the_problem_or_each_other() -> None:
    problem = example()
    tape = record(problem)
    arrays = [*tape.given.values(), *(step.value for step in tape.steps)]
    live = [problem.X, problem.Y, problem.network.theta]
    for index, array in enumerate(arrays):
        assert not any(np.shares_memory(array, other) for other in (*live, *arrays[index + 1 :]))


def test_a_tape_outlives_the_training_of_its_network() -> None:
    problem = example()
    tape = record(problem)
    before = tape["z1"].value.copy()
    Trainer.of(problem, batch_size=3).run(5)
    np.testing.assert_array_equal(tape["z1"].value, before)
    assert (record(problem)["z1"].value != before).any()


def test_single_precision_networks_are_recorded_in_double() -> None:
    problem = example("float32")
    double = problem.with_network(problem.network.copy("float64"))
    for step, wanted in zip(record(problem).steps, record(double).steps, strict=True):
        assert step.value.dtype == np.float64
        np.testing.assert_array_equal(step.value, wanted.value)


def test_recording_leaves_the_problem_alone() -> None:
    problem = example()
    before = problem.network.theta.copy()
    record(problem, after=3)
    np.testing.assert_array_equal(problem.network.theta, before)
    assert problem.network.theta.flags.writeable


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ExplorerError, match="-1 updates: expected 0 or more"):
        record(example(), after=-1)


def test_numbers_that_overflow_are_recorded_without_a_warning() -> None:
    problem = example()
    problem.network.theta *= 1e308
    assert record(problem).steps[-1].id == "J+"


@pytest.fixture
def tape() -> Tape:
    return record(example())


def test_a_tape_answers_by_name_and_by_position(tape: Tape) -> None:
    assert isinstance(tape["dJ/dz1"], Step)
    assert tape.index("z1") == 0
    assert len(tape) == len(tape.steps)
    assert "dJ/dx" in tape
    assert "x" not in tape
    assert tape.value("x") is tape.given["x"]
    assert tape.value("h1") is tape["h1"].value
    assert (tape.depth, tape.samples) == (2, 3)
    with pytest.raises(KeyError):
        tape["dJ/dh7"]
    with pytest.raises(KeyError):
        tape.value("q")


def test_what_is_computed_at_a_position(tape: Tape) -> None:
    position = tape.index("h1")
    assert tape.computed("x", position)
    assert tape.computed("h1", position)
    assert not tape.computed("z2", position)
    assert not tape.computed("nothing", position)


def test_every_step_has_a_sentence_and_an_equation(tape: Tape) -> None:
    for step in tape.steps:
        assert step.text[0].isalpha()
        assert step.text.endswith(".")
        assert "\n" not in step.text
        assert " = " in step.latex
        assert step.latex.count("{") == step.latex.count("}")
