"""Every number that the lessons' plan prints is computed by the question that asks for it."""

import re

import numpy as np
import pytest

from explorer.lessons.bench import seen, start_of
from explorer.lessons.expressions import evaluate
from explorer.lessons.functions import tape_of
from explorer.lessons.lesson import Experiment
from explorer.lessons.quiz import judge, pose, told
from explorer.lessons.shelf import lesson, lesson_names, lessons

PRINTED: dict[str, list[float | list[float]]] = {
    "01": [0.665241, 706.783],
    "02": [0.880797, 0.209987, -0.209987, 4.59512],
    "03": [0.25, 0.104994, 0.000977, 2.063437],
    "04": [0.16, -0.06, -0.15, [0, 0, 0]],
    "05": [2.407606, [-0.909969, 0.244728, 0.665241], 2.302585],
    "06": [15, [2, 6], 6, [4, 5]],
    "07": [115, 3760, 39760, [10, 5]],
    "08": [0.243365, 1.413195, 0.470975, 0.090193, 0.355624, 0.059581, -0.355624],
    "09": [[0.325834, 0.296975], [0.288945, 0.198605], 1],
    "10": [0, 0.25, 0.222222, 0.01],
    "11": [-1.231059, 1.313262, 0.313262, 0.768941, 0.474077],
    "12": [2.302585, [650, 6310, 10230], 0.230259, 0.03, 0.003],
}


def named(number: str) -> str:
    return next(name for name in lesson_names() if name.startswith(number))


def test_there_are_the_twelve_lessons_in_order() -> None:
    assert [each.number for each in lessons()] == list(range(1, 13))
    assert [name[:2] for name in lesson_names()] == sorted(PRINTED)


@pytest.mark.parametrize("number", sorted(PRINTED))
def test_questions_compute_what_is_printed(number: str) -> None:
    questions = lesson(named(number)).questions
    for question, printed in zip(questions, PRINTED[number], strict=True):
        decimals = 3 if number == "01" and printed == 706.783 else 6
        np.testing.assert_allclose(pose(question).answer, printed, rtol=0, atol=0.5001 * 10.0**-decimals)


@pytest.mark.parametrize("number", sorted(PRINTED))
def test_what_is_printed_is_taken_for_right(number: str) -> None:
    for question, printed in zip(lesson(named(number)).questions, PRINTED[number], strict=True):
        numbers = printed if isinstance(printed, list) else [printed]
        text = "x".join(map(str, numbers)) if question.kind == "shape" else " ".join(map(str, numbers))
        assert judge(pose(question), text).right, question.ask


@pytest.mark.parametrize("number", sorted(PRINTED))
@pytest.mark.parametrize("seed", [1, 2, 3, 17])
def test_other_numbers_are_asked_from_a_seed_and_their_own_answer_is_right(number: str, seed: int) -> None:
    for question in lesson(named(number)).questions:
        if not question.another:
            continue
        posed = pose(question, seed)
        assert np.isfinite(posed.answer).all()
        np.testing.assert_array_equal(pose(question, seed).answer, posed.answer)
        assert pose(question, seed).text == posed.text
        exact = [repr(float(value)) for value in posed.answer.ravel()]
        text = "x".join(value.removesuffix(".0") for value in exact) if question.kind == "shape" else " ".join(exact)
        assert judge(posed, text).right, posed.text
        assert "{" not in posed.text + posed.hint + posed.why


@pytest.mark.parametrize("number", sorted(PRINTED))
def test_the_words_of_a_question_that_is_asked_anew_hold_no_number_of_the_page(number: str) -> None:
    always = {"709.783", "0.693147"}
    for question in lesson(named(number)).questions:
        if question.another:
            assert set(re.findall(r"\d+\.\d\d+", question.hint + question.why)) <= always, question.ask


@pytest.mark.parametrize("seed", [None, 1, 2, 3])
def test_products_and_sums_that_are_told_are_the_answer(seed: int | None) -> None:
    for number, place, field in (("10", 1, "why"), ("11", 0, "why"), ("11", 3, "hint")):
        posed = pose(lesson(named(number)).questions[place], seed)
        words = str(getattr(posed, field)).partition(":")[0]
        sum_of = words.replace("times", "*").replace("·", "*").replace("−", "-")
        assert evaluate(sum_of, {}) == pytest.approx(float(posed.answer), abs=2e-6)
    loss = pose(lesson(named("05")).questions[0], seed)
    assert told(np.exp(-float(loss.answer))) in loss.why


def test_a_transposed_gradient_goes_unrefused_in_a_square_network_and_training_goes_wrong() -> None:
    right, wrong = (tape_of("square-4-4-4", mistakes, 200) for mistakes in ((), ("printed_layout",)))
    assert tape_of("square-4-4-4", (), 0).loss == pytest.approx(1.30, abs=0.005)
    assert right.loss == pytest.approx(0.12, abs=0.005)
    assert wrong.loss == pytest.approx(4.03, abs=0.005)
    hits = (right.value("p").argmax(axis=1) == right.value("y").argmax(axis=1)).sum()
    assert hits == 39


def test_two_classes_of_relu_logits_die_and_hold_the_loss_at_half_of_ln_4() -> None:
    dead, alive = (tape_of(name, None, 300) for name in ("relu-logits", "linear-logits"))
    np.testing.assert_array_equal((dead.value("z2") <= 0).all(axis=0), [False, True, False, True])
    assert dead.loss == pytest.approx(np.log(4) / 2, abs=0.002)
    assert dead.loss > np.log(4) / 2
    assert alive.loss == pytest.approx(0.0017, abs=5e-5)
    for name in ("W1", "W2"):
        first, second = (tape_of(problem, None, 0).value(name) for problem in ("relu-logits", "linear-logits"))
        np.testing.assert_array_equal(first, second)


def test_experiments_can_be_worked_out_wherever_their_sliders_stand() -> None:
    for each in lessons():
        for part in each.parts:
            if isinstance(part, Experiment):
                ends = [{slider.name: getattr(slider, end) for slider in part.slider} for end in ("least", "most")]
                for places in (start_of(part), *ends):
                    found = seen(part, places)
                    assert len(found.lines) == len(part.line)


def test_notes_say_why_bars_vanish_or_are_no_numbers() -> None:
    part = next(part for part in lesson(named("01")).parts if isinstance(part, Experiment))
    for c, words in ((0, []), (706, ["their sum"]), (707, ["A power is too large"]), (-800, ["All powers"])):
        notes = seen(part, start_of(part) | {"x_1": 3.7, "x_2": 3.7, "x_3": 3.7, "c": float(c)}).notes
        assert len(notes) == len(words)
        assert all(word in note for word, note in zip(words, notes, strict=True))


def test_items_are_named_by_document_and_number() -> None:
    for each in lessons():
        assert each.items
        assert all(item[:3] in {"000", "001", "002", "003", "004"} or item[0] == "E" for item in each.items)
