"""Write-up 000, item by item: softmax, sigmoid, cross-entropy, the gradient at the input, the count of parameters."""

import math
from copy import deepcopy
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace

from explorer import check_gradients, load_problem, record
from explorer.engine import ExplorerError, Network
from explorer.engine.activations import ACTIVATIONS
from explorer.problems import problem_from
from explorer.tape import jacobian, jacobian_chain
from explorer.tape.entries import entry
from tests.seeds.nets import (
    drawn,
    draws,
    equal,
    perceptron,
    reference_gradient,
    softmax_problem,
    tape_of_logits,
    tape_of_sigmoids,
)


def test_000_1_softmax_is_shift_invariant_line_by_line() -> None:
    """000.1: the five lines from softmax(x + c)_i to softmax(x)_i."""
    for rng in draws():
        x, c, y = rng.normal(size=5), float(rng.normal()), np.eye(5)[0]
        e, S, ec = np.exp(x), np.exp(x).sum(), math.exp(c)
        lines = (np.exp(x + c) / np.exp(x + c).sum(), ec * e / (ec * S), ec / ec * (e / S), e / S)
        for line in (*lines, tape_of_logits(x + c, y)["p"].value[0]):
            equal(line, tape_of_logits(x, y)["p"].value[0], rtol=4e-15)


@pytest.mark.parametrize("c", [-1000.0, -800.0, 707.0, 1000.0, 1e4])
def test_000_1_naive_evaluation_breaks_where_the_program_s_does_not(c: float) -> None:
    """000.1: exp(x_i + c) overflows beyond 709.78, or all of them underflow; the tape's p stays what it is."""
    x = np.array([1.0, 2, 3])
    with np.errstate(over="ignore", invalid="ignore"):
        naive = np.exp(x + c) / np.exp(x + c).sum()
    assert np.isnan(naive).any()
    equal(tape_of_logits(x + c, [1, 0, 0])["p"].value, tape_of_logits(x, [1, 0, 0])["p"].value, rtol=0)
    assert tape_of_logits(x + c, [1, 0, 0])["p"].value[0, 2] == pytest.approx(0.665241, abs=5e-7)


def test_000_2_the_sigmoid() -> None:
    """000.2: sigma(x) = 1/(1 + exp(-x)), also at -800 and 800."""
    x = np.linspace(-30, 30, 241)
    equal(tape_of_sigmoids(x)["h1"].value[0], 1 / (1 + np.exp(-x)), rtol=1e-15, atol=0)
    assert tape_of_sigmoids([-800.0, 0, 800])["h1"].value.tolist() == [[0, 0.5, 1]]


def test_000_3_the_sigmoid_s_slope_line_by_line() -> None:
    """000.3: power rule, inner derivative, sigma (1 - sigma); at most 1/4, at 0."""
    x = np.linspace(-8, 8, 161)
    slope = tape_of_sigmoids(x)["dh1/dz1"].value[0]
    s, e = 1 / (1 + np.exp(-x)), np.exp(-x)
    for line in (-((1 + e) ** -2) * -e, -((1 / (1 + e)) ** 2) * -e, (1 / (1 + e)) * (1 - 1 / (1 + e)), s * (1 - s)):
        equal(slope, line)
    assert slope.max() == slope[80] == 0.25
    assert slope[100] == pytest.approx(0.104994, abs=5e-7)


def test_000_4_three_forms_of_the_cross_entropy() -> None:
    """000.4: sum_i -y_i log softmax_i = -log softmax_k = log sum_i exp(theta_i) - theta_k."""
    for rng in draws():
        problem, k = softmax_problem(rng)
        theta, y, tape = problem.X[0], problem.Y[0], record(problem)
        p = tape["p"].value[0]
        for form in ((-y * np.log(p)).sum(), -math.log(p[k]), math.log(np.exp(theta).sum()) - theta[k]):
            assert tape.loss == pytest.approx(form, rel=1e-13)


def test_000_5_the_gradient_beside_the_class() -> None:
    """000.5: for j != k, dCE/dtheta_j = exp(theta_j)/sum_i exp(theta_i) = softmax(theta)_j."""
    for rng in draws():
        problem, k = softmax_problem(rng)
        powers, gradient = np.exp(problem.X[0]), record(problem)["dJ/dz1"].value[0]
        equal(np.delete(gradient, k), np.delete(powers / powers.sum(), k))
        equal(np.delete(gradient, k), np.delete(reference_gradient(problem, "x"), k))


def test_000_6_the_gradient_at_the_class() -> None:
    """000.6: for j = k, dCE/dtheta_k = softmax(theta)_k - 1."""
    for rng in draws():
        problem, k = softmax_problem(rng)
        tape = record(problem)
        assert tape["dJ/dz1"].value[0, k] == pytest.approx(tape["p"].value[0, k] - 1, abs=1e-15)
        assert tape["dJ/dz1"].value[0, k] == pytest.approx(reference_gradient(problem, "x")[k], rel=1e-12)


