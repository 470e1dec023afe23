"""Write-up 004, equation by equation: the whole backward pass of the homework's net, every sum written out.

Its names: W, b, V, d, h, y (probabilities), t (one-hot target), L; the tape's: W1, b1, W2, b2, h1, p, y, J.
"""

import math
from collections.abc import Iterator
from functools import partial

import numpy as np
import pytest
from msgspec import Struct

from explorer import load_problem, record
from explorer.engine import Problem
from explorer.tape import Tape, jacobian, jacobian_chain
from explorer.tape.entries import entry
from tests.seeds.nets import (
    Array,
    Vector,
    draws,
    equal,
    perceptron,
    reference_gradient,
    reference_jacobian,
    reference_softmax_jacobian,
    tape_of_logits,
    tape_of_sigmoids,
)


class Net(Struct, frozen=True):
    """The arrays of a tape under the names of write-up 004; vectors as (N,), (H,), (C,)."""

    problem: Problem
    tape: Tape
    x: Array
    t: Array
    W: Array
    b: Array
    V: Array
    d: Array
    h: Array
    y: Array

    @property
    def NHC(self) -> tuple[int, int, int]:
        """Numbers of inputs, hidden units and classes."""
        N, H = self.W.shape
        return N, H, len(self.d)

    def gradient(self, name: str) -> Array:
        """Return dL/dname from the tape, a row as a vector."""
        found = self.tape[f"dJ/d{name}"].value
        return found[0] if name in {"x", "z1", "h1", "z2"} else found


def net_of(problem: Problem) -> Net:
    tape = record(problem)
    arrays = ("x", "y", "W1", "b1", "W2", "b2", "h1", "p")
    x, t, W, b, V, d, h, y = (tape.value(name) for name in arrays)
    return Net(problem, tape, x[0], t[0], W, b, V, d, h[0], y[0])


def nets(count: int = 10) -> Iterator[Net]:
    for rng in draws(count):
        yield net_of(perceptron(rng))


def delta(k: int, r: int) -> int:
    return int(k == r)


def test_004_1_the_input_is_a_row() -> None:
    """004.(1): x = [x_1 ... x_N]."""
    for net in nets():
        assert net.tape.given["x"].shape == (1, net.W.shape[0])


def test_004_2_the_target_is_a_row() -> None:
    """004.(2): t = [t_1 ... t_C]."""
    for net in nets():
        assert net.tape.given["y"].shape == (1, net.V.shape[1])


def shelf_targets() -> Array:
    """Return the targets that the shelf's homework makes of its class index, 3."""
    problem = load_problem("homework-10-5-10")
    assert problem.labels is not None
    assert problem.labels.tolist() == [3]
    row: Array = problem.Y[0]
    return row


def test_004_3_the_target_is_binary() -> None:
    """004.(3): t_k is 0 or 1."""
    assert set(shelf_targets().tolist()) == {0.0, 1.0}


def test_004_4_the_target_is_one_hot() -> None:
    """004.(4): sum_k t_k = 1, and t_k = 1 exactly at the class of x."""
    assert shelf_targets().sum() == 1
    assert shelf_targets().argmax() == 3


def test_004_L29_shapes_of_the_parameters() -> None:
    """004, line 29: W is N x H, V is H x C, b an H-row, d a C-row."""
    for net in nets():
        N, H, C = net.NHC
        assert (net.W.shape, net.V.shape, net.b.shape, net.d.shape) == ((N, H), (H, C), (H,), (C,))


def test_004_5_the_hidden_row() -> None:
    """004.(5): h = sigma(xW + b)."""
    for net in nets():
        equal(net.h, 1 / (1 + np.exp(-(net.x @ net.W + net.b))))


def test_004_6_the_sigmoid_is_elementwise() -> None:
    """004.(6): sigma(z) = 1/(1 + exp(-z)) of every entry."""
    z = np.random.default_rng(0).normal(0, 4, 50)
    equal(tape_of_sigmoids(z)["h1"].value[0], [1 / (1 + math.exp(-v)) for v in z], rtol=1e-15)


def test_004_7_the_output_row() -> None:
    """004.(7): y = softmax(hV + d)."""
    for net in nets():
        e = np.exp(net.h @ net.V + net.d)
        equal(net.y, e / e.sum())


