"""A lone output tells two classes apart: the indices 0 and 1 are its targets, in files, in scripts and back again."""

from typing import Any

import numpy as np
import pytest

from explorer import check_gradients
from explorer.engine import ExplorerError, Network, Objective, Trainer
from explorer.engine.problem import class_count, targets_matrix
from explorer.problems import problem_from, problem_to_json
from explorer.session.evaluator import Evaluator, SampleSet
from explorer.tape import record

XOR = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
LABELS = [0, 1, 1, 0]
BINARY = ["sigmoid_cross_entropy", "half_squared_error", "squared_error"]


def file_of(loss: str, targets: object = LABELS, output: str = "identity") -> dict[str, Any]:
    layers = [{"units": 4, "activation": "tanh"}, {"units": 1, "activation": output}]
    return {
        "format": "backprop-explorer/problem",
        "version": 1,
        "network": {"layers": layers, "loss": loss},
        "init": {"scheme": "normal", "scale": 1, "seed": 3},
        "data": {"inputs": XOR, "targets": targets},
    }


@pytest.mark.parametrize("loss", BINARY)
def test_class_indices_are_the_targets(loss: str) -> None:
    problem = problem_from(file_of(loss))
    assert problem.Y.tolist() == [[0], [1], [1], [0]]
    assert problem.labels is not None
    assert problem.labels.tolist() == LABELS
    again = problem_from(problem_to_json(problem))
    np.testing.assert_array_equal(again.Y, problem.Y)
    assert '"targets": [0, 1, 1, 0]' in problem_to_json(problem)


@pytest.mark.parametrize("loss", BINARY)
def test_values_may_be_given_as_rows(loss: str) -> None:
    problem = problem_from(file_of(loss, [[0.25], [1], [0.5], [0]]))
    assert problem.Y.ravel().tolist() == [0.25, 1, 0.5, 0]
    assert problem.labels is None


def test_a_lone_softmax_knows_one_class() -> None:
    assert problem_from(file_of("softmax_cross_entropy", [0] * 4)).Y.tolist() == [[1]] * 4
    with pytest.raises(ExplorerError, match=r"data.targets\[1\] is 1: expected 0, the only class, or for every sample"):
        problem_from(file_of("softmax_cross_entropy"))


def test_other_indices_are_refused() -> None:
    with pytest.raises(
        ExplorerError, match=r"data.targets\[1\] is 2: expected a class from 0 to 1, or for every sample"
    ):
        problem_from(file_of("sigmoid_cross_entropy", [0, 2, 1, 0]))
    with pytest.raises(ExplorerError, match=r"class 3: expected 0 to 1 for 1 output, or a matrix \(N, 1\) of values"):
        targets_matrix([3], 1, np.dtype(np.float64), "squared_error")


def test_several_outputs_have_a_class_each_under_every_loss() -> None:
    for loss in (*BINARY, "softmax_cross_entropy"):
        assert class_count(3, loss) == 3
        assert targets_matrix([2, 0], 3, np.dtype(np.float64), loss)[0].tolist() == [[0, 0, 1], [1, 0, 0]]


def test_p_and_its_gradient_are_those_of_a_yes() -> None:
    problem = problem_from(file_of("sigmoid_cross_entropy"))
    tape = record(problem)
    p = 1 / (1 + np.exp(-tape["z2"].value))
    np.testing.assert_allclose(tape["p"].value, p, rtol=1e-15)
    np.testing.assert_allclose(tape["dJ/dz2"].value, (p - problem.Y) / 4, rtol=1e-14)
    right = np.where(problem.Y == 1, p, 1 - p)
    assert tape.loss == pytest.approx(-np.log(right).mean(), rel=1e-14)
    assert check_gradients(problem).passed


def test_one_output_learns_exclusive_or_and_is_measured_right() -> None:
    network = Network.random((2, 8, 1), "tanh", seed=1, loss="sigmoid_cross_entropy")
    trainer = Trainer(network, XOR, LABELS, learning_rate=1.0, batch_size=4)
    result = trainer.run(500)
    assert result.loss < 0.05
    assert result.accuracy == 1.0
    assert (network.predict_proba(XOR)[:, 0] > 0.5).tolist() == [False, True, True, False]
    Y = np.array(LABELS, float)[:, None]
    samples = SampleSet(XOR, Y, 0, network.dtype)
    assert Evaluator(samples, samples, Objective(), 4).evaluate(network, 500).test_accuracy == 1.0
    network.layers[-1].weights[...] *= -1
    assert samples.measure(network)[1] < 1.0


def test_logits_between_zero_and_a_half_are_a_yes() -> None:
    network = Network((1, 1), ("identity",), "sigmoid_cross_entropy")
    network.parameters["b1"][:] = 0.3
    assert Trainer(network, [[0.0]], [1]).run(1).accuracy == 1.0
