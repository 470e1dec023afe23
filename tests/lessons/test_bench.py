"""An experiment worked out: what follows from where its sliders stand."""

import numpy as np
import pytest

from explorer.engine.errors import ExplorerError
from explorer.lessons.bench import POINTS, seen, start_of
from explorer.lessons.lesson import Bars, Curve, Experiment, Grid, Line, Note, Slider
from explorer.lessons.nudges import error_of

SLIDER = Slider("x", -2, 2, 0.5)


def test_everything_follows_the_sliders() -> None:
    experiment = Experiment(
        slider=(SLIDER,),
        let={"v": "[x, 2 * x]"},
        bars=(Bars("v", "v"),),
        grid=(Grid("outer", "outer(v, v)"),),
        line=(Line("x^2", "x**2"),),
        note=(Note("(x > 1) * 1", "Large."),),
    )
    found = seen(experiment, start_of(experiment))
    np.testing.assert_allclose(found.bars[0], [0.5, 1])
    np.testing.assert_allclose(found.grids[0], [[0.25, 0.5], [0.5, 1]])
    assert (found.lines, found.notes) == ((0.25,), ())
    assert seen(experiment, {"x": 2.0}).notes == ("Large.",)


def test_a_curve_has_a_mark_and_a_slope_at_the_slider() -> None:
    curve = Curve("c", "t", -2, 2, {"t squared": "t**2"}, point="x", slope="2 * t")
    (traced,) = seen(Experiment(slider=(SLIDER,), curve=(curve,)), {"x": 1.5}).curves
    assert len(traced.x) == POINTS
    np.testing.assert_allclose(traced.lines["t squared"], traced.x**2)
    assert (traced.mark, traced.slope) == ((1.5, 2.25), 3.0)


def test_a_logarithmic_curve_goes_by_powers_of_ten() -> None:
    curve = Curve("c", "h", -3, 0, {"h": "h"}, point="x", logarithmic=True)
    (traced,) = seen(Experiment(slider=(SLIDER,), curve=(curve,)), {"x": -2.0}).curves
    assert (traced.x[0], traced.x[-1], traced.mark) == (1e-3, 1.0, (0.01, 0.01))


@pytest.mark.parametrize(
    ("experiment", "told"),
    [
        (Experiment(bars=(Bars("b", "1 + 1"),)), "expected a vector"),
        (Experiment(grid=(Grid("g", "[1, 2]"),)), "expected a matrix"),
        (Experiment(line=(Line("l", "[1, 2]"),)), "expected a number"),
    ],
)
def test_what_cannot_be_drawn_is_refused(experiment: Experiment, told: str) -> None:
    with pytest.raises(ExplorerError, match=told):
        seen(experiment, {})


def test_errors_fall_with_the_order_of_the_difference_and_rise_with_rounding() -> None:
    h = np.array([1e-12, 1e-5, 1e-3, 1e-2])
    central, forward, exact = (error_of(way, "net-s", "W1", [0, 0], h) for way in ("central", "forward", "complex"))
    assert central[0] > 1e3 * central[1]
    np.testing.assert_allclose(central[2] / central[3], 0.01, rtol=1e-3)
    np.testing.assert_allclose(forward[2] / forward[3], 0.1, rtol=0.02)
    assert exact[0] < 1e-15
    assert error_of("central", "net-s", "W1", [0, 0], 1e-3) == central[2]