def test_004_8_two_ways_to_write_the_denominator() -> None:
    """004.(8): exp(z)/(exp(z) . 1) = exp(z)/sum_i exp(z_i)."""
    for rng in draws():
        z = rng.normal(0, 2, 5)
        p = tape_of_logits(z, np.eye(5)[0])["p"].value[0]
        equal(np.exp(z) / (np.exp(z) @ np.ones(5)), p, rtol=1e-14)
        equal(np.exp(z) / np.exp(z).sum(), p, rtol=1e-14)


def test_004_9_the_loss() -> None:
    """004.(9): L = -t . log y = -sum_k t_k log y_k."""
    for net in nets():
        assert net.tape.loss == pytest.approx(-(net.t @ np.log(net.y)), rel=1e-12)


def test_004_10_the_sigmoid_s_derivative_in_five_lines() -> None:
    """004.(10): to sigma(z) (1 - sigma(z)), each line as a number."""
    for rng in draws():
        z = rng.normal(0, 3, 6)
        tape = tape_of_sigmoids(z)
        e, s = np.exp(-z), tape["h1"].value[0]
        lines = (
            -((1 + e) ** -2) * (-e),
            1 / (1 + e) * ((e + 1 - 1) / (1 + e)),
            1 / (1 + e) * (1 - 1 / (1 + e)),
            s * (1 - s),
        )
        for line in lines:
            equal(line, tape["dh1/dz1"].value[0])


def loss_of_free(t: Array, y: Vector) -> list[complex]:
    """Return -sum_k t_k log y_k."""
    return [-(t * np.log(np.array(y))).sum()]


def test_004_12_the_derivative_at_the_probabilities() -> None:
    """004.(12): dL/dy_k = -t_k/y_k, y taken as free."""
    for net in nets():
        found = jacobian(net.problem, net.tape, "J", "p").matrix[0]
        equal(-net.t / net.y, found)
        equal(found, reference_jacobian(partial(loss_of_free, net.t), net.y)[0])


def test_004_13_the_jacobian_from_h_to_y() -> None:
    """004.(13): dy_k/dh_j = sum_r y_k (delta_kr - y_r) V_jr = y_k V_jk - y_k sum_r y_r V_jr, C x H."""
    for net in nets():
        _, H, C = net.NHC
        found = jacobian_chain(net.problem, net.tape, "h1", of="p").product
        equal(found, reference_softmax_jacobian(net.tape["z2"].value[0]) @ net.V.T, rtol=1e-11)
        assert found.shape == (C, H)
        for k, j in np.ndindex(C, H):
            first = sum(net.y[k] * (delta(k, r) - net.y[r]) * net.V[j, r] for r in range(C))
            second = net.y[k] * net.V[j, k] - net.y[k] * sum(net.y[r] * net.V[j, r] for r in range(C))
            assert (first, second) == pytest.approx((found[k, j],) * 2, rel=1e-11, abs=1e-14)


def lines_of_14(net: Net, j: int, t: Array) -> list[float]:
    """Return the lines of (14) after the chain rule, for the hidden unit j and any t."""
    C, V, y = len(t), net.V, net.y
    mixed = sum(y[r] * V[j, r] for r in range(C))
    return [
        sum(-t[k] / y[k] * (y[k] * V[j, k] - y[k] * mixed) for k in range(C)),
        sum(-t[k] * (V[j, k] - mixed) for k in range(C)),
        sum(-t[k] * V[j, k] for k in range(C)) + t.sum() * mixed,
        sum(-t[k] * V[j, k] for k in range(C)) + mixed,
        sum(V[j, k] * (y[k] - t[k]) for k in range(C)),
    ]


def test_004_14_the_gradient_at_h_in_five_lines() -> None:
    """004.(14): = sum_k V_jk (y_k - t_k); line 4 needs sum t = 1 and fails without it, as the program knows."""
    for net in nets():
        for j, found in enumerate(net.gradient("h1")):
            assert lines_of_14(net, j, net.t) == pytest.approx([found] * 5, rel=1e-11, abs=1e-13)
        broken = Problem(net.problem.network, net.problem.X, 1.5 * net.problem.Y, objective=net.problem.objective)
        for j, found in enumerate(record(broken)["dJ/dh1"].value[0]):
            lines = lines_of_14(net, j, 1.5 * net.t)
            assert lines[:3] == pytest.approx([found] * 3, rel=1e-11, abs=1e-13)
            assert lines[3] != pytest.approx(found, rel=1e-6)


