"""The problems on the shelf give the numbers that were worked out independently, to the digits given."""

import numpy as np
import pytest
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.engine import Trainer, Update
from explorer.problems import load_problem
from explorer.tape import Tape, record

Numbers = list[list[float]] | list[float] | NDArray[np.floating] | float


def value(tape: Tape, name: str) -> NDArray[np.floating]:
    return tape[name].value


def assert_digits(tape: Tape, expected: dict[str, Numbers], digits: float) -> None:
    for name, numbers in expected.items():
        found = value(tape, name)
        assert found.shape == np.shape(numbers), name
        assert (abs(found - np.asarray(numbers)) <= digits).all(), (name, found)


def test_net_s() -> None:
    tape = record(load_problem("net-s"))
    assert value(tape, "p")[0, 1] == pytest.approx(0.243365, abs=5e-7)
    assert tape.loss == pytest.approx(1.413195, abs=5e-7)
    assert value(tape, "dJ/dW2")[:, 0] == pytest.approx([0.470975, 0.090193], abs=5e-7)
    assert value(tape, "dJ/dW1")[0] == pytest.approx([0.355624, 0.059581], abs=5e-7)
    assert value(tape, "dJ/dW1")[1, 0] == pytest.approx(-0.355624, abs=5e-7)
    assert value(tape, "dJ/dx")[0] == pytest.approx([0.325834, 0.296975], abs=5e-7)


def test_net_s_with_the_product_on_the_wrong_side() -> None:
    """The printed line of write-up 000: (dJ/dh W1^T) o h o (1 - h), right only in its shape."""
    tape = record(load_problem("net-s"))
    wrong = (value(tape, "dJ/dh1") @ value(tape, "dz1/dx")) * value(tape, "dh1/dz1")
    assert wrong[0] == pytest.approx([0.288945, 0.198605], abs=5e-7)


MAZUR: dict[str, Numbers] = {
    "h1": [[0.593269992, 0.596884378]],
    "h2": [[0.75136507, 0.772928465]],
    "J": 0.298371109,
    "dJ/dz2": [[0.138498562, -0.0380982365]],
    "dJ/dW1": [[0.000438567734, 0.000497712735], [0.000877135469, 0.000995425471]],
    "dJ/dW2": [[0.0821670406, -0.0226025405], [0.0826676278, -0.0227402422]],
    "W1+": [[0.149780716, 0.249751144], [0.199561432, 0.299502287]],
    "W2+": [[0.35891648, 0.51130127], [0.408666186, 0.561370121]],
    "b1+": [0.35, 0.35],
    "b2+": [0.6, 0.6],
}


def test_mazur() -> None:
    tape = record(load_problem("mazur"))
    assert_digits(tape, MAZUR, 5.1e-10)
    assert value(tape, "z1")[0, 0] == pytest.approx(0.3775, abs=1e-15)
    assert value(tape, "z2")[0, 0] == pytest.approx(1.105905967, abs=5.1e-10)
    assert value(tape, "dJ/dh2")[0, 0] == pytest.approx(0.74136507, abs=5.1e-9)
    assert value(tape, "dh2/dz2")[0, 0] == pytest.approx(0.186815602, abs=5.1e-10)
    assert value(tape, "dJ/dh1")[0, 0] == pytest.approx(0.036350306, abs=5.1e-10)
    assert value(tape, "dh1/dz1")[0, 0] == pytest.approx(0.241300709, abs=5.1e-10)
    assert float(value(tape, "J+")) == pytest.approx(0.29102777369359933, rel=1e-15)


def test_mazur_output_losses_and_the_run_with_biases() -> None:
    problem = load_problem("mazur")
    halves = 0.5 * np.square(value(record(problem), "h2") - problem.Y)
    assert halves[0] == pytest.approx([0.274811083, 0.023560026], abs=5.1e-10)
    with_biases = record(replace(problem, update=Update("sgd", 0.5)))
    assert float(value(with_biases, "J+")) == pytest.approx(0.280471447, abs=5.1e-10)


