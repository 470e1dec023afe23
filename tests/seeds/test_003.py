"""Write-up 003, Problems 1 to 3, item by item: the softmax's derivative, dJ/dz, the two-sample trace."""

import math
from collections.abc import Iterator
from functools import partial

import numpy as np
import pytest

from explorer import load_problem, record
from explorer.tape import jacobian, jacobian_chain, long_way
from tests.seeds.nets import (
    Array,
    Vector,
    draws,
    equal,
    passing_on,
    reference_jacobian,
    reference_softmax_jacobian,
    softmax_jacobian,
    tape_of_logits,
)


def cases() -> Iterator[tuple[Array, Array, Array]]:
    """Yield logits z, the tape's p and the Jacobian dp_i/dz_j, in row i, column j."""
    for rng in draws():
        z = rng.normal(0, 1.5, 4)
        yield z, tape_of_logits(z, np.eye(4)[0])["p"].value[0], softmax_jacobian(z)


def soft_cases() -> Iterator[tuple[Array, Array, Array, Array]]:
    """Yield logits z, soft labels y that sum to 1, the tape's p and its dJ/dz."""
    for rng in draws():
        z, y = rng.normal(0, 1.5, 4), rng.dirichlet(np.ones(4))
        tape = tape_of_logits(z, y)
        yield z, y, tape["p"].value[0], tape["dJ/dz1"].value[0]


def test_003_2_numerator_and_denominator() -> None:
    """003.2: g(i) = exp(z_i), h(i) = sum_k exp(z_k): p_i = g/h, and h is the same for every i."""
    for z, p, _ in cases():
        equal(np.exp(z) / p, np.full(4, np.exp(z).sum()), rtol=1e-13)


def test_003_3_the_diagonal_case() -> None:
    """003.3: for i = j, (exp(z_j) S - exp(z_j) exp(z_i))/S^2."""
    for z, _, J in cases():
        e, S = np.exp(z), np.exp(z).sum()
        equal((e * S - e * e) / S**2, np.diag(J))


def test_003_5_the_definition_of_p() -> None:
    """003.5: p_i = exp(z_i)/S."""
    for z, p, _ in cases():
        equal(p, np.exp(z) / np.exp(z).sum(), rtol=1e-14)


def test_003_6_the_derivative_in_two_cases() -> None:
    """003.6: dp_j/dz_i = p_i (1 - p_j) for i = j, else -p_i p_j."""
    for z, p, J in cases():
        equal(J, reference_softmax_jacobian(z), rtol=1e-11)
        for j, i in np.ndindex(J.shape):
            wanted = p[i] * (1 - p[j]) if i == j else -p[i] * p[j]
            assert J[j, i] == pytest.approx(wanted, rel=1e-12)
    p = np.array([0.2, 0.3, 0.5])
    J = softmax_jacobian(np.log(p))
    assert (J[0, 0], J[0, 1], J[1, 2]) == pytest.approx((0.16, -0.06, -0.15), rel=1e-12)


def test_003_7_the_kronecker_delta() -> None:
    """003.7: delta_ij = 1 for i = j, else 0: dz_i/dz_j, the Jacobian of passing the logits on."""
    for z, _, _ in cases():
        equal(reference_jacobian(lambda a: a, z), [[1.0 if i == j else 0.0 for j in range(4)] for i in range(4)])


def test_003_8_the_derivative_in_one_formula() -> None:
    """003.8: dp_j/dz_i = p_i (delta_ij - p_j)."""
    for _, p, J in cases():
        equal(J, p[None, :] * (np.eye(4) - p[:, None]))


def test_003_9_the_loss_is_a_sum_of_logarithms() -> None:
    """003.9: dJ/dz_j = -sum_i y_i dlog p_i/dz_j, with J = -sum_i y_i log p_i."""
    for z, y, p, gradient in soft_cases():
        assert tape_of_logits(z, y).loss == pytest.approx(-(y * np.log(p)).sum(), rel=1e-13)
        equal(-y @ (softmax_jacobian(z) / p[:, None]), gradient)


def test_003_10_the_chain_rule_through_p() -> None:
    """003.10: dJ/dz_j = -sum_i y_i (dlog p_i/dp_i)(dp_i/dz_j): the row -y/p times the Jacobian."""
    for z, y, p, gradient in soft_cases():
        equal((-y / p) @ softmax_jacobian(z), gradient)
        problem = passing_on(z, y)
        tape = record(problem)
        both = long_way(problem, tape)
        assert [factor.name for factor in both.factors] == ["dJ/dp", "dp/dz1"]
        equal(both.factors[0].matrix[0], -y / p, rtol=0, atol=0)
        equal(both.product, both.short)
        equal(jacobian_chain(problem, tape, "z1", long_way=True).product[0], gradient)


