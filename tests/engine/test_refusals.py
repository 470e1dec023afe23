"""What the trainer and the conventions refuse: one sentence that says what was found and what was expected."""

from collections.abc import Callable

import numpy as np
import pytest

from explorer.engine import ExplorerError, Network, Objective, Trainer, Update
from explorer.engine.problem import targets_matrix

GOOD = np.ones((4, 3))
LABELS = [0, 1, 0, 1]


def train(X: object = GOOD, labels: object = LABELS, **options: object) -> Trainer:
    return Trainer(Network((3, 2), ("identity",)), X, labels, **options)  # type: ignore[arg-type] # wrong on purpose


CASES: dict[str, tuple[Callable[[], object], str]] = {
    "X one-dimensional": (lambda: train(np.ones(3)), r"X has shape \(3,\): expected \(N, 3\)"),
    "X too wide": (lambda: train(np.ones((4, 5))), r"X has shape \(4, 5\): expected \(N, 3\)"),
    "X ragged": (lambda: train([[1, 2, 3], [1, 2]]), "X: this is no table of numbers, give rows of equal length"),
    "X words": (lambda: train([["a", "b", "c"]]), "X: this is no table of numbers"),
    "X NaN": (lambda: train(GOOD * np.nan), "the data hold infinities or NaN"),
    "X infinite": (lambda: train(GOOD * np.inf), "the data hold infinities or NaN"),
    "too few targets": (lambda: train(labels=[0, 1]), "4 inputs and 2 targets: expected as many of each"),
    "no data": (lambda: train(np.ones((0, 3)), np.ones((0, 2))), "0 inputs and 0 targets: .* at least 1"),
    "class too large": (lambda: train(labels=[0, 1, 2, 0]), "class 2: expected 0 to 1 for 2 outputs"),
    "class negative": (lambda: train(labels=[0, 1, -1, 0]), "class -1: expected 0 to 1 for 2 outputs"),
    "classes as floats": (lambda: train(labels=[0.0, 1.0, 0.0, 1.0]), r"targets have shape \(4,\): expected class"),
    "targets too wide": (lambda: train(labels=np.ones((4, 3))), r"targets have shape \(4, 3\): .*\(N, 2\)"),
    "targets ragged": (lambda: train(labels=[[1, 0], [1]]), "targets: this is no table of numbers"),
    "targets words": (lambda: train(labels=[["a", "b"]] * 4), "targets: this is no table of numbers"),
    "targets NaN": (lambda: train(labels=np.full((4, 2), np.nan)), "the data hold infinities or NaN"),
    "optimizer": (lambda: train(optimizer="newton"), "optimizer 'newton' is unknown: use one of sgd"),
    "batch size": (lambda: train(batch_size=0), "batch size 0: expected a whole number, 1 or more"),
    "seed": (lambda: train(seed=-1), "seed -1: expected a whole number, 0 or more"),
    "rate zero": (lambda: train(learning_rate=0.0), "learning rate 0.0: expected a finite number above 0"),
    "rate negative": (lambda: train(learning_rate=-1.0), "learning rate -1.0: expected"),
    "rate NaN": (lambda: train(learning_rate=np.nan), "learning rate nan: expected"),
    "rate infinite": (lambda: train(learning_rate=np.inf), "learning rate inf: expected"),
    "rate changed": (lambda: setattr(train(), "learning_rate", -1), "learning rate -1.0: expected"),
    "update": (lambda: Update("newton"), "optimizer 'newton' is unknown: use one of sgd"),
    "reduction": (lambda: Objective("median"), "reduction 'median' is unknown: use mean or sum"),  # type: ignore[arg-type]
    "l2 form": (lambda: Objective(l2_form="third"), "l2_form 'third' is unknown"),  # type: ignore[arg-type]
    "l2 negative": (lambda: Objective(l2=-0.1), "l2 -0.1: expected a finite number, 0 or more"),
    "l2 NaN": (lambda: Objective(l2=np.nan), "l2 nan: expected a finite number"),
}


@pytest.mark.parametrize("case", CASES)
def test_refused_in_one_sentence(case: str) -> None:
    attempt, words = CASES[case]
    with pytest.raises(ExplorerError, match=words) as refusal:
        attempt()
    assert "\n" not in str(refusal.value)


def test_data_too_large_for_single_precision_are_refused_without_a_warning() -> None:
    with pytest.raises(ExplorerError, match="the data hold infinities or NaN"):
        Trainer(Network((3, 2), ("identity",), dtype="float32"), GOOD * 1e300, LABELS)


def test_a_refused_rate_leaves_the_old_one() -> None:
    trainer = train(learning_rate=0.5)
    with pytest.raises(ExplorerError):
        trainer.learning_rate = np.inf
    assert trainer.learning_rate == 0.5


def test_class_indices_become_one_hot_rows() -> None:
    Y, labels = targets_matrix(np.array([2, 0], np.uint8), 3, np.dtype(np.float32))
    np.testing.assert_array_equal(Y, [[0, 0, 1], [1, 0, 0]])
    assert Y.dtype == np.float32
    assert labels is not None
    assert labels.tolist() == [2, 0]


def test_a_matrix_of_targets_is_kept_as_it_is() -> None:
    Y, labels = targets_matrix([[0.2, 0.8]], 2, np.dtype(np.float64))
    np.testing.assert_array_equal(Y, [[0.2, 0.8]])
    assert labels is None
