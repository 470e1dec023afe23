"""A question is asked with its numbers, and an answer judged as far as it is written."""

import msgspec
import pytest

from explorer.engine.errors import ExplorerError
from explorer.lessons.lesson import Question
from explorer.lessons.quiz import judge, pose, posed_anew, told

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


SIDES = [("2,6", True), ("2 6", True), ("[2, 6]", True), ("2 by 6", True), ("2*6", True), ("12", False), ("6,2", False)]


@pytest.mark.parametrize(
    ("text", "right"), [("2x6", True), ("2 × 6", True), ("(2, 6)", True), ("6 x 2", False), *SIDES]
)
def test_a_shape_is_judged_side_by_side(text: str, *, right: bool) -> None:
    assert judge(pose(SHAPE), text).right is right


def test_the_order_of_a_shape_is_told() -> None:
    assert "order" in judge(pose(SHAPE), "6x2").sentence
    assert pose(SHAPE).shown_answer == "2 × 6"


@pytest.mark.parametrize("text", ["2.5 × 6", "0x10", "2 6 1", "2 − 6"])
def test_what_is_no_shape_is_refused(text: str) -> None:
    with pytest.raises(ExplorerError, match="is no shape: type one such as 2 × 3"):
        judge(pose(SHAPE), text)


def test_a_shape_of_too_few_sides_is_told_as_such() -> None:
    assert judge(pose(SHAPE), "12").sentence == "Expected 2 sides, such as 2 × 3, found 1."


@pytest.mark.parametrize(("answer", "text"), [("39760", "39,760"), ("39760", "39 760"), ("39.76", "39,760")])
def test_a_number_may_be_written_in_groups_of_three(answer: str, text: str) -> None:
    assert judge(pose(Question(ask="How many?", answer=answer)), text).right


def test_what_rounding_leaves_of_zero_is_zero() -> None:
    sums = Question(ask="Sums?", answer="round(rows(softmax_jacobian([0.2, 0.3, 0.5])), 12)", kind="vector", digits=1)
    assert judge(pose(sums), "[ 0.00000000e+00 -1.38777878e-17  2.77555756e-17]").right


def test_a_choice_is_judged_by_its_number() -> None:
    assert [judge(pose(CHOICE), text).right for text in ("0", "1")] == [False, True]
    assert pose(CHOICE).shown_answer == "that"


@pytest.mark.parametrize("question", [THIRD, PAIR, SHAPE])
@pytest.mark.parametrize("text", ["one third", "#", "1e400", "1e-400", "0x10", "--1"])
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


def test_what_is_let_follows_from_the_numbers_that_were_drawn() -> None:
    question = Question(
        ask="Twice {a}?",
        answer="b",
        why="{a} + {a} = {b}",
        given={"a": "1"},
        another={"a": "whole(1, 9)"},
        let={"b": "2 * a"},
    )
    assert pose(question).why == "1 + 1 = 2"
    drawn = pose(msgspec.structs.replace(question, another={"a": "whole(7, 7)"}), 3)
    assert (drawn.why, float(drawn.answer)) == ("7 + 7 = 14", 14.0)


def test_another_one_has_other_numbers() -> None:
    question = Question(ask="{a}?", answer="a", given={"a": "1"}, another={"a": "whole(1, 2)"})
    first = posed_anew(pose(question))
    assert first.text == "2?"
    three = msgspec.structs.replace(question, another={"a": "whole(1, 3)"})
    asked = [posed := posed_anew(pose(three))] + [posed := posed_anew(posed) for _ in range(4)]
    assert [each.text for each in asked] in (["2?", "3?", "2?", "3?", "2?"], ["3?", "2?", "3?", "2?", "3?"])


def test_what_is_asked_for_about_may_be_off_by_a_share() -> None:
    question = Question(ask="About?", answer="0.010000114", near=0.01, digits=1)
    assert all(judge(pose(question), text).right for text in ("1/100", "0.01", "0.0100012"))
    assert not judge(pose(question), "0.0102").right
    assert not judge(pose(msgspec.structs.replace(question, near=0.0)), "1/100").right