def output_jacobian(net: Net, name: str) -> Array:
    """Return dy_r/dV_jk or dy_r/dd_k by complex steps through softmax(hV + d), the parameter read row by row."""
    V, d = net.V.astype(complex), net.d.astype(complex)

    def outputs(values: object) -> list[complex]:
        given = np.array(values)
        z = net.h @ given.reshape(V.shape) + d if name == "V" else net.h @ V + given
        e = np.exp(z - z.real.max())
        result: list[complex] = (e / e.sum()).tolist()
        return result

    return reference_jacobian(outputs, (net.V if name == "V" else net.d).ravel())


def test_004_15_the_probabilities_by_a_weight_of_the_output() -> None:
    """004.(15): dy_r/dV_jk = y_r (delta_kr - y_k) h_j."""
    for net in nets():
        _, H, C = net.NHC
        flat = jacobian_chain(net.problem, net.tape, "W2", of="p").product
        equal(flat, output_jacobian(net, "V"), rtol=1e-11)
        for (r, j, k), found in np.ndenumerate(flat.reshape(C, H, C)):
            wanted = net.y[r] * (delta(k, r) - net.y[k]) * net.h[j]
            assert found == pytest.approx(wanted, rel=1e-11, abs=1e-14)


def test_004_16_the_gradient_of_a_weight_of_the_output() -> None:
    """004.(16): dL/dV_jk = sum_r -t_r (delta_kr - y_k) h_j = (y_k - t_k) h_j, the outer product of h and y - t."""
    for net in nets():
        gradient = net.gradient("W2")
        for (j, k), found in np.ndenumerate(gradient):
            first = sum(-net.t[r] * (delta(k, r) - net.y[k]) * net.h[j] for r in range(len(net.t)))
            second = net.t.sum() * net.y[k] * net.h[j] - net.t[k] * net.h[j]
            third = (net.y[k] - net.t[k]) * net.h[j]
            assert (first, second, third) == pytest.approx((found,) * 3, rel=1e-11, abs=1e-14)
        equal(gradient, np.outer(net.h, net.y - net.t))
        equal(gradient, reference_gradient(net.problem, "W2"))


def test_004_17_the_probabilities_by_a_bias_of_the_output() -> None:
    """004.(17): dy_r/dd_k = y_r (delta_kr - y_k)."""
    for net in nets():
        matrix = jacobian_chain(net.problem, net.tape, "b2", of="p").product
        equal(matrix, output_jacobian(net, "d"), rtol=1e-11)
        for (r, k), found in np.ndenumerate(matrix):
            assert found == pytest.approx(net.y[r] * (delta(k, r) - net.y[k]), rel=1e-11, abs=1e-14)


def test_004_18_the_gradient_of_a_bias_of_the_output() -> None:
    """004.(18): dL/dd_k = y_k - t_k."""
    for net in nets():
        equal(net.gradient("b2"), net.y - net.t)
        equal(net.gradient("b2"), reference_gradient(net.problem, "b2"))


def test_004_20_the_gradient_of_a_weight_of_the_hidden_layer() -> None:
    """004.(20): dL/dW_ij = sum_k V_jk (y_k - t_k) h_j (1 - h_j) x_i; the tape's factors multiply to the entry."""
    for net in nets():
        gradient = net.gradient("W1")
        for (i, j), found in np.ndenumerate(gradient):
            back = sum(net.V[j, k] * (net.y[k] - net.t[k]) for k in range(len(net.t)))
            assert found == pytest.approx(back * net.h[j] * (1 - net.h[j]) * net.x[i], rel=1e-11, abs=1e-14)
            (term,) = entry(net.tape, net.tape["dJ/dW1"], (i, j)).terms
            assert term.cells == (("x", (0, i)), ("dJ/dz1", (0, j)))
        equal(gradient, reference_gradient(net.problem, "W1"))


def test_004_22_the_gradient_of_a_bias_of_the_hidden_layer() -> None:
    """004.(22): dL/db_j = sum_k V_jk (y_k - t_k) h_j (1 - h_j)."""
    for net in nets():
        for j, found in enumerate(net.gradient("b1")):
            back = sum(net.V[j, k] * (net.y[k] - net.t[k]) for k in range(len(net.t)))
            assert found == pytest.approx(back * net.h[j] * (1 - net.h[j]), rel=1e-11, abs=1e-14)
        equal(net.gradient("b1"), reference_gradient(net.problem, "b1"))
