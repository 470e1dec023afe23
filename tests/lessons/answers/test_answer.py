"""Reading an answer as it is typed or pasted, and refusing what cannot be read in one sentence."""

from collections.abc import Callable
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.typing import NDArray

from explorer.engine.errors import ExplorerError
from explorer.lessons.answers import judge_text, read_answer, read_shape, read_sides
from tests.lessons.answers.asking import question

Rows = list[list[float]]
PRINTED: list[Callable[[NDArray[np.float64]], str]] = [repr, str, lambda array: repr(array.tolist())]
READ: list[tuple[str, int | None, Rows]] = [
    ("0.36", 1, [[0.36]]),
    ("\u22120.36", 1, [[-0.36]]),
    (" .5\n", 1, [[0.5]]),
    ("1/3", 1, [[1 / 3]]),
    ("-1 / 4", 1, [[-0.25]]),
    ("1e-3 2E4", 2, [[1e-3, 2e4]]),
    ("1.2·10^-3", 1, [[1.2e-3]]),
    ("3 × 10^{\u22122}", 1, [[3e-2]]),
    ("0,36", None, [[0.36]]),
    ("1,2", 1, [[1.2]]),
    ("1,2", 2, [[1, 2]]),
    ("1,2\n3,4", 2, [[1.2], [3.4]]),
    ("1,2\n3,4", 4, [[1, 2], [3, 4]]),
    ("0,36, 0,06", 2, [[0.36, 0.06]]),
    ("2,5 3,5; 1,5 4,5", 4, [[2.5, 3.5], [1.5, 4.5]]),
    ("0.1, 0.2", 2, [[0.1, 0.2]]),
    ("0.1,0.2,0.3", 3, [[0.1, 0.2, 0.3]]),
    ("1 2; 3 4", 4, [[1, 2], [3, 4]]),
    ("1\t2\r\n3\t4\r\n", 4, [[1, 2], [3, 4]]),
    ("0.1\n0.2\n0.3\n", 3, [[0.1], [0.2], [0.3]]),
    ("[1 2; 3 4]", 4, [[1, 2], [3, 4]]),
    ("[[1, 2], [3, 4]]", 4, [[1, 2], [3, 4]]),
    ("[[1. 2.]\n [3. 4.]]", 4, [[1, 2], [3, 4]]),
    ("array([[ 0.1,  0.2],\n       [-0.1, -0.2]])", 4, [[0.1, 0.2], [-0.1, -0.2]]),
    ("np.array([1, 2, 3])", 3, [[1, 2, 3]]),
    ("array([0.1, 0.2], dtype=float32)", 2, [[0.1, 0.2]]),
    ("tensor([[0.1, 0.2]], grad_fn=<MulBackward0>)", 2, [[0.1, 0.2]]),
    ("∂J/∂W1 = [[1, 2]]", 2, [[1, 2]]),
    ("(0.1, 0.2)", 2, [[0.1, 0.2]]),
    ("nan -inf", 2, [[np.nan, -np.inf]]),
    ("∞ \u2212∞", 2, [[np.inf, -np.inf]]),
    ("٣", 1, [[3]]),
    ("0e400", 1, [[0]]),
    ("1e308 5e-324", 2, [[1e308, 5e-324]]),
    ("0." + "3" * 5000, 1, [[1 / 3]]),
]


@pytest.mark.parametrize(("text", "size", "rows"), READ)
def test_what_is_read(text: str, size: int | None, rows: Rows) -> None:
    np.testing.assert_array_equal(read_answer(text, size).values, np.array(rows))


LEFT_OPEN = [
    "0.1 ? 0.3",
    "0.1 _ 0.3",
    "0.1\t\t0.3",
    "0.1,,0.3",
    "[0.1, ?, 0.3]",
    "[[0.1,,0.3]]",
    "array([[0.1, _, 0.3]])",
]


@pytest.mark.parametrize("text", LEFT_OPEN)
def test_an_entry_may_be_left_open(text: str) -> None:
    answer = read_answer(text, 3)
    np.testing.assert_array_equal(answer.open, [[False, True, False]])
    np.testing.assert_array_equal(answer.values, [[0.1, np.nan, 0.3]])


REFUSED: list[tuple[str, int | None, str]] = [
    ("", 1, "nothing is typed"),
    ("1 2\nx 3", 4, "“x” in row 2 is no number"),
    ("1 2\n3", 3, "row 2 has 1 number, row 1 has 2"),
    ("[[1, 2], [3]]", 3, "row 2 has 1 number"),
    ("[[1, 2]", 2, "“[” in line 1 is never closed"),
    ("[1 2]]", 2, "“]” in line 1 closes no bracket"),
    ("[1 2)", 2, "“)” in line 1 closes no bracket"),
    ("[[[1]]]", 1, "3 levels of brackets"),
    ("[1, 2] 3", 3, "“3” stands outside of the brackets"),
    ("[]", 1, "the brackets are empty"),
    ("[[0.1 ... 0.2]]", 64, "NumPy left numbers out"),
    ("1,2", None, "“1,2” may be one number or two"),
    ("1,2 3,4", 3, "“1,2” may be one number or two"),
    ("1.234,5.6.7", 1, "“5.6.7” is no number"),
    ("-", 1, "“-” is no number"),
    ("1/0", 1, "“1/0” divides by 0"),
    ("1/2/3", 1, "is no number"),
    ("1e999", 1, "beyond what a float64 holds"),
    ("1_000", 1, "“1_000” is no number"),
    ("--3", 1, "“--3” is no number"),
    ("1e400", 1, "“1e400” is beyond what a float64 holds"),
    ("-1.8e308", 1, "beyond what a float64 holds"),
    ("1e-400", 1, "beyond what a float64 holds"),
    ("1e308/1e-308", 1, "beyond what a float64 holds"),
    ("1e-308/1e308", 1, "beyond what a float64 holds"),
    ("9" * 400, 1, "beyond what a float64 holds"),
    ("1e" + "9" * 5000, 1, "beyond what a float64 holds"),
    ("0x10", 1, "“0x10” is no number"),
    ("1e", 1, "“1e” is no number"),
    ("²", 1, "“²” is no number"),
]