def test_000_7_the_gradient_of_the_cross_entropy_is_p_minus_y() -> None:
    """000.7: grad_theta CE = softmax(theta) - y; its entries sum to 0; the numeric check agrees."""
    for rng in draws():
        problem, _ = softmax_problem(rng)
        tape = record(problem)
        equal(tape["dJ/dz1"].value, tape["p"].value - problem.Y, rtol=0, atol=1e-15)
        equal(tape["dJ/dz1"].value[0], reference_gradient(problem, "x"))
        assert abs(tape["dJ/dz1"].value.sum()) < 1e-14
        assert check_gradients(problem)["dJ/dx"].passed


def test_000_8_the_chain_rule_sums_over_the_paths() -> None:
    """000.8: y = g(f_1(x), ..., f_n(x)) has dy/dx = sum_i dy/df_i df_i/dx; each path is a term of the tape's sum."""
    for rng in draws():
        n = int(rng.integers(1, 7))
        problem = drawn(rng, (1, n, 1), ("tanh", "sigmoid"), "half_squared_error")
        tape = record(problem)
        per_path = tape["dJ/dh1"].value * tape["dh1/dz1"].value * tape["dz1/dx"].value.T
        assert tape["dJ/dx"].value.item() == pytest.approx(per_path.sum(), rel=1e-12)
        equal(tape["dJ/dx"].value[0], reference_gradient(problem, "x"))
        terms = entry(tape, tape["dJ/dx"], (0, 0)).terms
        paths = [math.prod(float(tape.value(name)[cell]) for name, cell in term.cells) for term in terms]
        equal(paths, per_path[0])


def test_000_9_row_times_jacobian_and_not_the_other_order() -> None:
    """000.9: dz/dx = dz/dy dy/dx with (dy/dx)_ij = dy_i/dx_j: (1 x m)(m x n) = 1 x n; the other order is refused."""
    for rng in draws():
        problem = drawn(rng, (3, 4), ("identity",), "half_squared_error")
        tape = record(problem)
        row, slopes = tape["dJ/dz1"].value, tape["dz1/dx"].value
        assert (row.shape, slopes.shape, tape["dJ/dx"].shape) == ((1, 4), (4, 3), (1, 3))
        equal(tape["dJ/dx"].value, row @ slopes)
        for j in range(3):
            nudged = replace(problem, X=problem.X + 0.5 * np.eye(3)[j])
            moved = record(nudged)["z1"].value - tape["z1"].value
            equal(0.5 * slopes[:, j], moved[0], atol=1e-13)
        with pytest.raises(ValueError, match="mismatch"):
            _ = slopes @ row


def test_000_9_weights_in_the_other_orientation_are_refused() -> None:
    """000.9: a problem file whose matrix does not fit the row convention is refused with both shapes."""
    keys: dict[str, Any] = {
        "format": "backprop-explorer/problem",
        "version": 1,
        "network": {
            "layers": [{"units": 3, "activation": "identity", "weights": [[1, 2], [3, 4], [5, 6]], "bias": [0, 0, 0]}],
            "loss": "softmax_cross_entropy",
        },
        "data": {"inputs": [[1, -1]], "targets": [2]},
    }
    with pytest.raises(ExplorerError, match="weights"):
        problem_from(keys)
    turned = deepcopy(keys)
    turned["network"]["layers"][0]["weights"] = [[1, 3, 5], [2, 4, 6]]
    assert problem_from(turned).network.sizes == (2, 3)


def test_000_10_the_forward_pass_and_its_shapes() -> None:
    """000.10: z1 = x W1 + b1, h = sigma(z1), z2 = h W2 + b2, with shapes 1 x Dx, 1 x H, 1 x H, 1 x Dy, 1 x Dy."""
    for rng in draws():
        problem = perceptron(rng)
        Dx, H, Dy = problem.network.sizes
        tape, given = record(problem), problem.network.parameters
        shapes = [tape.value(name).shape for name in ("x", "z1", "h1", "z2", "p")]
        assert shapes == [(1, Dx), (1, H), (1, H), (1, Dy), (1, Dy)]
        equal(tape["z1"].value, problem.X @ given["W1"] + given["b1"])
        equal(tape["z2"].value, tape["h1"].value @ given["W2"] + given["b2"])


def test_000_11_the_four_factors_multiply_left_to_right() -> None:
    """000.11: dJ/dx = dJ/dz2 dz2/dh dh/dz1 dz1/dx; the partial products are steps of the tape."""
    for rng in draws():
        problem = perceptron(rng)
        tape = record(problem)
        chain = jacobian_chain(problem, tape, "x")
        assert [factor.name for factor in chain.factors] == ["dJ/dz2", "dz2/dh1", "dh1/dz1", "dz1/dx"]
        assert chain.names == ("dJ/dz2", "dJ/dh1", "dJ/dz1", "dJ/dx")
        for name, partial_product in zip(chain.names, chain.partials, strict=True):
            equal(partial_product, tape[name].value, rtol=1e-13)


