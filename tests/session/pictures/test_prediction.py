"""Predictions over targets: in the units of the data, held to the formulas, within their bounds."""

import math

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.data import finished, load_dataset
from explorer.engine.problem import Objective
from explorer.session import Session, Settings, Subject
from explorer.session.evaluator import SampleSet
from explorer.session.opening import open_named
from explorer.session.pictures.prediction import (
    can_predict,
    error_of_loss,
    in_target_units,
    predicted_names,
    prediction,
    shown_sample,
)


def houses(outputs: int = 2, *, fitting: str = "standardise", samples: int = 60) -> Subject:
    """Return samples of four inputs whose targets are prices about 1000, and rents about 50."""
    generator = np.random.default_rng(0)
    X = generator.normal(size=(samples, 4))
    targets = np.column_stack([1000 + 100 * X[:, 0], 50 - 5 * X[:, 1] * X[:, 2]])[:, :outputs]
    told = {"X": X, "labels": np.zeros(samples, np.intp), "classes": (), "targets": targets}
    told |= {"features": ("a", "b", "c", "d"), "quantities": ("price", "rent")[:outputs]}
    data = replace(load_dataset("moons"), fitting=fitting, **told)
    return Subject.of_data(data, Settings((4,), "tanh", 0.1, 16, 1))


@pytest.mark.parametrize("column", [0, 1])
@pytest.mark.parametrize("fitting", ["standardise", "none"])
def test_errors_are_those_of_the_formulas_in_the_units_of_the_data(column: int, fitting: str) -> None:
    subject = houses(fitting=fitting)
    network = subject.problem.network
    found = finished(prediction(subject, network, column, 1000))
    assert found.name == ("price", "rent")[column]
    for part, (X, Y) in zip(found.parts, subject.parts, strict=True):
        raw, outputs = (
            each if subject.targets is None else subject.targets.undone(each) for each in (Y, network.predict_proba(X))
        )
        np.testing.assert_allclose(part.targets, raw[:, column])
        np.testing.assert_allclose(part.outputs, outputs[:, column])
        errors = part.errors()
        assert errors is not None
        off = outputs[:, column] - raw[:, column]
        assert errors.rmse == pytest.approx(np.linalg.norm(off) / np.sqrt(len(off)))
        assert errors.mae == pytest.approx(np.mean(np.abs(off)))
        assert errors.r2 == pytest.approx(1 - np.mean(off**2) / np.var(raw[:, column]))


def test_samples_are_bounded_and_the_frame_is_not_by_them() -> None:
    subject = houses(samples=400)
    few, all_of_them = (finished(prediction(subject, subject.problem.network, 0, most)) for most in (10, 1000))
    assert [len(part.samples) for part in few.parts] == [10, 10]
    assert [len(part.samples) for part in all_of_them.parts] == [300, 100]
    assert few.frame == all_of_them.frame
    assert (few.frame.left, few.frame.right) == (few.frame.bottom, few.frame.top)
    assert few.frame.left < all_of_them.parts[0].targets.min()


def test_predictions_beyond_the_frame_are_counted_and_lost_ones_noticed() -> None:
    subject = houses()
    network = subject.problem.network.copy()
    network.parameters["b2"][0] += 100
    found = finished(prediction(subject, network, 0, 1000))
    assert found.beyond == 60
    assert found.is_finite
    network.theta[:] = np.nan
    assert not finished(prediction(subject, network, 0, 1000)).is_finite


def test_targets_that_are_all_alike_have_no_share_explained() -> None:
    found = finished(prediction(houses(), houses().problem.network, 0, 1000)).parts[0]
    errors = replace(found, targets=np.ones(len(found.samples))).errors()
    assert errors is not None
    assert math.isnan(errors.r2)
    nobody = replace(found, samples=np.empty(0, np.intp), targets=np.empty(0), outputs=np.empty(0))
    assert nobody.errors() is None


@pytest.mark.parametrize(
    ("name", "applies"),
    [("sine", True), ("moons", False), ("digits", False), ("net-s", False), ("mazur", False)],
)
def test_it_is_of_numbers_and_of_several_samples(name: str, applies: bool) -> None:
    subject, _ = open_named(name)
    assert can_predict(subject) is applies


def test_the_shown_sample_is_told_in_the_same_units() -> None:
    subject = houses()
    session = Session(subject, Settings((4,), "tanh", 0.1, 16, 1))
    session.show_held_out(3)
    found = finished(prediction(subject, session.state.network, 1, 1000)).parts[1]
    assert shown_sample(session.state, 1) == pytest.approx((found.targets[3], found.outputs[3]))
    assert predicted_names(subject) == ("price", "rent")


@pytest.mark.parametrize("loss", ["half_squared_error", "squared_error"])
def test_the_mean_loss_of_one_output_tells_the_error_in_its_units(loss: str) -> None:
    subject = houses(outputs=1)
    network = subject.problem.network.copy()
    network.loss = loss
    subject = replace(subject, problem=replace(subject.problem, network=network))
    mean, _ = SampleSet(subject.problem.X, subject.problem.Y, 0, network.dtype, None).measure(network)
    errors = finished(prediction(subject, network, 0, 1000)).parts[0].errors()
    assert errors is not None
    assert error_of_loss(subject, mean) == pytest.approx(errors.rmse)


def test_a_loss_that_holds_more_than_one_squared_error_tells_none() -> None:
    subject = houses(outputs=1)
    for objective in (Objective("sum"), Objective("mean", 0.1)):
        other = replace(subject, problem=replace(subject.problem, objective=objective))
        assert math.isnan(error_of_loss(other, 0.1))
    assert math.isnan(error_of_loss(houses(), 0.1))
    assert math.isnan(error_of_loss(open_named("moons")[0], 0.1))
    np.testing.assert_array_equal(in_target_units(np.array([1.0, 2.0]), None, 0), [1.0, 2.0])
