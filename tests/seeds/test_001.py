"""Write-up 001, item by item: the affine layer and the softmax with inverse temperature, in column vectors.

Its W is T x N and its vectors are columns: the transposes of the tape's arrays.
"""

import math
from functools import partial

import numpy as np
import pytest

from explorer import record
from explorer.engine import Problem
from explorer.tape import Tape, jacobian
from explorer.tape.entries import entry
from explorer.tape.jacobians import Jacobian
from tests.seeds.nets import (
    Array,
    Vector,
    affine,
    draws,
    equal,
    reference_gradient,
    reference_jacobian,
    reference_softmax_jacobian,
    softmax_jacobian,
    tape_of_logits,
)


def column(tape: Tape, name: str) -> Array:
    """Return an array of the tape as column vectors have it: the transpose; a bias is a column."""
    found: Array = np.atleast_2d(tape.value(name)).T
    return found


def by_weights(problem: Problem) -> Jacobian:
    """Return dy/dW, T x TN, the T x N matrix read row by row: for the tape's W1, unit by unit."""
    return jacobian(problem, record(problem), "z1", "W1", order="F")


def test_001_1_the_affine_layer_in_columns() -> None:
    """001.1: y = W x + b, W (T, N), x (N, 1), y (T, 1)."""
    for rng in draws():
        problem, T, N = affine(rng)
        tape = record(problem)
        W, x, b, y = (column(tape, name) for name in ("W1", "x", "b1", "z1"))
        assert (W.shape, x.shape, y.shape) == ((T, N), (N, 1), (T, 1))
        equal(y, W @ x + b)


def test_001_2_both_gradients_are_on_the_tape() -> None:
    """001.2: dL/dW and dL/db are arrays of the shapes of W and b, and are the derivatives."""
    for rng in draws():
        problem, T, N = affine(rng)
        tape = record(problem)
        assert column(tape, "dJ/dW1").shape == (T, N)
        equal(tape["dJ/dW1"].value, reference_gradient(problem, "W1"))
        equal(tape["dJ/db1"].value, reference_gradient(problem, "b1"))


def test_001_3_row_times_jacobian_is_the_weight_gradient() -> None:
    """001.3: dL/dW = dL/dy dy/dW: 1 x T times T x TN, reshaped to T x N."""
    for rng in draws():
        problem, T, N = affine(rng)
        tape = record(problem)
        row = tape["dJ/dz1"].value @ by_weights(problem).matrix
        assert row.shape == (1, T * N)
        equal(row.reshape(T, N), column(tape, "dJ/dW1"))


def test_001_4_one_output_reads_a_row_of_weights_the_input_and_its_bias() -> None:
    """001.4: y_i = sum_j W_ij x_j + b_i, as the tape takes the entry apart."""
    for rng in draws():
        problem, T, N = affine(rng)
        tape, i = record(problem), int(rng.integers(T))
        made = entry(tape, tape["z1"], (0, i))
        wanted = {("x", (0, j)) for j in range(N)} | {("W1", (j, i)) for j in range(N)} | {("b1", (i,))}
        assert set(made.reads) == wanted
        total = sum(math.prod(float(tape.value(name)[cell]) for name, cell in term.cells) for term in made.terms)
        assert total == pytest.approx(column(tape, "z1")[i, 0], rel=1e-12, abs=1e-14)


def test_001_5_the_gradient_at_y_is_a_row() -> None:
    """001.5: dL/dy = [dL/dy_1, ..., dL/dy_T]."""
    for rng in draws():
        problem, T, _ = affine(rng)
        tape = record(problem)
        assert tape["dJ/dz1"].shape == (1, T)
        equal(tape["dJ/dz1"].value, tape["z1"].value - problem.Y)


def nudged_weight(problem: Problem, i: int, j: int, change: float) -> Problem:
    """Return the problem with another W_ij of the column form."""
    network = problem.network.copy()
    network.parameters["W1"][j, i] += change
    return problem.with_network(network)


def test_001_6_a_weight_moves_one_output() -> None:
    """001.6: the derivative of y_i with respect to W_ij is x_j, and 0 for weights of other rows."""
    for rng in draws():
        problem, T, N = affine(rng)
        i, j = int(rng.integers(T)), int(rng.integers(N))
        before, after = (column(record(p), "z1")[:, 0] for p in (problem, nudged_weight(problem, i, j, 0.5)))
        assert (np.delete(after, i) == np.delete(before, i)).all()
        assert (after - before)[i] == pytest.approx(0.5 * problem.X[0, j], rel=1e-12, abs=1e-14)