@pytest.mark.parametrize("activation", sorted(ACTIVATIONS))
def test_000_11_with_any_activation(activation: str) -> None:
    """000.11 holds with any activation in factor three."""
    for rng in draws(3):
        problem = drawn(rng, (3, 4, 2), (activation, "identity"))
        tape = record(problem)
        equal(jacobian_chain(problem, tape, "x").product, tape["dJ/dx"].value)


def test_000_12_factor_one() -> None:
    """000.12: dJ/dz2 = softmax(z2) - y."""
    for rng in draws():
        tape = record(perceptron(rng))
        e = np.exp(tape["z2"].value)
        equal(tape["dJ/dz2"].value, e / e.sum() - tape.given["y"])


def test_000_13_factor_two() -> None:
    """000.13: dz2/dh = W2^T, Dy x H."""
    for rng in draws():
        problem = perceptron(rng)
        _, H, Dy = problem.network.sizes
        tape = record(problem)
        assert tape["dz2/dh1"].shape == (Dy, H)
        assert (tape["dz2/dh1"].value == problem.network.parameters["W2"].T).all()
        assert (jacobian(problem, tape, "z2", "h1").matrix == tape["dz2/dh1"].value).all()


def test_000_14_factor_three_is_diagonal() -> None:
    """000.14: dh/dz1 = diag(sigma(z1)) diag(1 - sigma(z1)); it fades where a unit saturates."""
    for rng in draws():
        problem = perceptron(rng)
        tape = record(problem)
        h = tape["h1"].value[0]
        found = jacobian(problem, tape, "h1", "z1")
        equal(found.matrix, np.diag(h) @ np.diag(np.ones_like(h) - h))
        assert (np.diag(found.matrix) == tape["dh1/dz1"].value[0]).all()
        assert found.kind == "diagonal"
    saturated = tape_of_sigmoids([-40.0, 0, 40])["dh1/dz1"].value[0]
    assert saturated[1] == 0.25
    assert (saturated[[0, 2]] < 1e-16).all()


def test_000_15_factor_four() -> None:
    """000.15: dz1/dx = W1^T, H x Dx."""
    for rng in draws():
        problem = perceptron(rng)
        Dx, H, _ = problem.network.sizes
        tape = record(problem)
        assert tape["dz1/dx"].shape == (H, Dx)
        assert (tape["dz1/dx"].value == problem.network.parameters["W1"].T).all()
        assert (jacobian(problem, tape, "z1", "x").matrix == tape["dz1/dx"].value).all()


def test_000_16_the_gradient_at_the_input() -> None:
    """000.16: dJ/dx = (softmax(z2) - y) W2^T diag(s) diag(1 - s) W1^T, as automatic differentiation has it."""
    for rng in draws():
        problem = perceptron(rng)
        tape, given = record(problem), problem.network.parameters
        e, s = np.exp(tape["z2"].value), 1 / (1 + np.exp(-tape["z1"].value[0]))
        written = (e / e.sum() - problem.Y) @ given["W2"].T @ np.diag(s) @ np.diag(1 - s) @ given["W1"].T
        equal(tape["dJ/dx"].value, written, rtol=1e-12)
        equal(jacobian_chain(problem, tape, "x").product, written, rtol=1e-12)
        equal(tape["dJ/dx"].value[0], reference_gradient(problem, "x"), rtol=1e-12)


def test_000_18_the_four_groups_of_parameters() -> None:
    """000.18: b1 (H), b2 (Dy), W1 (Dx x H), W2 (H x Dy); each gradient has the shape of its group."""
    for rng in draws():
        problem = perceptron(rng)
        Dx, H, Dy = problem.network.sizes
        shapes = {name: array.shape for name, array in problem.network.parameters.items()}
        assert shapes == {"W1": (Dx, H), "b1": (H,), "W2": (H, Dy), "b2": (Dy,)}
        tape = record(problem)
        assert {name: tape[f"dJ/d{name}"].shape for name in shapes} == shapes


@pytest.mark.parametrize(("sizes", "count"), [((10, 5, 10), 115), ((64, 50, 10), 3760), ((784, 50, 10), 39760)])
def test_000_19_the_number_of_parameters(sizes: tuple[int, int, int], count: int) -> None:
    """000.19: H + Dy + H Dx + H Dy = Dy (H + 1) + H (Dx + 1)."""
    Dx, H, Dy = sizes
    network = Network(sizes, ("sigmoid", "identity"))
    assert network.theta.size == sum(array.size for array in network.parameters.values()) == count
    assert H + Dy + H * Dx + H * Dy == Dy * (H + 1) + H * (Dx + 1) == count


def test_000_19_the_homework_on_the_shelf_has_115_parameters() -> None:
    """000.19: the shelf's 10-5-10."""
    assert load_problem("homework-10-5-10").network.theta.size == 115
