"""Every Jacobian against complex steps through the reference, and the shapes and patterns that the seeds state."""

from collections.abc import Callable, Iterator
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.engine import Network, Problem
from explorer.engine.errors import ExplorerError
from explorer.engine.losses import LOSSES
from explorer.problems import load_problem
from explorer.tape import Jacobian, Tape, jacobian, notation, record
from explorer.tape.jacobians.jacobian import forward_steps, reads
from explorer.tape.jacobians.loss_rules import PROBABILITIES, TARGETS
from explorer.tape.jacobians.matrices import Order, kronecker, sigmoid_jacobian, softmax_jacobian
from explorer.tape.mistakes import MISTAKES
from explorer.tape.names import Name, Role, parse
from explorer.tape.symbols import is_transposed_weight, plain
from tests import reference
from tests.cases import problems

Array = NDArray[np.floating]
Complexes = NDArray[np.complexfloating]


def all_jacobians(problem: Problem, tape: Tape, sample: int, order: Order = "C") -> Iterator[Jacobian]:
    """Make every Jacobian that there is for a sample."""
    for step in forward_steps(problem).values():
        for by in reads(step):
            yield jacobian(problem, tape, step.id, by, sample, order=order)


def computed_again(problem: Problem, tape: Tape, found: Jacobian) -> tuple[Callable[[Complexes], list[complex]], Array]:
    """Return the step as a function of the operand's numbers alone, by the reference, and these numbers."""
    names = reads(forward_steps(problem)[found.of])
    given = {
        name: tape.value(name) if parse(name).symbol in "WbR" else tape.value(name)[found.sample] for name in names
    }

    def function(q: Complexes) -> list[complex]:
        at = {name: value.astype(complex) for name, value in given.items()}
        at[found.by] = q.reshape(given[found.by].shape, order=found.order)
        return value_again(problem, tape, found, at)

    return function, given[found.by].ravel(found.order)


def value_again(problem: Problem, tape: Tape, found: Jacobian, at: dict[str, Complexes]) -> list[complex]:
    """Compute one sample's row of a step from its operands, by the reference."""
    network, step = problem.network, forward_steps(problem)[found.of]
    if found.of.startswith("z"):
        h, W, b = (at[name].tolist() for name in step.operands)
        return reference.affine(h, W, b)
    if found.of.startswith("h"):
        function = reference.FUNCTIONS[network.activations[parse(found.of).layer - 1]]
        return [function(z) for z in at[found.by].tolist()]
    if found.of == "p":
        return probabilities(network, at[found.by].tolist())
    if found.of == "R":
        return [problem.objective.decay / 2 * complex(sum(np.square(W).sum() for W in at.values()))]
    penalty = complex(at["R"]) if "R" in at else 0j
    loss = loss_of_p(network, at) if found.by == "p" else loss_of_outputs(network, at, step.inputs[0])
    return [loss / problem.objective.divisor(tape.samples) + penalty]


def entry_of(function: Callable[[Complexes], list[complex]], i: int) -> Callable[[Complexes], complex]:
    return lambda q: function(q)[i]


def probabilities(network: Network, a: list[complex]) -> list[complex]:
    if network.loss == "softmax_cross_entropy":
        return reference.softmax(a, network.beta)
    return [reference.sigmoid(z) for z in a]


def loss_of_p(network: Network, at: dict[str, Complexes]) -> complex:
    p, y = at["p"], at["y"]
    other = 0 if network.loss == "softmax_cross_entropy" else ((1 - y) * np.log(1 - p)).sum()
    return complex(-(y * np.log(p)).sum() - other)


def loss_of_outputs(network: Network, at: dict[str, Complexes], output: str) -> complex:
    return reference.LOSSES[network.loss](at[output].tolist(), at["y"].tolist(), network.beta)


@settings(deadline=None, max_examples=60)
@given(problems(max_samples=3))
def test_every_jacobian_is_the_complex_step_of_its_step(problem: Problem) -> None:
    tape = record(problem)
    for sample in {0, tape.samples - 1}:
        for order in get_args(Order):
            for found in all_jacobians(problem, tape, sample, order):
                function, at = computed_again(problem, tape, found)
                for i in range(found.shape[0]):
                    row = reference.complex_step(entry_of(function, i), at)
                    np.testing.assert_allclose(found.matrix[i], row, rtol=1e-10, atol=1e-12, err_msg=found.name)


