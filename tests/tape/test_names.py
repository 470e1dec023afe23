"""Names on a tape: taken apart and put together again, every one of them, and nothing else accepted."""

import pytest
from hypothesis import given, settings

from explorer.engine import Problem
from explorer.tape import record
from explorer.tape.names import Name, Role, parse
from tests.cases import problems


def written(name: Name) -> str:
    """Put a name together again."""
    return {
        Role.VALUE: name.quantity,
        Role.UPDATED: f"{name.quantity}+",
        Role.GRADIENT: f"dJ/d{name.quantity}",
        Role.FACTOR: f"d{name.over}/d{name.quantity}",
    }[name.role]


@settings(deadline=None, max_examples=50)
@given(problems())
def test_every_name_on_a_tape_round_trips(problem: Problem) -> None:
    tape = record(problem)
    for name in (*tape.given, *(step.id for step in tape.steps)):
        assert written(parse(name)) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("x", Name("x", 0, Role.VALUE)),
        ("W12", Name("W", 12, Role.VALUE)),
        ("dJ/dW2", Name("W", 2, Role.GRADIENT, "J")),
        ("dJ/dx", Name("x", 0, Role.GRADIENT, "J")),
        ("dz2/dh1", Name("h", 1, Role.FACTOR, "z2")),
        ("dz1/dx", Name("x", 0, Role.FACTOR, "z1")),
        ("dh10/dz10", Name("z", 10, Role.FACTOR, "h10")),
        ("b2+", Name("b", 2, Role.UPDATED)),
        ("J+", Name("J", 0, Role.UPDATED)),
    ],
)
def test_parts(text: str, name: Name) -> None:
    assert parse(text) == name
    assert written(name) == text


@pytest.mark.parametrize("text", ["", "q1", "dJ/", "d/dW1", "dJdW1", "W1 ", "W1++", "dW1/dJ/dx", "1W", "dJ/dW-1"])
def test_other_texts_are_no_names(text: str) -> None:
    with pytest.raises(ValueError, match="is not a name on a tape"):
        parse(text)
