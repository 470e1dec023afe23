"""Expressions of a page: the functions of the program and arithmetic, and nothing else of the language."""

import numpy as np
import pytest

from explorer.engine.errors import ExplorerError
from explorer.lessons.expressions import evaluate, evaluated
from explorer.lessons.names import check_names


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", 7),
        ("-(2 - 5)", 3),
        ("2**10", 1024),
        ("1 / 4", 0.25),
        ("[1, 2, 3] + 1", [2, 3, 4]),
        ("softmax([1001, 1002, 1003])[2]", 0.6652409557748219),
        ("outer([4, 5], [1, 2, 3])[1, 2]", 15),
        ("sum(one_hot(1, 3))", 1),
        ("log(e)", 1),
        ("shape(kronecker([1, 2, 3], 2))", [2, 6]),
        ("(3 > 2) * 1", 1),
        ("eye(2) @ [1, 2]", [1, 2]),
        ('slope("sigmoid", 0)', 0.25),
        ('step("net-s", "x")', [[1, -1]]),
    ],
)
def test_expressions_have_values(text: str, value: object) -> None:
    np.testing.assert_allclose(np.asarray(evaluate(text, {}), float), np.asarray(value, float), rtol=1e-9)


def test_names_stand_for_what_is_given_and_for_each_other() -> None:
    assert evaluated({"a": "x + 1", "b": "a * 2"}, {"x": 3.0})["b"] == 8


@pytest.mark.parametrize("text", ["0 / 0", "sum(naive_softmax([800, 0]))", "log(-1)"])
def test_what_is_no_number_is_nan_and_no_error(text: str) -> None:
    assert np.isnan(evaluate(text, {}))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("softmax([1, 2]", "is no expression"),
        ("[1, 2][5]", "has no value"),
        ("(1).real", "not allowed"),
        ("[x for x in (1, 2)]", "not allowed"),
        ("1 if 2 else 3", "not allowed"),
        ("'a' + 1", "has no value"),
        ("exp(1)(2)", "no function"),
        ("1 < 2 < 3", "more than two"),
        ("1 + " * 200 + "1", "longer than"),
        ('step("net-t", "J")', "net-t"),
        ('error_of("sideways", "net-s", "W1", [0, 0], 1e-3)', "sideways"),
    ],
)
def test_what_cannot_be_worked_out_is_refused_in_one_sentence(text: str, told: str) -> None:
    with pytest.raises(ExplorerError, match=told) as refused:
        evaluate(text, {})
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "told"), [("sotfmax([1])", "did you mean softmax"), ("open(x)", "open"), ("y + 1", "y")]
)
def test_unknown_names_are_refused_before_anything_runs(text: str, told: str) -> None:
    with pytest.raises(ExplorerError, match=told):
        check_names(text, {"x"})


def test_draws_come_from_the_seed_alone() -> None:
    first, second = (evaluate("whole(-9, 9, 50)", {}, np.random.default_rng(4)) for _ in range(2))
    np.testing.assert_array_equal(first, second)
    assert first.min() >= -9
    assert first.max() <= 9
    with pytest.raises(ExplorerError, match="whole"):
        evaluate("whole(1, 2)", {})