@settings(deadline=None, max_examples=30)
@given(problems())
def test_every_jacobian_is_read_only_and_tells_what_it_is(problem: Problem) -> None:
    tape = record(problem)
    for found in all_jacobians(problem, tape, 0):
        assert not found.matrix.flags.writeable
        assert found.latex.startswith(r"\frac{\partial ")
        assert "{0}" not in found.latex
        assert found.latex.count("{") == found.latex.count("}")
        assert found.sentence.endswith(".")
        assert found.equation(notation("row"), tape.activations) == found.latex


def test_000_12_to_15_the_four_factors_of_net_s() -> None:
    problem = load_problem("net-s")
    tape = record(problem)
    W1, W2, h, p, y = (tape.value(name) for name in ("W1", "W2", "h1", "p", "y"))
    slopes = h[0] * (1 - h[0])
    diagonals = np.diag(h[0]) @ np.diag(1 - h[0])
    for of, by, matrix in (("J", "z2", p - y), ("z2", "h1", W2.T), ("h1", "z1", diagonals), ("z1", "x", W1.T)):
        np.testing.assert_allclose(jacobian(problem, tape, of, by).matrix, np.asarray(matrix), rtol=1e-15)
    np.testing.assert_allclose(jacobian(problem, tape, "h1", "z1").matrix.diagonal(), slopes, rtol=1e-15)


def test_001_9_and_e2_the_jacobian_by_the_weights_is_a_kronecker_product() -> None:
    x = np.array([1.0, 2.0, 3.0])
    unit_by_unit = kronecker(x, 2, "F")
    np.testing.assert_array_equal(unit_by_unit, np.kron(np.eye(2), x))
    np.testing.assert_array_equal(kronecker(x, 2), np.kron(x, np.eye(2)))
    assert unit_by_unit.shape == (2, 6)
    assert np.count_nonzero(unit_by_unit) == 6
    np.testing.assert_array_equal(np.array([4.0, 5.0]) @ unit_by_unit, np.outer([4, 5], x).ravel())
    for units, exact in ((1, True), (2, True), (3, False), (4, False)):
        printed = np.vstack([np.eye(units * 3)[k : k + 3].T @ x for k in range(units - 1)] + [np.zeros(3 * units)])
        printed[-1, -3:] = x  # the seed's first and last rows are right, those between are shifted by one
        assert np.array_equal(printed, kronecker(x, units, "F")) is exact


def test_both_orders_of_the_weights_are_written_as_what_they_are() -> None:
    problem = load_problem("net-s")
    tape = record(problem)
    rows, units = (jacobian(problem, tape, "z2", "W2", order=order) for order in get_args(Order))
    assert rows.latex == r"\frac{\partial z_2}{\partial W_2} = h \otimes I_{2}"
    assert units.latex == r"\frac{\partial z_2}{\partial W_2} = I_{2} \otimes h"
    assert units.equation(notation("column"), tape.activations).endswith(r"I_{2} \otimes h^\top")
    assert "unit by unit" in units.sentence


def test_a_mean_is_written_over_n_and_a_temperature_in_front() -> None:
    network = Network((2, 2), ("identity",), beta=2.0)
    problem = Problem(network, np.ones((3, 2)), np.eye(2)[[0, 1, 1]])
    tape = record(problem)
    written = {found.name: found.latex.partition(" = ")[2] for found in all_jacobians(problem, tape, 0)}
    assert written["dJ/dp"] == r"-\tfrac{1}{3}\,\frac{y}{p}"
    assert written["dJ/dy"] == r"-\tfrac{1}{3}\,\log p"
    assert written["dp/dz1"] == r"\beta\,\left(\mathrm{diag}(p) - p^\top p\right)"
    assert jacobian(problem, tape, "J", "p").matrix[0, 0] == pytest.approx(-2 / 3)


