"""The mistakes E1 to E10 of write-ups 000 to 003: the printed form shown wrong, the corrected form right."""

import math
from functools import partial

import numpy as np
import pytest
from msgspec.structs import replace

from explorer import check_gradients, load_problem, record
from explorer.engine import Network
from explorer.tape import Tape, jacobian
from tests.seeds.nets import (
    Array,
    Vector,
    affine,
    drawn,
    draws,
    equal,
    perceptron,
    reference_gradient,
    reference_jacobian,
    softmax_jacobian,
    softmax_problem,
    tape_of_logits,
)


def printed_input_gradient(tape: Tape) -> Array:
    """Return the last line of 000.17: (softmax(z2) - y) W2^T W1^T o sigma(z1) o (1 - sigma(z1))."""
    moved: Array = tape["dJ/dz2"].value @ tape["dz2/dh1"].value @ tape["dz1/dx"].value
    h = tape["h1"].value
    return moved * h * (1 - h)


def test_e1_000_17_the_elementwise_product_past_w1() -> None:
    """E1, 000.17: no shapes or other numbers; [(softmax(z2) - y) W2^T o s o (1 - s)] W1^T is right."""
    for rng in draws():
        problem = perceptron(rng)
        tape, h = record(problem), record(problem)["h1"].value
        corrected = (tape["dJ/dz2"].value @ tape["dz2/dh1"].value * h * (1 - h)) @ tape["dz1/dx"].value
        equal(corrected, tape["dJ/dx"].value, rtol=1e-13)
        equal(corrected[0], reference_gradient(problem, "x"), rtol=1e-13)
        Dx, H, _ = problem.network.sizes
        if Dx != H:
            with pytest.raises(ValueError, match="broadcast"):
                printed_input_gradient(tape)
        else:
            assert abs(printed_input_gradient(tape) - corrected).max() > 1e-3 * abs(corrected).max()


def test_e1_000_17_net_s() -> None:
    """E1, 000.17 on the net of the lessons: the printed line gives (.288945, .198605) for (.325834, .296975)."""
    tape = record(load_problem("net-s"))
    assert printed_input_gradient(tape)[0] == pytest.approx([0.288945, 0.198605], abs=5e-7)
    assert tape["dJ/dx"].value[0] == pytest.approx([0.325834, 0.296975], abs=5e-7)


@pytest.mark.parametrize(("Dx", "H"), [(3, 1), (1, 1), (1, 4)])
def test_e1_000_17_numpy_broadcasts_silently(Dx: int, H: int) -> None:
    """E1, 000.17 where a size is 1: H = 1 comes out right by luck, Dx = 1 with H > 1 has the shape (1, H)."""
    tape = record(drawn(np.random.default_rng(0), (Dx, H, 3), ("sigmoid", "identity")))
    if H == 1:
        equal(printed_input_gradient(tape), tape["dJ/dx"].value)
    else:
        assert printed_input_gradient(tape).shape == (1, H) != tape["dJ/dx"].shape


def test_e1_000_17_agrees_where_the_slope_is_constant() -> None:
    """E1, 000.17: at z1 = 0 the slope is 1/4 everywhere, and the order does not matter."""
    problem = drawn(np.random.default_rng(1), (3, 3, 2), ("sigmoid", "identity"))
    tape = record(replace(problem, X=0 * problem.X).with_network(without_biases(problem.network)))
    equal(printed_input_gradient(tape), tape["dJ/dx"].value)


def without_biases(network: Network) -> Network:
    copy = network.copy()
    for name, array in copy.parameters.items():
        array[:] = 0 if name.startswith("b") else array
    return copy


def shifted_by_one(x: Array, T: int) -> Array:
    """Return the pattern as printed in 001.9: each row shifted by one, the last one at the right end."""
    N = len(x)
    rows = np.zeros((T, T * N))
    for t in range(T):
        start = (T - 1) * N if t == T - 1 else t
        rows[t, start : start + N] = x
    return rows


def weight_jacobian(T: int, N: int) -> tuple[Array, Array]:
    """Return x and the program's dy/dW of a drawn layer, W (T, N) read row by row, held against nudged weights."""
    rng = np.random.default_rng(10 * T + N)
    problem = drawn(rng, (N, T), ("identity",), "half_squared_error")
    columns = []
    for i, j in np.ndindex(T, N):
        network = problem.network.copy()
        network.parameters["W1"][j, i] += 1
        columns.append(record(problem.with_network(network))["z1"].value[0] - record(problem)["z1"].value[0])
    found = jacobian(problem, record(problem), "z1", "W1", order="F").matrix
    equal(np.array(columns).T, found, atol=1e-13)
    return problem.X[0], found


