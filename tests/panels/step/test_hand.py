"""How far a hand moves a number, and what it may type."""

import pytest

from explorer.engine import ExplorerError
from explorer.panels.step.hand import PIXELS_A_NOTCH, SLACK, Grip, moved, number_typed

MOVES = [(0.5, 1, 0.51), (0.5, -3, 0.47), (0.0, 1, 0.01), (5.0, 2, 5.2), (-50.0, 1, -49.0), (0.003, 1, 0.013)]
TYPED = [("1", 1.0), (" -.5", -0.5), ("1,25", 1.25), ("\N{MINUS SIGN}3", -3.0), ("1.5e-3", 1.5e-3)]


@pytest.mark.parametrize(("value", "notches", "expected"), MOVES)
def test_a_notch_is_a_hundredth_of_the_numbers_size(value: float, notches: int, expected: float) -> None:
    assert moved(value, notches) == expected


def test_a_fine_notch_is_a_tenth_of_one() -> None:
    assert moved(0.5, 1, fine=True) == 0.501


def test_numbers_that_are_not_finite_move_too() -> None:
    assert moved(float("inf"), 1) == float("inf")


def test_a_grip_moves_once_it_has_left_its_place_and_comes_back_to_it() -> None:
    grip = Grip((0, 0), 100.0, 0.5)
    assert grip.value_at(100 - SLACK, fine=False) is None
    assert grip.value_at(100 - 10 * PIXELS_A_NOTCH, fine=False) == 0.6
    assert grip.value_at(100, fine=False) == 0.5
    assert grip.value_at(100 + 10 * PIXELS_A_NOTCH, fine=True) == 0.49


@pytest.mark.parametrize(("text", "value"), TYPED)
def test_numbers_as_people_type_them(text: str, value: float) -> None:
    assert number_typed(text) == value


@pytest.mark.parametrize("text", ["", "one", "1,000,000", "1,000.5", "nan", "-inf", "1_0", "1+1", "1e999"])
def test_refuses_what_is_no_number_in_one_sentence(text: str) -> None:
    with pytest.raises(ExplorerError, match="type one such as"):
        number_typed(text)