DEAD: dict[str, Numbers] = {
    "dJ/dz2": [[0.429052723714, 0.221490524653, -0.650543248367]],
    "dJ/dh1": [[-0.005683359796, -0.036817689655]],
    "dJ/dz1": [[-0.005683359796, 0]],
}


def test_dead_relu() -> None:
    tape = record(load_problem("dead-relu"))
    assert_digits(tape, DEAD, 5.1e-13)
    # These digits are 2.28 times the rounded ones of dJ/dz2.
    weights = [[0.978240210068, 0.504998396209, -1.483238606277], [0.0, 0.0, 0.0]]
    assert_digits(tape, {"dJ/dW2": weights}, 2.28 * 5.1e-13 + 5.1e-13)
    assert_digits(tape, {"z1": [[2.28, -0.68]], "z2": [[0.4332, -0.228, 0.228]]}, 1e-15)
    assert_digits(tape, {"dJ/dW1": [[-0.09093376, 0], [0.03410016, 0]], "dJ/db1": [-0.00568336, 0]}, 5.1e-9)
    assert tape.loss == pytest.approx(1.0513754685043635, rel=1e-15)


def test_softmax_at_the_edge() -> None:
    p = value(record(load_problem("softmax-edge")), "p")
    assert p[0] == pytest.approx([0.26894142, 0.73105858], abs=5.1e-9)
    assert (p[1] == p[0]).all()
    assert p[2] == pytest.approx([0.73105858, 0.26894142], abs=5.1e-9)


def test_batch_cross_entropy() -> None:
    problem = load_problem("batch-cross-entropy")
    shifted = record(replace(problem, X=problem.X + 1000))
    columns = [[-0.29358105, 0.22809874], [0.13604698, -0.34982719], [0.15753407, 0.12172845]]
    for tape in (record(problem), shifted):
        assert tape.loss == pytest.approx(1.0437608174087478, rel=1e-13)
        assert_digits(tape, {"dJ/dz1": np.transpose(columns)}, 5.1e-9)


# z[0, 0], p[0, 0], dJ/dz[0, 0], J of each iteration: trace 003 with the sign mended and one bias for both samples.
TRACE = [
    (0.0, 0.5, -0.25, 0.6931471805599453),
    (0.25, 0.6224593312018546, -0.1887703343990727, 0.47407698418010663),
    (0.43877033439907265, 0.7063123281484124, -0.1468438359257938, 0.34769774816994703),
]


@pytest.mark.parametrize("iteration", range(3))
def test_the_two_sample_trace_mended(iteration: int) -> None:
    tape = record(load_problem("trace-003"), after=iteration)
    pattern = np.array([[1, -1], [-1, 1]])
    z, p, dz, loss = TRACE[iteration]
    assert_digits(tape, {"z1": z * pattern, "dJ/dz1": dz * pattern, "dJ/dW1": dz * pattern}, 1e-15)
    assert_digits(tape, {"p": 0.5 + (p - 0.5) * pattern, "dJ/db1": [0.0, 0.0]}, 1e-15)
    assert tape.loss == pytest.approx(loss, abs=1e-15)


def test_the_two_sample_trace_as_printed_has_the_sign_of_the_gradient_wrong() -> None:
    """Climbing with a bias for each sample gives the printed J = 1.313262, then z_00 = -1.231059."""
    z = np.zeros((2, 2))
    losses = []
    for _ in range(2):
        problem = replace(load_problem("trace-003"), X=z)
        problem.network.layers[0].weights[...] = np.eye(2)
        tape = record(problem)
        losses.append(tape.loss)
        z = z + 2 * value(tape, "dJ/dz1")
    assert losses[1] == pytest.approx(1.313262, abs=5e-7)
    assert z[0, 0] == pytest.approx(-1.2310585786300048, abs=1e-15)


def test_xor_is_learned() -> None:
    problem = load_problem("xor")
    Trainer.of(problem, batch_size=4).run(steps=500)
    assert problem.loss() < 0.01


def test_the_homework_has_115_parameters() -> None:
    problem = load_problem("homework-10-5-10")
    assert problem.drawn
    assert problem.network.theta.size == 115