@pytest.mark.parametrize(("text", "size", "words"), REFUSED)
def test_what_is_refused(text: str, size: int | None, words: str) -> None:
    with pytest.raises(ExplorerError) as refused:
        read_answer(text, size)
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


@settings(deadline=None, max_examples=60)
@given(
    arrays(np.float64, array_shapes(min_dims=2, max_dims=2, max_side=9), elements=st.floats(-1e9, 1e9, width=64)),
    st.sampled_from(PRINTED),
)
def test_what_numpy_prints_is_read(array: NDArray[np.float64], printed: Callable[[NDArray[np.float64]], str]) -> None:
    with np.printoptions(threshold=10**6):
        answer = read_answer(printed(array), array.size)
    np.testing.assert_allclose(answer.values, array, rtol=1e-7, atol=1e-7 * np.abs(array).max(initial=1))


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=30) | st.text("[](){};, \t\n0123456789.-e/?_", max_size=30), st.integers(1, 9))
def test_any_text_is_read_or_refused(text: str, size: int) -> None:
    with suppress(ExplorerError):
        answer = read_answer(text, size)
        assert answer.values.shape == answer.units.shape == answer.open.shape
        assert len(answer.texts) == answer.values.size


ODD = [
    "1e400",
    "1e-400",
    "0x10",
    "1_000",
    "∞",
    "-∞",
    "nan",
    "1e",
    "--1",
    "1/0",
    "0/0",
    "٣",
    "²",
    "½",
    "1e308",
    "5e-324",
]
ODD += ["9" * 400, "9" * 5000, "0." + "3" * 5000, "1e" + "9" * 5000, "1e-" + "9" * 5000, "0e999", "inf/inf", "1/∞", "?"]
PIECES = st.sampled_from([*ODD, "0.5", "2", "-", "+", ".", "e", "E", "/", "·10^"])
BETWEEN = st.sampled_from(["", " ", ",", ", ", ";", "\n", "\t", "x", "×", "[", "]", "(", ")", "'"])


@settings(deadline=None, max_examples=300)
@given(st.lists(st.tuples(PIECES, BETWEEN), min_size=1, max_size=5), st.sampled_from(["z2", "J", "dJ/dW1", "p"]))
def test_odd_literals_are_read_and_judged_or_refused(pieces: list[tuple[str, str]], step: str) -> None:
    text = "".join(piece + between for piece, between in pieces)
    with suppress(ExplorerError):
        judge_text(question("net-s", step), text)
    for size in (1, 4):
        with suppress(ExplorerError):
            assert np.all(read_answer(text, size).units < np.inf)
    for read in (read_shape, read_sides):
        assert all(side > 0 for side in read(text) or ())


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("2x3", (2, 3)),
        ("2 × 3", (2, 3)),
        ("(2, 3)", (2, 3)),
        ("(3,)", (3, 1)),
        ("2 3", None),
        ("2, 3", None),
        ("[2, 3]", None),
        ("0x10", None),
        ("9" * 5000 + "x3", None),
    ],
)
def test_a_shape_alone(text: str, shape: tuple[int, int] | None) -> None:
    assert read_shape(text) == shape


def test_two_numbers_in_parentheses_may_be_an_answer() -> None:
    assert read_shape("(2, 3)", pair_is_shape=False) is None
    assert read_shape("2x3", pair_is_shape=False) == (2, 3)


def test_a_whole_number_among_decimals_counts_as_written_to_as_many() -> None:
    np.testing.assert_allclose(read_answer("0 0.36 \u22120.061", 3).units, [[0.01, 0.01, 0.001]])
    np.testing.assert_allclose(read_answer("3 12", 2).units, [[1, 1]])


def test_zeros_that_numpy_fills_up_with_say_nothing() -> None:
    printed = str(np.round([[0.9001, 2.1003, -0.3], [0.0243, 0.0021, -0.036]], 4))
    assert "2.4300e-02" in printed
    np.testing.assert_allclose(read_answer(printed, 6).units, np.full((2, 3), 1e-4))
    np.testing.assert_allclose(read_answer("9.0000e-01", 1).units, [[1e-5]])
    np.testing.assert_allclose(read_answer("1.20e0 3.40e0 5.6e1 7.81e0", 4).units, [[0.01, 0.01, 1, 0.01]])
