"""What is questionable or notational in the five write-ups, Q1 to Q10: right as meant, and right in the program."""

import math

import numpy as np
import pytest

from explorer import load_problem, record
from explorer.engine import Objective, Problem
from explorer.engine.losses import LOSSES
from explorer.problems import shelf
from explorer.tape import long_way
from explorer.tape.formats import tape_to
from tests.seeds.nets import (
    drawn,
    draws,
    equal,
    passing_on,
    perceptron,
    softmax_jacobian,
    softmax_problem,
    tape_of_logits,
    tape_of_sigmoids,
)


def test_q1_an_index_that_is_used_twice_is_right_by_scope() -> None:
    """Q1, 000.4, 001.18: sum_i -y_i log(exp(theta_i)/sum_i exp(theta_i)): the inner i hides the outer one."""
    for rng in draws():
        problem, _ = softmax_problem(rng)
        theta, y = problem.X[0], problem.Y[0]
        n = range(len(theta))
        reused = sum(-y[i] * math.log(math.exp(theta[i]) / sum(math.exp(theta[i]) for i in n)) for i in n)
        assert reused == pytest.approx(record(problem).loss, rel=1e-13)


def test_q2_what_the_write_ups_leave_unsaid_is_a_step_of_the_tape() -> None:
    """Q2, 000.10, 003.9: h = sigma(z1) and J = CE(y, yhat) are written, each with its formula."""
    tape = record(perceptron(np.random.default_rng(0)))
    assert tape["h1"].latex == r"h = \sigma(z_1)"
    assert tape["J"].latex == r"J = -{\textstyle\sum}_k\, y_k \log p_k"
    assert set(tape["J"].operands) == {"p", "y"}


def test_q3_the_sigmoid_of_a_vector_is_a_vector() -> None:
    """Q3, 002.7: a set has no order, a vector has: exchanging two inputs exchanges two outputs."""
    for rng in draws():
        x, order = rng.normal(size=5), rng.permutation(5)
        equal(tape_of_sigmoids(x[order])["h1"].value[0], tape_of_sigmoids(x)["h1"].value[0][order], rtol=1e-15)


def test_q4_the_logarithm_s_derivative_with_its_d() -> None:
    """Q4, 003.11: dlog(p)/dp = 1/p; log(p)/dp, as printed, is no derivative."""
    for rng in draws():
        p, h = float(rng.uniform(0.05, 1)), 1e-6
        assert (math.log(p + h) - math.log(p - h)) / (2 * h) == pytest.approx(1 / p, rel=1e-7)
        assert math.log(p) / h != pytest.approx(1 / p, rel=1e-3)


def test_q5_indices_may_be_exchanged() -> None:
    """Q5, 003.3, 003.8: dp_i/dz_j = dp_j/dz_i: the Jacobian is symmetric."""
    for rng in draws():
        J = softmax_jacobian(rng.normal(size=4))
        equal(J, J.T, rtol=1e-14, atol=1e-17)


def test_q6_missing_parentheses() -> None:
    """Q6, 004.(10): -(1 + e)^-2 . -e is the product with -e: the value is sigma'."""
    z = np.linspace(-5, 5, 41)
    e = np.exp(-z)
    equal(-((1 + e) ** -2) * (-e), tape_of_sigmoids(z)["dh1/dz1"].value[0])
    assert abs(-((1 + e) ** -2) - e - tape_of_sigmoids(z)["dh1/dz1"].value[0]).min() > 0.1


def test_q7_extreme_logits() -> None:
    """Q7, 004.(8), 004.(12): at z = (800, 0) naive softmax, -t/y and 0 log 0 are no numbers; the program's are."""
    z, t = np.array([800.0, 0]), np.array([0.0, 1])
    with np.errstate(all="ignore"):
        assert np.isnan(np.exp(z) / np.exp(z).sum()).any()
        p = tape_of_logits(z, t)["p"].value[0]
        assert (-t / p)[1] == -np.inf
        assert np.isnan(t[::-1] * 0 * np.log(p)).any()
        assert np.isnan((-t / p) @ (np.diag(p) - np.outer(p, p))).any()
    problem = passing_on(z, t)
    tape = record(problem)
    both = long_way(problem, tape)
    assert (both.finite, both.short_finite) == (False, True)
    assert both.short.tolist() == [1, -1]
    assert tape.loss == 800
    assert tape["dJ/dz1"].value.tolist() == [[1, -1]]
    assert tape_of_logits(z, t[::-1]).loss == 0
    assert LOSSES["softmax_cross_entropy"].value(z[None], t[None], 1.0).tolist() == [800]


def test_q8_relu_on_the_logits() -> None:
    """Q8, 003.19: a class whose pre-activation is negative has p <= 1/10 and no gradient; linear logits have one."""
    for rng in draws():
        z, own = rng.normal(size=10), int(rng.integers(10))
        z[own] = -abs(z[own])
        tape = record(passing_on(z, np.eye(10)[own], activation="relu"))
        assert tape["p"].value[0, own] <= 0.1
        assert tape["dJ/dz1"].value[0, own] == 0
        assert (tape["dJ/dW1"].value[:, own] == 0).all()
        assert tape.loss >= math.log(10)
        assert tape["dJ/dh1"].value[0, own] < 0
        assert tape_of_logits(z, np.eye(10)[own])["dJ/dz1"].value[0, own] < 0


def test_q9_the_loss_of_a_minibatch_may_rise() -> None:
    """Q9, 003.17: minibatch losses scatter about the mean of all samples, which a step of its gradient lowers."""
    rng = np.random.default_rng(0)
    problem = drawn(rng, (5, 4), ("identity",), samples=400)
    whole = Problem(problem.network, problem.X, problem.Y, objective=Objective("mean"))
    parts = [Problem(whole.network, whole.X[k : k + 100], whole.Y[k : k + 100]).loss() for k in range(0, 400, 100)]
    assert np.mean(parts) == pytest.approx(whole.loss(), rel=1e-12)
    tape = record(whole)
    assert max(parts) - min(parts) > tape.loss - float(tape["J+"].value) > 0


def balanced(latex: str) -> bool:
    depth = 0
    for sign in latex.replace(r"\{", "").replace(r"\}", ""):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0:
            return False
    return depth == 0


@pytest.mark.parametrize("name", [entry.name for entry in shelf()])
def test_q10_formulas_are_set_with_all_their_brackets(name: str) -> None:
    """Q10, 001.25, 002.5: what is opened is closed, in every formula of the shelf and in its Markdown."""
    tape = record(load_problem(name))
    for step in tape.steps:
        assert balanced(step.latex)
        assert "$" not in step.latex
    assert tape_to(tape, "markdown").count("$$") % 2 == 0
