"""Write-up 002, item by item: the same results in index notation, and the gaps that it leaves."""

import math

import numpy as np
import pytest

from explorer import check_gradients, record
from explorer.engine import Network, Trainer
from explorer.engine.losses import log_softmax, softmax
from explorer.tape.entries import entry
from tests.seeds.nets import (
    draws,
    equal,
    perceptron,
    reference_gradient,
    softmax_problem,
    tape_of_logits,
    tape_of_sigmoids,
)


def test_002_2_softmax_does_not_see_an_offset() -> None:
    """002.2: softmax(x) = softmax(x + c); neither do the loss and its gradient."""
    for rng in draws():
        x, c, y = rng.normal(size=4), float(rng.uniform(-5, 5)), np.eye(4)[1]
        plain, shifted = tape_of_logits(x, y), tape_of_logits(x + c, y)
        for name in ("p", "J", "dJ/dz1"):
            equal(shifted.value(name), plain.value(name), rtol=1e-13)


def test_002_3_an_offset_is_a_factor_of_each_power() -> None:
    """002.3: exp(x_i + c) = exp(x_i) exp(c), on odds that the tape gives: p_i/p_j = exp(x_i - x_j) for any c."""
    for rng in draws():
        x, c = rng.normal(size=4), float(rng.uniform(-5, 5))
        equal(np.exp(x + c), np.exp(x) * math.exp(c), rtol=4e-15)
        p = tape_of_logits(x + c, np.eye(4)[0])["p"].value[0]
        equal(p / p[0], np.exp(x) / np.exp(x[0]), rtol=1e-13)


def test_002_4_an_offset_is_a_factor_of_the_sum() -> None:
    """002.4: sum_j exp(x_j + c) = exp(c) sum_j exp(x_j): the log-sum-exp, J + x_k, moves by c."""
    for rng in draws():
        x, c = rng.normal(size=4), float(rng.uniform(-5, 5))
        assert np.exp(x + c).sum() == pytest.approx(math.exp(c) * np.exp(x).sum(), rel=1e-14)
        above, below = (tape_of_logits(z, np.eye(4)[2]).loss + z[2] for z in (x + c, x))
        assert above - below == pytest.approx(c, rel=1e-12, abs=1e-14)


def test_002_5_the_common_factor_cancels() -> None:
    """002.5: exp(c) stands in numerator and denominator, and cancels."""
    for rng in draws():
        x, c = rng.normal(size=4), float(rng.uniform(-5, 5))
        over, under = np.exp(x) * math.exp(c), np.exp(x).sum() * math.exp(c)
        equal(tape_of_logits(x, np.eye(4)[0])["p"].value[0], over / under, rtol=4e-15)


@pytest.mark.parametrize("c", [-1e4, -1000, 0, 1000, 1e4])
def test_002_6_the_program_s_stable_softmax_fills_the_gap(c: float) -> None:
    """002.6, "please see code": the engine's softmax and its logarithm at any offset; the edge of the shelf."""
    x = np.array([[1.0, 2]]) + c
    equal(softmax(x), [[1 / (1 + math.e), math.e / (1 + math.e)]], rtol=1e-15)
    equal(np.exp(log_softmax(x)), softmax(x), rtol=1e-15)
    assert softmax(x)[0] == pytest.approx([0.26894142, 0.73105858], abs=5e-9)


def test_002_7_the_sigmoid_takes_a_vector_to_a_vector() -> None:
    """002.7: sigma(X)_i = 1/(1 + exp(-x_i)), elementwise."""
    for rng in draws():
        x = rng.normal(0, 3, 6)
        h = tape_of_sigmoids(x)["h1"].value
        assert h.shape == (1, 6)
        for i in range(6):
            assert h[0, i] == pytest.approx(tape_of_sigmoids(x[i : i + 1])["h1"].value.item(), rel=1e-15)
            assert h[0, i] == pytest.approx(1 / (1 + math.exp(-x[i])), rel=1e-15)


def test_002_8_the_slope_in_nine_lines() -> None:
    """002.8: nine lines to sigma (1 - sigma), with the +1 - 1 trick."""
    for rng in draws():
        x = rng.normal(0, 2, 6)
        tape = tape_of_sigmoids(x)
        e, s = np.exp(-x), tape["h1"].value[0]
        difference = tape_of_sigmoids(x + 1e-5)["h1"].value[0] - tape_of_sigmoids(x - 1e-5)["h1"].value[0]
        lines = (
            -((1 + e) ** -2) * (-e),
            e / (1 + e) ** 2,
            1 / (1 + e) * (e / (1 + e)),
            1 / (1 + e) * (((1 + e) - 1) / (1 + e)),
            1 / (1 + e) * ((1 + e) / (1 + e) - 1 / (1 + e)),
            1 / (1 + e) * (1 - 1 / (1 + e)),
            s * (1 - s),
        )
        equal(difference / 2e-5, tape["dh1/dz1"].value[0], rtol=1e-6, atol=1e-9)
        for line in lines:
            equal(line, tape["dh1/dz1"].value[0], rtol=1e-12)