def test_001_8_the_derivatives_as_a_table_of_three_indices() -> None:
    """001.8: D_ij y_t = x_j if i = t, else 0."""
    for rng in draws(5):
        problem, T, N = affine(rng)
        table = np.zeros((T, N, T))
        for i, j in np.ndindex(T, N):
            moved = record(nudged_weight(problem, i, j, 1.0))["z1"].value - record(problem)["z1"].value
            table[i, j] = moved[0]
        wanted = np.einsum("it,j->ijt", np.eye(T), problem.X[0])
        equal(table, wanted, rtol=1e-12, atol=1e-13)
        equal(by_weights(problem).matrix.T.reshape(T, N, T), wanted, rtol=0, atol=0)


def test_001_11_the_weight_gradient_is_an_outer_product() -> None:
    """001.11: dL/dW = dL/dy (x) x, of rank 1."""
    for rng in draws():
        problem, _, _ = affine(rng)
        tape = record(problem)
        gradient = column(tape, "dJ/dW1")
        equal(gradient, np.outer(tape["dJ/dz1"].value[0], problem.X[0]))
        assert np.linalg.matrix_rank(gradient) == 1


def test_001_13_the_bias_gradient_through_its_jacobian() -> None:
    """001.13: dL/db = dL/dy dy/db."""
    for rng in draws():
        problem, _, _ = affine(rng)
        tape = record(problem)
        equal(tape["dJ/dz1"].value[0] @ jacobian(problem, tape, "z1", "b1").matrix, tape["dJ/db1"].value)


def test_001_14_the_affine_layer_once_more() -> None:
    """001.14: y_i = sum_j W_ij x_j + b_i, each output by a loop."""
    for rng in draws():
        problem, T, N = affine(rng)
        W, b, x = problem.network.parameters["W1"].T, problem.network.parameters["b1"], problem.X[0]
        y = [sum(W[i, j] * x[j] for j in range(N)) + b[i] for i in range(T)]
        equal(record(problem)["z1"].value[0], y)


def bias_jacobian(problem: Problem) -> Array:
    """Return dy/db, moving one bias at a time by 1."""
    columns = []
    for j in range(problem.network.sizes[-1]):
        network = problem.network.copy()
        network.parameters["b1"][j] += 1
        columns.append(record(problem.with_network(network))["z1"].value[0] - record(problem)["z1"].value[0])
    return np.array(columns).T


def test_001_15_a_bias_moves_its_own_output() -> None:
    """001.15: dy_i/db_j = 0 if i != j, 1 if i = j."""
    for rng in draws(5):
        problem, _, _ = affine(rng)
        for (i, j), moved in np.ndenumerate(bias_jacobian(problem)):
            assert moved == pytest.approx(1 if i == j else 0, abs=1e-14)


def test_001_16_the_jacobian_of_the_bias_is_the_identity() -> None:
    """001.16: Dy(b) is the T x T identity."""
    for rng in draws(5):
        problem, T, _ = affine(rng)
        found = jacobian(problem, record(problem), "z1", "b1")
        assert (found.matrix == np.eye(T)).all()
        assert found.kind == "identity"
        equal(bias_jacobian(problem), found.matrix)


def test_001_17_the_bias_gradient_is_that_of_y() -> None:
    """001.17: dL/db = dL/dy; over a batch, the sum of its columns."""
    for rng in draws():
        problem, _, _ = affine(rng)
        tape = record(problem)
        assert (tape["dJ/db1"].value == tape["dJ/dz1"].value[0]).all()
        batch = record(affine(rng, samples=4)[0])
        equal(batch["dJ/db1"].value, column(batch, "dJ/dz1").sum(axis=1))


def probabilities(x: Array, beta: float) -> Array:
    """Return the tape's y of write-up 001: softmax with inverse temperature beta."""
    y: Array = tape_of_logits(x, np.eye(len(x))[0], beta)["p"].value[0]
    return y


def test_001_18_softmax_with_inverse_temperature() -> None:
    """001.18: y_j = exp(beta x_j)/sum_i exp(beta x_i): uniform, plain, argmax, softmin."""
    for rng in draws():
        x, beta = rng.normal(size=5), float(rng.uniform(-5, 20))
        equal(probabilities(x, beta), np.exp(beta * x) / np.exp(beta * x).sum())
        equal(probabilities(x, 0.0), np.full(5, 0.2))
        equal(probabilities(x, 1.0), np.exp(x) / np.exp(x).sum())
        equal(probabilities(x, -1.0), probabilities(-x, 1.0))
    assert probabilities(np.array([0.3, 0.1, 0.2]), 1000.0).tolist() == pytest.approx([1, 0, 0], abs=1e-40)
    assert probabilities(np.array([0.0, 1.0]), math.log(99))[1] == pytest.approx(0.99, abs=1e-15)


