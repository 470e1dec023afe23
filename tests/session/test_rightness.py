"""Whether a sample can be taken right: targets that are 0 and 1 by accident, or made up, are no classes."""

from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.engine import Network, Problem
from explorer.files import WeightsInfo, write_weights
from explorer.session import Edit, Session, Subject
from explorer.session.opening import open_data, open_named
from explorer.session.pictures.confusion import can_confuse, has_classes
from explorer.session.rightness import ZEROS, has_accuracy, lacks_samples, targets_kind


def subject_of(Y: list[list[float]], loss: str, labels: list[int] | None = None) -> Subject:
    given = None if labels is None else np.array(labels)
    network = Network.random((1, len(Y[0])), seed=0, loss=loss)
    return Subject.of_problem("mine", Problem(network, np.ones((len(Y), 1)), np.array(Y), given))


@pytest.mark.parametrize(
    ("Y", "loss", "kind"),
    [
        ([[0.0], [0.0]], "half_squared_error", "values"),
        ([[1.0]], "squared_error", "values"),
        ([[0.0], [1.0]], "half_squared_error", "classes"),
        ([[1.0], [1.0]], "sigmoid_cross_entropy", "classes"),
        ([[0.0, 1.0]], "half_squared_error", "classes"),
        ([[1.0, 1.0], [0.0, 1.0]], "sigmoid_cross_entropy", "labels"),
        ([[1.0, 1.0], [0.0, 1.0]], "half_squared_error", "values"),
    ],
)
def test_targets_are_what_the_loss_makes_of_them(Y: list[list[float]], loss: str, kind: str) -> None:
    assert targets_kind(subject_of(Y, loss)) == kind


def test_classes_that_the_file_names_are_classes() -> None:
    assert targets_kind(subject_of([[1.0], [1.0]], "half_squared_error", [1, 1])) == "classes"


def test_columns_of_numbers_are_never_classes(tmp_path: Path) -> None:
    file = tmp_path / "two.csv"
    file.write_text("a,b\n1,2\n3,4\n")
    subject, settings = open_named(str(file))
    assert set(np.unique(subject.problem.Y)) <= {0.0, 1.0}
    assert not has_accuracy(subject)
    assert not has_classes(subject)
    session = Session(subject, settings)
    session.do(Edit(("y", (0, 0)), 1.0))
    assert not has_accuracy(session.state.subject)


def test_a_data_set_of_classes_has_them_until_a_target_is_no_class() -> None:
    session = Session(*open_data("moons"))
    assert targets_kind(session.state.subject) == "classes"
    session.do(Edit(("y", (0, 0)), 0.7))
    assert targets_kind(session.state.subject) == "values"


@pytest.mark.parametrize(
    ("loss", "names", "classes"),
    [("half_squared_error", (), False), ("softmax_cross_entropy", (), True), ("half_squared_error", ("a", "b"), True)],
)
def test_what_stands_in_for_lost_data_is_neither_right_nor_wrong(
    tmp_path: Path, loss: str, names: tuple[str, ...], classes: bool
) -> None:
    network, file = Network.random((3, 4, 2), seed=1, loss=loss), tmp_path / "w.npz"
    write_weights(file, network, WeightsInfo(data="lost.csv", classes=names, steps=2130))
    subject, settings = open_named(str(file))
    assert lacks_samples(subject)
    assert (has_accuracy(subject), can_confuse(subject), has_classes(subject)) == (False, False, classes)
    assert subject.problem.Y.any() == (loss == "softmax_cross_entropy")
    wider = subject.with_settings(replace(settings, hidden=(5,)))
    assert wider.title == ZEROS
    assert not has_accuracy(wider)