def test_003_11_the_derivative_of_the_natural_logarithm() -> None:
    """003.11: dlog p/dp = 1/(p ln e) = 1/p."""
    for z, p, _ in cases():
        slopes = np.diag(reference_jacobian(lambda q: np.log(np.array(q)).tolist(), p))
        equal(slopes, 1 / (p * math.log(math.e)))
        problem = passing_on(z, np.ones(4))
        equal(jacobian(problem, record(problem), "J", "p").matrix[0], -slopes)


def test_003_12_four_lines() -> None:
    """003.12: four lines from -y_j (1 - p_j) - sum ... to -y_j + p_j sum_i y_i."""
    for _, y, p, gradient in soft_cases():
        for j in range(4):
            others = [i for i in range(4) if i != j]
            lines = (
                -y[j] * (1 - p[j]) - sum(y[i] / p[i] * (-p[i] * p[j]) for i in others),
                -y[j] + y[j] * p[j] + sum(y[i] / p[i] * (p[i] * p[j]) for i in others),
                -y[j] + p[j] * (y[j] + sum(y[i] for i in others)),
                -y[j] + p[j] * y.sum(),
            )
            assert lines == pytest.approx((gradient[j],) * 4, rel=1e-12, abs=1e-14)


def cross_entropy_of(y: Array, z: Vector) -> list[complex]:
    """Return -sum_i y_i log p_i, whatever the y sum to."""
    log_p = np.array(z) - np.log(np.exp(z).sum())
    return [-(y * log_p).sum()]


def test_003_13_only_the_sum_of_the_labels_matters() -> None:
    """003.13: p - y needs sum y = 1 and no more; broken, the program's gradient is -y + p sum y."""
    for z, y, p, gradient in soft_cases():
        equal(gradient, p - y)
        broken = record(passing_on(z, 1.7 * y))["dJ/dz1"].value[0]
        equal(broken, -1.7 * y + p * 1.7)
        assert abs(broken - (p - 1.7 * y)).max() > 0.1
        equal(broken, reference_jacobian(partial(cross_entropy_of, 1.7 * y), z)[0])


def test_003_14_the_gradient_is_p_minus_y() -> None:
    """003.14: dJ/dz_j = p_j - y_j."""
    for _, y, p, gradient in soft_cases():
        equal(gradient, p - y, rtol=1e-13)


def test_003_15_the_cross_entropy_of_the_code() -> None:
    """003.15, "code is attached": numpy.random.seed(1), z = rand(3, 2), samples as columns; the same at z + 1000."""
    problem = load_problem("batch-cross-entropy")
    gradient = [[-0.29358105, 0.22809874], [0.13604698, -0.34982719], [0.15753407, 0.12172845]]
    legacy = np.random.RandomState(1).rand(3, 2)
    equal(record(problem)["z1"].value.T, legacy)
    for offset in (0, 1000):
        network = problem.network.copy()
        network.parameters["b1"][:] += offset
        tape = record(problem.with_network(network))
        assert tape.loss == pytest.approx(1.0437608174087478, rel=1e-13)
        np.testing.assert_allclose(tape["dJ/dz1"].value.T, gradient, atol=5e-9)


SIGNS = np.array([[1.0, -1], [-1, 1]])
"""Every matrix of the trace is a number times this one."""
SHARED_BIAS = (
    (0.0, -0.25, 0.5, 0.6931471805599453),
    (0.25, -0.1887703343990727, 0.6224593312018546, 0.47407698418010663),
    (0.43877033439907265, -0.1468438359257938, 0.7063123281484124, 0.34769774816994703),
    (0.5856141703248665, -0.11831651384898001, 0.76336697230204, 0.27001640355499373),
    (0.7039306841738466, -0.09828579693499656, 0.8034284061300069, 0.21886720028842727),
    (0.8022164811088431, -0.08368147941177367, 0.8326370411764527, 0.18315745664917124),
)
"""Entry (1, 1) of z, dz and p, and J, of iterations 0 to 5 of the corrected run."""


@pytest.mark.parametrize("iteration", range(6))
def test_003_16_the_corrected_trace(iteration: int) -> None:
    """003.16 with the slips E11 and E12 off: z, dz, p, dW, db and J of iterations 0 to 5."""
    tape = record(load_problem("trace-003"), after=iteration)
    z, dz, p, J = SHARED_BIAS[iteration]
    equal(tape["z1"].value, z * SIGNS, atol=1e-15)
    equal(tape["dJ/dz1"].value, dz * SIGNS, rtol=1e-14)
    equal(tape["dJ/dW1"].value, dz * SIGNS, rtol=1e-14)
    equal(tape["p"].value, [[p, 1 - p], [1 - p, p]], rtol=1e-14)
    equal(tape["dJ/db1"].value, np.zeros(2), atol=1e-15)
    assert tape.loss == pytest.approx(J, rel=1e-14)