@pytest.mark.parametrize(
    ("name", "parts", "latex", "plain_text"),
    [
        ("dz2/dW2", Name("W", 2, Role.FACTOR, "z2"), r"\partial z_2/\partial W_2", "∂z2/∂W2"),
        ("dz2/db2", Name("b", 2, Role.FACTOR, "z2"), r"\partial z_2/\partial b_2", "∂z2/∂b2"),
        ("dp/dz2", Name("z", 2, Role.FACTOR, "p"), r"\partial p/\partial z_2", "∂p/∂z2"),
        ("dR/dW1", Name("W", 1, Role.FACTOR, "R"), r"\partial R/\partial W_1", "∂R/∂W1"),
        ("dJ/dp", Name("p", 0, Role.GRADIENT, "J"), r"\partial J/\partial p", "∂J/∂p"),
    ],
)
def test_the_names_of_jacobians_are_names(name: str, parts: Name, latex: str, plain_text: str) -> None:
    activations = ("sigmoid", "identity")
    assert parse(name) == parts
    assert notation().symbol(name, activations, inline=True) == latex
    assert notation().factor(name, activations, inline=True) == latex
    assert plain(name) == plain_text
    assert not is_transposed_weight(name)


@pytest.mark.parametrize("mistake", sorted(MISTAKES))
def test_a_mistake_leaves_the_jacobians_true(mistake: str) -> None:
    right = load_problem("net-s")
    wrong = replace(right, mistakes=(mistake,))
    true_tape, tape = record(right), record(wrong)
    for found, true in zip(all_jacobians(wrong, tape, 0), all_jacobians(right, true_tape, 0), strict=True):
        np.testing.assert_array_equal(found.matrix, true.matrix, err_msg=found.name)


def test_a_stray_bias_of_a_row_for_each_sample_counts_as_one_bias() -> None:
    problem = load_problem("trace-003-slips")
    tape = record(problem, after=1)
    np.testing.assert_array_equal(jacobian(problem, tape, "z1", "b1", 1).matrix, np.eye(2))


@pytest.mark.parametrize("beta", [-20.0, 0.0, 0.5, 1.0, 3.0])
def test_001_25_the_softmax_jacobian_is_symmetric_and_its_rows_sum_to_0(beta: float) -> None:
    p = np.array([0.2, 0.5, 0.3])
    matrix = softmax_jacobian(p, beta)
    np.testing.assert_allclose(matrix, beta * (np.diag(p) - np.outer(p, p)), atol=1e-15)
    np.testing.assert_array_equal(matrix, matrix.T)
    np.testing.assert_allclose(matrix.sum(axis=1), 0, atol=1e-15)


def test_the_softmax_jacobian_keeps_the_digits_of_a_saturated_softmax() -> None:
    p = np.array([1.0, 4.25e-18])
    np.testing.assert_allclose(softmax_jacobian(p), [[4.25e-18, -4.25e-18], [-4.25e-18, 4.25e-18]], rtol=1e-15)


def test_000_14_the_jacobian_of_the_sigmoid_is_diagonal() -> None:
    np.testing.assert_allclose(sigmoid_jacobian(np.array([0.5, 0.9])), np.diag([0.25, 0.09]), rtol=1e-15)


def test_every_loss_has_its_jacobians() -> None:
    assert set(TARGETS) >= set(LOSSES)
    assert set(PROBABILITIES) >= {name for name, loss in LOSSES.items() if loss.probabilities}


def test_what_cannot_be_asked_is_refused_in_a_sentence() -> None:
    problem = load_problem("net-s")
    tape = record(problem)
    with pytest.raises(ExplorerError, match=r"z9 is no forward step of this tape: use one of z1, h1, z2, p, J"):
        jacobian(problem, tape, "z9", "x")
    with pytest.raises(ExplorerError, match=r"z2 is not computed from W1: use one of h1, W2, b2, or jacobian_chain"):
        jacobian(problem, tape, "z2", "W1")
    for sample in (-1, 1):
        with pytest.raises(ExplorerError, match=f"sample {sample} is not on this tape: it holds sample 0 alone"):
            jacobian(problem, tape, "z2", "W2", sample)


def test_a_matrix_that_would_not_fit_is_refused_before_it_is_made() -> None:
    network = Network.random((1000, 200, 2))
    problem = Problem(network, np.ones((1, 1000)), np.eye(2)[:1])
    tape = record(problem)
    with pytest.raises(
        ExplorerError, match=r'200 × 200,000 matrix, more than 20,000,000 entries: take tape\["dJ/dW1"\]'
    ):
        jacobian(problem, tape, "z1", "W1")
    wide = Problem(Network.random((1, 5000, 2)), np.ones((1, 1)), np.eye(2)[:1])
    with pytest.raises(ExplorerError, match=r'dh1/dz1 would be a 5,000 × 5,000 matrix.*take tape\["dJ/dz1"\]'):
        jacobian(wide, record(wide), "h1", "z1")