@pytest.mark.parametrize("T", range(1, 6))
@pytest.mark.parametrize("N", range(1, 5))
def test_e2_001_9_the_pattern_of_the_weight_jacobian(T: int, N: int) -> None:
    """E2, 001.9: the rows are shifted by N, I_T (x) x^T; shifted by one they are right only for N = 1 or T <= 2."""
    x, found = weight_jacobian(T, N)
    equal(np.kron(np.eye(T), x[None]), found, atol=0)
    assert (shifted_by_one(x, T) == found).all() == (N == 1 or T <= 2)


@pytest.mark.parametrize(("T", "N"), [(2, 3), (4, 2), (3, 3)])
def test_e3_001_10_the_last_column_is_that_of_x_n(T: int, N: int) -> None:
    """E3, 001.10: columns run to x_N; run to x_T they lose a column, or read what is not there."""
    tape = record(drawn(np.random.default_rng(T), (N, T), ("identity",), "half_squared_error"))
    gradient, x, row = tape["dJ/dW1"].value.T, tape.given["x"][0], tape["dJ/dz1"].value[0]
    equal(np.array([[x[j] * row[i] for j in range(N)] for i in range(T)]), gradient)
    if T > N:
        with pytest.raises(IndexError):
            [[x[j] * row[i] for j in range(T)] for i in range(T)]
    else:
        printed = np.array([[x[j] * row[i] for j in range(T)] for i in range(T)])
        assert (printed.shape == gradient.shape) == (T == N)


def test_e4_001_12_the_gradient_at_y_must_be_a_column() -> None:
    """E4, 001.12: row times row does not conform for T > 1; (dL/dy)^T x^T is right, and dL/dY X^T for a batch."""
    for rng in draws():
        problem, T, _ = affine(rng)
        tape = record(problem)
        row, x = tape["dJ/dz1"].value, tape.given["x"]
        if T > 1:
            with pytest.raises(ValueError, match="mismatch"):
                _ = row @ x
        equal(row.T @ x, tape["dJ/dW1"].value.T)
        batch = record(affine(rng, samples=5)[0])
        dY, X = batch["dJ/dz1"].value.T, batch.given["x"].T
        equal(dY @ X.T, batch["dJ/dW1"].value.T)
        equal(sum(np.outer(dY[:, n], X[:, n]) for n in range(5)), batch["dJ/dW1"].value.T)


def test_e4_001_12_the_kronecker_product_of_a_row_and_a_column_lies_the_other_way() -> None:
    """E4, 001.12: kron of the row (1, 4) and the column (3, 1) is (3, 4), the gradient (4, 3)."""
    tape = record(drawn(np.random.default_rng(0), (3, 4), ("identity",), "half_squared_error"))
    row, x = tape["dJ/dz1"].value, tape.given["x"]
    assert np.kron(row, x.T).shape == (3, 4)
    assert tape["dJ/dW1"].value.T.shape == (4, 3)
    equal(np.kron(row, x.T).T, tape["dJ/dW1"].value.T)


def first_output_inside(terms: Array, b: Vector) -> list[complex]:
    """Return sum_j (W_1j x_j + b_1)."""
    return [sum(term + b[0] for term in terms)]


def test_e5_001_7_the_bias_stands_outside_the_sum() -> None:
    """E5, 001.7: inside, y is off by (N - 1) b and dy/db would be N; dy/dW is right in both."""
    for rng in draws():
        problem, _, N = affine(rng)
        tape = record(problem)
        W, b, x = tape.given["W1"].T, tape.given["b1"], tape.given["x"][0]
        inside = (W * x + b[:, None]).sum(axis=1)
        equal((W * x).sum(axis=1) + b, tape["z1"].value[0])
        equal(inside - tape["z1"].value[0], (N - 1) * b, atol=1e-13)
        assert reference_jacobian(partial(first_output_inside, (W * x)[0]), b[:1]).item() == N
        equal(tape["dJ/db1"].value, tape["dJ/dz1"].value[0])