def test_002_9_three_forms_of_the_loss() -> None:
    """002.9: -log q_y = -log(exp(x_y)/sum_j exp(x_j)) = -x_y + log sum_j exp(x_j); lesson 5's numbers."""
    for rng in draws():
        problem, k = softmax_problem(rng)
        x, tape = problem.X[0], record(problem)
        forms = (-math.log(tape["p"].value[0, k]), -math.log(math.exp(x[k]) / np.exp(x).sum()))
        assert tape.loss == pytest.approx(-x[k] + math.log(np.exp(x).sum()), rel=1e-13)
        assert forms == pytest.approx((tape.loss, tape.loss), rel=1e-13)
    lesson = tape_of_logits([1.0, 2, 3], [1, 0, 0])
    assert lesson.loss == pytest.approx(2.407606, abs=5e-7)
    assert lesson["dJ/dz1"].value[0] == pytest.approx([-0.909969, 0.244728, 0.665241], abs=5e-7)


def test_002_10_zeros_of_the_label_drop_out() -> None:
    """002.10: of the sum -sum_i y_i log q_i only the label's term stays: other probabilities do not matter alone."""
    for rng in draws():
        problem, k = softmax_problem(rng)
        tape = record(problem)
        terms = problem.Y[0] * np.log(tape["p"].value[0])
        assert (np.delete(terms, k) == 0).all()
        assert tape.loss == pytest.approx(-terms[k], rel=1e-13)
    assert tape_of_logits([0.0, 0, -1e4], [1, 0, 0]).loss == pytest.approx(math.log(2), rel=1e-15)


def test_002_11_the_gradient_for_each_input_fills_the_gap() -> None:
    """002.11: after "calculate the gradient for each xi" nothing follows; it is q_i - [i = y]."""
    for rng in draws():
        problem, k = softmax_problem(rng)
        tape = record(problem)
        for i, q in enumerate(tape["p"].value[0]):
            assert tape["dJ/dx"].value[0, i] == pytest.approx(q - (i == k), abs=1e-15)
        equal(tape["dJ/dx"].value[0], reference_gradient(problem, "x"))


def test_002_12_the_gradients_of_a_perceptron_fill_the_gap() -> None:
    """002.12: the seven gradients of a net with one hidden layer, where the write-up has an empty bullet."""
    for rng in draws():
        problem = perceptron(rng)
        tape, network = record(problem), problem.network.parameters
        x, h = problem.X, tape["h1"].value
        d2 = tape["p"].value - problem.Y
        d1 = d2 @ network["W2"].T * h * (1 - h)
        wanted = {"z2": d2, "z1": d1, "W2": h.T @ d2, "b2": d2[0], "W1": x.T @ d1, "b1": d1[0]}
        for name, gradient in {**wanted, "x": d1 @ network["W1"].T}.items():
            equal(tape[f"dJ/d{name}"].value, gradient)
        for name in ("W1", "b1", "W2", "b2"):
            equal(tape[f"dJ/d{name}"].value, reference_gradient(problem, name))
        equal(tape["dJ/dx"].value[0], reference_gradient(problem, "x"))


def test_002_14_the_code_section_fills_the_gap_forward_and_backward() -> None:
    """002.14, parts 5 to 7 "in the code": sigmoid, gradient check, forward and backward pass are the program's."""
    for rng in draws(5):
        problem = perceptron(rng, samples=3)
        phases = [step.phase for step in record(problem).steps]
        assert phases == sorted(phases, key=("forward", "backward", "update").index)
        report = check_gradients(problem)
        assert report.passed
        assert [block.name for block in report.blocks] == ["dJ/dW1", "dJ/db1", "dJ/dW2", "dJ/db2", "dJ/dx"]


def test_002_14_training_uses_the_gradients_of_the_tape() -> None:
    """002.14: the trainer's backward pass is the tape's."""
    for rng in draws(5):
        problem = perceptron(rng, samples=6)
        tape, trainer = record(problem), Trainer.of(problem, batch_size=6)
        assert trainer.compute_gradient() == pytest.approx(tape.loss, rel=1e-12)
        for name, gradient in trainer.gradients.items():
            equal(gradient, tape[f"dJ/d{name}"].value)


def test_002_12_every_entry_shows_its_factors() -> None:
    """002.12: an entry of dW2 is h_j (q_k - t_k), and the tape says so."""
    problem = perceptron(np.random.default_rng(0))
    tape = record(problem)
    for j, k in np.ndindex(tape["dJ/dW2"].shape):
        (term,) = entry(tape, tape["dJ/dW2"], (j, k)).terms
        assert term.cells == (("h1", (0, j)), ("dJ/dz2", (0, k)))


def test_002_6_a_network_s_probabilities_are_stable_too() -> None:
    """002.6: predict_proba at logits of +-1e4."""
    network = Network((1, 2), ("identity",))
    network.parameters["W1"][:] = [[1e4, -1e4]]
    assert network.predict_proba([[1.0], [-1.0]]).tolist() == [[1, 0], [0, 1]]
