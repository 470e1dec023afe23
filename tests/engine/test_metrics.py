"""Accuracy: where the targets are classes or labels, and only there."""

import numpy as np
import pytest

from explorer.engine import Network, Trainer
from explorer.engine.metrics import accuracy, kind_of

SEVERAL = np.array([[1.0, 1, 0], [0, 0, 0], [0, 1, 0]])


def test_share_of_rows_whose_largest_output_is_the_class() -> None:
    outputs = np.array([[0.1, 0.9], [0.8, 0.2], [0.3, 0.7], [0.6, 0.4]])
    assert accuracy(outputs, np.eye(2)[[1, 0, 0, 1]]) == 0.5


def test_the_first_of_equal_outputs_wins() -> None:
    assert accuracy(np.zeros((2, 3)), np.eye(3)[[0, 1]]) == 0.5


def test_one_output_is_compared_with_a_half() -> None:
    outputs = np.array([[0.4], [0.6], [0.5], [0.9]])
    assert accuracy(outputs, np.array([[0.0], [1], [1], [0]])) == 0.5


@pytest.mark.parametrize("Y", [[[0.5, 0.5]], [[1.0, 1.0]], [[0.0, 0.0]], [[0.01, 0.99]]])
def test_targets_that_are_no_classes_have_no_accuracy(Y: list[list[float]]) -> None:
    assert np.isnan(accuracy(np.array([[0.2, 0.8]]), np.array(Y)))


def test_a_negative_temperature_turns_the_prediction_round() -> None:
    network = Network((2, 2), ("identity",), beta=-1.0)
    network.parameters["W1"][:] = np.eye(2)
    X, labels = np.eye(2), [1, 0]
    result = Trainer(network, X, labels, batch_size=2).run(1)
    assert result.accuracy == 1.0


def test_what_targets_are() -> None:
    assert kind_of(np.eye(3), multilabel=True) == "classes"
    assert kind_of(SEVERAL, multilabel=True) == "labels"
    assert kind_of(SEVERAL) == "values"
    assert kind_of(SEVERAL * 0.5, multilabel=True) == "values"


def test_a_row_of_labels_is_right_where_every_label_is() -> None:
    p = np.array([[0.9, 0.6, 0.2], [0.1, 0.5, 0.4], [0.1, 0.9, 0.6]])
    assert accuracy(p, SEVERAL, "labels") == pytest.approx(2 / 3)


def test_minibatches_of_labels_are_judged_as_the_whole_is() -> None:
    network = Network((3, 3), ("identity",), "sigmoid_cross_entropy")
    network.parameters["W1"][:] = 10 * np.eye(3)
    network.parameters["b1"][:] = 1
    X = np.array([[0.0, 5, 0], [1, 1, 0]])
    trainer = Trainer(network, X, np.array([[0.0, 1, 0], [1, 1, 0]]), batch_size=1, learning_rate=1e-9)
    assert {trainer.run(1).accuracy for _ in range(4)} == {0.0}  # a one-hot row, too, has its zeros wrong


def test_one_against_all_is_judged_by_the_largest() -> None:
    network = Network((2, 2), ("identity",), "sigmoid_cross_entropy")
    network.parameters["W1"][:] = np.eye(2)
    network.parameters["b1"][:] = -9
    assert Trainer(network, np.eye(2), [0, 1], batch_size=2).run(1).accuracy == 1.0
