"""A question is asked with its numbers, and an answer judged as far as it is written."""

import pytest

from explorer.engine.errors import ExplorerError
from explorer.lessons.lesson import Question
from explorer.lessons.quiz import judge, pose, told

THIRD = Question(ask="A third of {a}?", answer="a / 3", given={"a": "1"}, why="Because {a} / 3.")
PAIR = Question(ask="Both?", answer="[1 / 3, -2]", kind="vector")
SHAPE = Question(ask="Shape?", answer="[2, 6]", kind="shape")
CHOICE = Question(ask="Which?", answer="1", kind="choice", choices=("this", "that"))


def test_the_words_hold_the_numbers() -> None:
    posed = pose(THIRD)
    assert (posed.text, posed.why) == ("A third of 1?", "Because 1 / 3.")
    assert posed.shown_answer == "0.333333"


def test_braces_of_no_name_stay() -> None:
    assert pose(Question(ask="{b} and {a}", answer="1", given={"a": "2"})).text == "{b} and 2"


@pytest.mark.parametrize("text", ["0.3333", "0,3333", "1/3", "0.33333333", "3.333e-1"])
def test_a_number_is_right_to_the_digits_that_are_asked_for(text: str) -> None:
    assert judge(pose(THIRD), text).right


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("0.33", "Right as far as it goes: give 4 significant digits."),
        ("-0.3333", "Not yet: the size is right, the sign is not."),
        ("0.3343", "Not yet."),
        ("1 2", "Expected one number, found 2."),
    ],
)
def test_a_wrong_number_is_told_kindly(text: str, sentence: str) -> None:
    verdict = judge(pose(THIRD), text)
    assert (verdict.right, verdict.sentence) == (False, sentence)


@pytest.mark.parametrize("text", ["0.3333 -2", "[0.3333, -2.0]", "(1/3; −2)", "0.33333, -2"])
def test_several_numbers_may_be_written_in_many_ways(text: str) -> None:
    assert judge(pose(PAIR), text).right


def test_each_of_several_numbers_is_written_to_the_same_place() -> None:
    posed = pose(Question(ask="Both?", answer="[2 / 3, 1 / 30]", kind="vector"))
    assert judge(posed, "0.6667 0.0333").right
    assert "give 4 significant digits" in judge(posed, "0.6667 0.033").sentence


@pytest.mark.parametrize(
    ("text", "sentence"), [("0.3333 2", "Not yet: look at number 2 again."), ("? -2", "Expected 2 numbers, found 1.")]
)
def test_it_is_said_which_of_several_is_wrong(text: str, sentence: str) -> None:
    assert judge(pose(PAIR), text).sentence == sentence


@pytest.mark.parametrize(("text", "right"), [("2x6", True), ("2 × 6", True), ("(2, 6)", True), ("6 x 2", False)])
def test_a_shape_is_judged_side_by_side(text: str, *, right: bool) -> None:
    assert judge(pose(SHAPE), text).right is right


def test_the_order_of_a_shape_is_told() -> None:
    assert "order" in judge(pose(SHAPE), "6x2").sentence
    assert pose(SHAPE).shown_answer == "2 × 6"


def test_a_choice_is_judged_by_its_number() -> None:
    assert [judge(pose(CHOICE), text).right for text in ("0", "1")] == [False, True]
    assert pose(CHOICE).shown_answer == "that"


@pytest.mark.parametrize("question", [THIRD, PAIR, SHAPE])
@pytest.mark.parametrize("text", ["one third", "#"])
def test_what_is_no_number_is_refused(question: Question, text: str) -> None:
    with pytest.raises(ExplorerError):
        judge(pose(question), text)


def test_a_question_without_another_form_has_none() -> None:
    with pytest.raises(ExplorerError, match="no other form"):
        pose(PAIR, 1)


@pytest.mark.parametrize(
    ("value", "text"),
    [(2.0, "2"), (-0.5, "−0.5"), ([1.0, -1.0], "(1, −1)"), ([[1, 2], [3, 4]], "(1, 2; 3, 4)"), ("a", "a")],
)
def test_values_are_told_as_people_write_them(value: object, text: str) -> None:
    assert told(value) == text
