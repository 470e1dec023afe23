"""Each activation: its value by the reference, its derivative by complex steps, its calm at the extremes."""

import math
import subprocess
import sys
from decimal import Decimal, localcontext

import numpy as np
import pytest
from numpy.typing import NDArray

from explorer.engine.activations import ACTIVATIONS
from tests import reference

POINTS = np.array([-30.0, -8.0, -2.0, -1.0, -0.3, -1e-3, 1e-3, 0.4, 1.0, 2.0, 8.0, 30.0])
KINKED = {"relu", "leaky_relu"}


def value(name: str, z: NDArray[np.floating]) -> NDArray[np.floating]:
    h = np.empty_like(z)
    with np.errstate(over="ignore", under="ignore"):
        ACTIVATIONS[name].value(z, h)
    return h


def derivative(name: str, z: NDArray[np.floating]) -> NDArray[np.floating]:
    slope = np.empty_like(z)
    with np.errstate(over="ignore", under="ignore"):
        ACTIVATIONS[name].derivative(z.copy(), value(name, z), slope)
    return slope


@pytest.fixture(params=sorted(ACTIVATIONS))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_value_is_the_reference(name: str) -> None:
    wanted = [reference.FUNCTIONS[name](complex(z)).real for z in POINTS]
    np.testing.assert_allclose(value(name, POINTS), wanted, rtol=3e-13)


def test_derivative_is_the_complex_step(name: str) -> None:
    wanted = [reference.FUNCTIONS[name](z + 1e-30j).imag / 1e-30 for z in POINTS]
    np.testing.assert_allclose(derivative(name, POINTS), wanted, rtol=1e-12, atol=2e-16)


def test_derivative_is_the_central_difference(name: str) -> None:
    h = 1e-6
    wanted = (value(name, POINTS + h) - value(name, POINTS - h)) / (2 * h)
    np.testing.assert_allclose(derivative(name, POINTS), wanted, rtol=1e-8, atol=1e-9)


def test_the_trainer_s_derivative_is_the_same_to_a_rounding_of_one(name: str) -> None:
    z = np.linspace(-40, 40, 1001)
    slope = np.empty_like(z)
    ACTIVATIONS[name].training_derivative(z.copy(), value(name, z), slope)
    np.testing.assert_allclose(slope, derivative(name, z), rtol=1e-14, atol=3e-16)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_extreme_arguments_stay_finite(name: str, dtype: type[np.floating]) -> None:
    z = np.array([-1e4, -1000, -800, -90, 0, 90, 800, 1000, 1e4], dtype)
    assert np.isfinite(value(name, z)).all()
    assert np.isfinite(derivative(name, z)).all()


def test_sigmoid_saturates_at_exactly_zero_and_one() -> None:
    np.testing.assert_array_equal(value("sigmoid", np.array([-800.0, 800.0])), [0, 1])
    np.testing.assert_array_equal(derivative("sigmoid", np.array([-800.0, 800.0])), [0, 0])


def exact(name: str, z: float) -> tuple[float, float]:
    """Return f(z) and f'(z) of sigmoid, tanh or softplus by decimal arithmetic of 400 digits."""
    with localcontext(prec=400):
        e = (-abs(Decimal(z))).exp()
        upper, slope = 1 / (1 + e), e / (1 + e) ** 2
        sigma = upper if z >= 0 else e * upper
        if name == "sigmoid":
            return float(sigma), float(slope)
        if name == "softplus":
            return float((1 + e).ln() + max(Decimal(z), Decimal(0))), float(sigma)
        return math.copysign(float((1 - e * e) / (1 + e * e)), z), float(4 * e * e / (1 + e * e) ** 2)


@pytest.mark.parametrize(("function", "limit"), [("sigmoid", 700.0), ("tanh", 350.0), ("softplus", 700.0)])
def test_every_digit_is_right_however_far_out(function: str, limit: float) -> None:
    rng = np.random.default_rng(0)
    z = np.concatenate([rng.uniform(-limit, limit, 150), rng.normal(size=100) * 12, [limit, -limit, 37.5, -37.5]])
    wanted = np.array([exact(function, float(point)) for point in z])
    np.testing.assert_allclose(value(function, z), wanted[:, 0], rtol=2e-15)
    np.testing.assert_allclose(derivative(function, z), wanted[:, 1], rtol=2e-15)


def test_gelu_keeps_its_digits_in_the_lower_tail() -> None:
    z = np.linspace(-20, 20, 401)
    tail = [0.5 * math.erfc(-point / math.sqrt(2)) for point in z.tolist()]
    np.testing.assert_allclose(value("gelu", z), z * tail, rtol=2e-13)


def test_known_numbers_of_the_lessons() -> None:
    slopes = derivative("sigmoid", np.array([0.0, 2.0, 2.063437]))
    np.testing.assert_allclose(slopes, [0.25, 0.104994, 0.1], atol=5e-7)


def test_known_numbers_of_pytorch() -> None:
    z = np.array([-1.0, 0.0, 2.0])
    np.testing.assert_allclose(value("gelu", z), [-0.15865525393145707, 0, 1.9544997361036416], rtol=1e-15)
    np.testing.assert_allclose(value("softplus", z), [0.31326168751822286, 0.6931471805599453, 2.1269280110429727])
    np.testing.assert_array_equal(value("leaky_relu", z), [-0.01, 0, 2])


@pytest.mark.parametrize(("kinked", "below"), [("relu", 0.0), ("leaky_relu", 0.01)])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_slope_at_a_kink_is_that_of_the_left(kinked: str, below: float, dtype: type[np.floating]) -> None:
    slopes = derivative(kinked, np.array([-1, 0, 1], dtype))
    np.testing.assert_array_equal(slopes, np.array([below, below, 1], dtype))


def test_value_may_be_written_over_its_argument(name: str) -> None:
    z = POINTS.copy()
    ACTIVATIONS[name].value(z, z)
    np.testing.assert_array_equal(z, value(name, POINTS))


def test_value_leaves_its_argument_alone_elsewhere(name: str) -> None:
    z = POINTS.copy()
    value(name, z)
    np.testing.assert_array_equal(z, POINTS)


def test_nan_is_not_hidden(name: str) -> None:
    assert np.isnan(value(name, np.array([np.nan]))).all()


def test_complex_numbers_carry_the_derivative(name: str) -> None:
    far = np.array([-800.0, -700, -40, 40, 700, 800])
    z = np.concatenate([POINTS, far]) + 1e-30j
    with np.errstate(under="ignore"):
        h = value(name, z)  # type: ignore[arg-type] # complex numbers, as complex steps need them
    np.testing.assert_allclose(h.real, value(name, z.real.copy()), rtol=1e-12, atol=1e-16)
    np.testing.assert_allclose(h.imag / 1e-30, derivative(name, z.real.copy()), rtol=1e-11, atol=1e-16)
    slopes = derivative(name, z[: len(POINTS)])  # type: ignore[arg-type] # as above
    np.testing.assert_allclose(slopes.real, derivative(name, POINTS), rtol=1e-11, atol=1e-15)


@pytest.mark.parametrize("kinked", sorted(KINKED))
def test_complex_numbers_at_a_kink_choose_their_side_by_the_real_part(kinked: str) -> None:
    z = np.array([0 + 1e-30j, 0 - 1e-30j])
    h = value(kinked, z)
    np.testing.assert_allclose(h / z, derivative(kinked, np.zeros(2)), rtol=1e-15)


def test_scipy_is_loaded_by_who_needs_it() -> None:
    code = "import sys, explorer.engine, explorer.tape; print('scipy' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"
