"""Numbers as they are written: never a 0 that is none, a true minus, about the same length."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.tape.numbers import DIGITS, exact, is_rounded, number_of, shown


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.35562426, "0.3556"),
        (-1.0, "−1.0000"),
        (0.0, "0.0000"),
        (0.0084123, "0.008412"),
        (-0.04, "−0.04000"),
        (0.099996, "0.1000"),
        (16.0, "16.000"),
        (9.99999, "10.000"),
        (123456.0, "1.235e5"),
        (0.00012, "1.200e−4"),
        (-0.00098, "−9.800e−4"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
        (math.nan, "NaN"),
    ],
)
def test_four_digits(value: float, text: str) -> None:
    assert shown(value) == text


def test_signed_numbers_have_a_plus_and_zero_has_none() -> None:
    assert shown(0.5, signed=True) == "+0.5000"
    assert shown(0.0, signed=True) == "0.0000"
    assert shown(-0.5, signed=True) == "−0.5000"


@pytest.mark.parametrize(("digits", "text"), [(2, "0.36"), (6, "0.355624"), (8, "0.35562426"), (17, "0.35562426119")])
def test_more_digits(digits: int, text: str) -> None:
    assert shown(0.35562426119, digits) == text


@given(st.floats(1e-300, 1e300), st.sampled_from(DIGITS[:-1]))
def test_has_as_many_significant_digits_as_are_chosen(value: float, digits: int) -> None:
    mantissa = shown(value, digits).partition("e")[0]
    assert len(mantissa.replace(".", "").lstrip("0")) >= digits


def test_gives_up_precision_to_fit() -> None:
    assert shown(-0.000012345, 4, room=7) == "−1.2e−5"
    assert shown(-1.2345e-100, 4, room=7) == "−1e−100"
    assert shown(0.123456, 4, room=4) == "0.12"


def test_tells_whether_it_rounds() -> None:
    assert is_rounded(1 / 3)
    assert not is_rounded(0.5)
    assert not is_rounded(1 / 3, 17)
    assert not is_rounded(math.nan)


@given(st.floats(allow_nan=False), st.sampled_from(DIGITS))
def test_never_loses_the_sign_nor_shows_a_false_zero(value: float, digits: int) -> None:
    back = number_of(shown(value, digits))
    assert (back > 0) == (value > 0) or (digits == 2 and abs(value) > 1e308)
    assert (back < 0) == (value < 0)


@given(st.floats(allow_nan=False))
def test_the_exact_form_reads_back(value: float) -> None:
    assert number_of(exact(value)) == value


@given(st.floats(-9999, 9999), st.sampled_from(DIGITS[:-1]))
def test_is_as_close_as_its_digits(value: float, digits: int) -> None:
    assert abs(number_of(shown(value, digits)) - value) <= 0.05 * abs(value) + 0.5 * 10.0**-digits
