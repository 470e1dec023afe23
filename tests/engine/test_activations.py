"""Each activation: its value by the reference, its derivative by differences, its calm at the extremes."""

import numpy as np
import pytest
from numpy.typing import NDArray

from explorer.engine.activations import ACTIVATIONS
from tests import reference

POINTS = np.array([-30.0, -8.0, -2.0, -1.0, -0.3, -1e-3, 1e-3, 0.4, 1.0, 2.0, 8.0, 30.0])


def value(name: str, z: NDArray[np.floating]) -> NDArray[np.floating]:
    h = np.empty_like(z)
    with np.errstate(over="ignore"):
        ACTIVATIONS[name].value(z, h)
    return h


def derivative(name: str, z: NDArray[np.floating]) -> NDArray[np.floating]:
    slope = np.empty_like(z)
    ACTIVATIONS[name].derivative(z, value(name, z), slope)
    return slope


@pytest.fixture(params=sorted(ACTIVATIONS))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_value_is_the_reference(name: str) -> None:
    wanted = [reference.FUNCTIONS[name](complex(z)).real for z in POINTS]
    np.testing.assert_allclose(value(name, POINTS), wanted, rtol=1e-14)


def test_derivative_is_the_complex_step(name: str) -> None:
    wanted = [reference.FUNCTIONS[name](z + 1e-30j).imag / 1e-30 for z in POINTS]
    np.testing.assert_allclose(derivative(name, POINTS), wanted, rtol=1e-12, atol=2e-16)


def test_derivative_is_the_central_difference(name: str) -> None:
    h = 1e-6
    wanted = (value(name, POINTS + h) - value(name, POINTS - h)) / (2 * h)
    np.testing.assert_allclose(derivative(name, POINTS), wanted, rtol=1e-8, atol=1e-9)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_extreme_arguments_stay_finite(name: str, dtype: type[np.floating]) -> None:
    z = np.array([-1000, -800, -90, 0, 90, 800, 1000], dtype)
    assert np.isfinite(value(name, z)).all()
    assert np.isfinite(derivative(name, z)).all()


def test_sigmoid_saturates_at_exactly_zero_and_one() -> None:
    np.testing.assert_array_equal(value("sigmoid", np.array([-800.0, 800.0])), [0, 1])
    np.testing.assert_array_equal(derivative("sigmoid", np.array([-800.0, 800.0])), [0, 0])


def test_known_numbers_of_the_lessons() -> None:
    slopes = derivative("sigmoid", np.array([0.0, 2.0, 2.063437]))
    np.testing.assert_allclose(slopes, [0.25, 0.104994, 0.1], atol=5e-7)


def test_relu_has_slope_zero_at_the_kink() -> None:
    np.testing.assert_array_equal(derivative("relu", np.array([-1.0, 0.0, 1.0])), [0, 0, 1])


def test_value_may_be_written_over_its_argument(name: str) -> None:
    z = POINTS.copy()
    ACTIVATIONS[name].value(z, z)
    np.testing.assert_array_equal(z, value(name, POINTS))


def test_nan_is_not_hidden(name: str) -> None:
    assert np.isnan(value(name, np.array([np.nan]))).all()
