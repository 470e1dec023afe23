"""Sums in numbers, also of a pass that left the finite numbers."""

from math import inf, isinf, isnan

from explorer.panels.step.spelling_sums import total


def test_a_sum_is_rounded_once() -> None:
    assert total([1e16, 1.0, -1e16]) == 1.0


def test_terms_that_left_the_finite_numbers_add_up_as_floats_do() -> None:
    assert isnan(total([inf, 1.0, -inf]))
    assert total([inf, 1.0]) == inf
    assert isinf(total([1e308] * 20))