def test_e6_002_1_the_sum_runs_over_the_wrong_index() -> None:
    """E6, 002.1: exp(x_i)/sum_i exp(x_j) reads exp(x_i)/(n exp(x_j)): 2.463 or 1/3 where softmax is .665241."""
    x, n = np.array([1.0, 2, 3]), 3
    literal = np.exp(x[:, None]) / sum(np.exp(x[None, :]) for _ in range(n))
    assert literal[2, 0] == pytest.approx(2.463, abs=5e-4)
    equal(np.diag(literal), np.full(3, 1 / 3))
    p = tape_of_logits(x, [0, 0, 1])["p"].value[0]
    assert p[2] == pytest.approx(0.665241, abs=5e-7)
    equal(p, [math.exp(v) / sum(math.exp(w) for w in x) for v in x])
    assert abs(literal.sum(axis=0) - 1).min() > 0.1


@pytest.mark.parametrize(("sizes", "count"), [((10, 5, 10), 115), ((784, 50, 10), 39760)])
def test_e7_002_13_h_is_not_the_number_of_parameters(sizes: tuple[int, int, int], count: int) -> None:
    """E7, 002.13: "there are H parameters": (Dx + 1) H + (H + 1) Dy, as in 000.19."""
    Dx, H, Dy = sizes
    parameters = Network(sizes, ("sigmoid", "identity")).theta.size
    assert parameters == (Dx + 1) * H + (H + 1) * Dy == count != H


def test_e8_002_10_the_label_is_one_hot_and_not_the_input() -> None:
    """E8, 002.10: -log q_y is the loss for a dense input and a one-hot label, and not for a dense label."""
    for rng in draws():
        problem, k = softmax_problem(rng)
        tape = record(problem)
        assert (problem.X != 0).all()
        assert tape.loss == pytest.approx(-math.log(tape["p"].value[0, k]), rel=1e-13)
        dense = rng.dirichlet(np.ones(4))
        mixed = tape_of_logits(problem.X, dense)
        assert abs(mixed.loss + math.log(mixed["p"].value[0, dense.argmax()])) > 1e-3
        assert mixed.loss == pytest.approx(-(dense * np.log(mixed["p"].value[0])).sum(), rel=1e-13)


def test_e9_003_1_the_quotient_rule_upside_down() -> None:
    """E9, 003.1: (g'h - h'g)/h^2 is the derivative of g/h, .248427, not that of h/g, -.853004."""
    others, z = np.array([0.3, -1]), 0.7
    g = dg = dh = math.exp(z)
    h = g + np.exp(others).sum()
    printed = (dg * h - dh * g) / h**2
    assert printed == pytest.approx(0.248427, abs=5e-7)
    assert (dh * g - dg * h) / g**2 == pytest.approx(-0.853004, abs=5e-7)
    logits = np.array([z, *others])
    assert printed == pytest.approx(softmax_jacobian(logits)[0, 0], rel=1e-12)
    inverse = reference_jacobian(lambda a: [1 / (np.exp(a[0]) / np.exp(np.array(a)).sum())], logits)
    assert inverse[0, 0] == pytest.approx(-0.853004, abs=5e-7)


def test_e10_003_4_the_left_side_of_the_other_case() -> None:
    """E10, 003.4: d(exp(z_j)/S)/dz_j is .249916; the printed right side, -.192066, is dp_i/dz_j, i != j."""
    z, i, j = np.array([0.2, -1, 0.5]), 0, 2
    e, S = np.exp(z), np.exp(z).sum()
    J = softmax_jacobian(z)
    printed = (0 - e[j] * e[i]) / S**2
    assert J[j, j] == pytest.approx(0.249916, abs=5e-7)
    assert printed == pytest.approx(-0.192066, abs=5e-7)
    assert printed == pytest.approx(J[i, j], rel=1e-12)
    for rng in draws():
        z = rng.normal(size=4)
        p = tape_of_logits(z, np.eye(4)[0])["p"].value[0]
        beside = ~np.eye(4, dtype=bool)
        equal((-np.outer(p, p))[beside], softmax_jacobian(z)[beside])


def test_e1_000_17_leaves_the_program_alone() -> None:
    """E1, 000.17: the program's own gradients pass the numeric check."""
    for name in ("net-s", "homework-10-5-10", "batch-cross-entropy"):
        assert check_gradients(load_problem(name)).passed