def jacobian_cases() -> list[tuple[Array, float, Array, Array]]:
    """Return draws of x, beta, the tape's y and its Jacobian dy_j/dx_i in row j, column i."""
    cases: list[tuple[Array, float, Array, Array]] = []
    for rng in draws():
        x, beta = rng.normal(size=4), float(rng.uniform(-5, 5))
        cases.append((x, beta, probabilities(x, beta), softmax_jacobian(x, beta)))
    return cases


def test_001_19_the_jacobian_to_derive() -> None:
    """001.19: dy_j/dx_i; through it, -1/y_k at the class gives the tape's gradient of the loss."""
    for x, beta, y, J in jacobian_cases():
        equal(J, reference_softmax_jacobian(x, beta), rtol=1e-11)
        tape = tape_of_logits(x, [0, 0, 1, 0], beta)
        equal(np.array([0, 0, -1 / y[2], 0]) @ J, tape["dJ/dx"].value[0], rtol=1e-11)


def quotient(x: Array, beta: float, j: int, i: int) -> tuple[float, float, float, float]:
    """Return g, h, g', h' of y_j = g/h, the primes by x_i."""
    g, h = math.exp(beta * x[j]), float(np.exp(beta * x).sum())
    dh = beta * math.exp(beta * x[i])
    return g, h, dh if i == j else 0.0, dh


def test_001_20_the_quotient_rule() -> None:
    """001.20: f = g/h has f' = (g' h - g h')/h^2."""
    for x, beta, _, J in jacobian_cases():
        for j, i in np.ndindex(J.shape):
            g, h, dg, dh = quotient(x, beta, j, i)
            assert (dg * h - g * dh) / h**2 == pytest.approx(J[j, i], rel=1e-11, abs=1e-14)


def powers_and_sum(beta: float, x: Vector) -> list[complex]:
    """Return exp(beta x_j) for every j, and their sum."""
    powers = np.exp(beta * np.array(x))
    return [*powers, powers.sum()]


def test_001_21_numerator_and_denominator() -> None:
    """001.21: h' is always beta exp(beta x_i); g' is that only for i = j."""
    for x, beta, _, _ in jacobian_cases():
        derived = reference_jacobian(partial(powers_and_sum, beta), x)
        for j, i in np.ndindex(4, 4):
            _, _, dg, dh = quotient(x, beta, j, i)
            equal(derived[[j, 4], i], [dg, dh])


def test_001_22_the_diagonal_line_by_line() -> None:
    """001.22: for i = j, five lines that end in beta y_i (1 - y_j)."""
    for x, beta, y, J in jacobian_cases():
        e, S = np.exp(beta * x), np.exp(beta * x).sum()
        lines = (
            (beta * e * S - beta * e * e) / S**2,
            beta * e / S * ((S - e) / S),
            beta * y * (1 - e / S),
            beta * y * (1 - y),
        )
        for line in lines:
            equal(line, np.diag(J), rtol=1e-11)
    assert np.diag(softmax_jacobian(np.array([0.0, 1]), 2.0))[1] == pytest.approx(0.209987, abs=5e-7)


def test_001_23_beside_the_diagonal_line_by_line() -> None:
    """001.23: for i != j, three lines that end in -beta y_i y_j."""
    for x, beta, y, J in jacobian_cases():
        e, S = np.exp(beta * x), np.exp(beta * x).sum()
        beside = ~np.eye(len(x), dtype=bool)
        products = (0 - beta * np.outer(e, e)) / S**2, -beta * np.outer(e / S, e / S), -beta * np.outer(y, y)
        for line in products:
            equal(line[beside], J[beside], rtol=1e-11)


def test_001_24_the_kronecker_delta() -> None:
    """001.24: delta_ij, 1 where i = j and 0 elsewhere, joins the two cases in one formula."""
    for _, beta, y, J in jacobian_cases():
        diagonal, beside = np.diag(beta * y * (1 - y)), -beta * np.outer(y, y)
        delta = np.array([[1.0 if i == j else 0.0 for j in range(4)] for i in range(4)])
        equal(delta * diagonal + (1 - delta) * beside, J, rtol=1e-11)


def test_001_25_the_jacobian_of_the_softmax() -> None:
    """001.25: dy_j/dx_i = beta y_i (delta_ij - y_j): beta (diag(y) - y y^T), symmetric, of row sums 0."""
    for _, beta, y, J in jacobian_cases():
        equal(J, beta * (np.diag(y) - np.outer(y, y)), rtol=1e-11)
        equal(J, J.T)
        equal(J.sum(axis=1), np.zeros(4))
        for j, i in np.ndindex(4, 4):
            assert beta * y[i] * ((i == j) - y[j]) == pytest.approx(J[j, i], rel=1e-11, abs=1e-14)
