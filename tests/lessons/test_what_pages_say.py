"""What a page says of what stands beside it is so: of the problems that it opens, and of the runs that it sets up."""

import json

import numpy as np
import pytest

from explorer.cli import main
from explorer.lessons.functions import tape_of
from explorer.lessons.lesson import Lesson, Prose
from explorer.lessons.reading import links_in
from explorer.lessons.shelf import lessons


def words_of(page: Lesson) -> list[str]:
    return [text for part in page.parts if isinstance(part, Prose) for text in part.paragraphs]


def test_logits_of_a_thousand_give_what_1_and_2_give() -> None:
    edge = tape_of("softmax-edge", None, 0)
    np.testing.assert_array_equal(edge.value("z1")[:2], [[1, 2], [1001, 1002]])
    np.testing.assert_allclose(edge.value("p")[1], edge.value("p")[0], rtol=1e-15)


def test_the_second_unit_of_net_s_lets_a_tenth_through() -> None:
    small = tape_of("net-s", None, 0)
    assert small.value("z1")[0, 1] == -2
    assert small.value("dh1/dz1")[0, 1] == pytest.approx(0.1, abs=0.006)


def test_the_homework_has_the_steps_and_shapes_that_are_told() -> None:
    homework = tape_of("homework-10-5-10", None, 0)
    assert [step.id for step in homework.steps if step.phase == "forward"] == ["z1", "h1", "z2", "p", "J"]
    assert homework.value("W1").shape == (10, 5)
    assert homework.value("z1").shape == homework.value("h1").shape == (1, 5)


def test_with_a_bias_for_each_sample_the_second_step_is_about_half_of_the_first() -> None:
    first, then = (tape_of("trace-003", ("per_sample_bias",), after).value("z1")[0, 0] for after in (1, 2))
    assert (then - first) / first == pytest.approx(0.5, abs=0.05)


def test_the_runs_of_lesson_12_reach_nine_tenths_before_9000_updates(capsys: pytest.CaptureFixture[str]) -> None:
    links = [link for text in words_of(lessons()[11]) for link in links_in(text) if link.kind == "settings"]
    assert len(links) == 3
    for link in links:
        given = [pair.partition("=") for pair in link.target.split(",")]
        options = [f"--{name.replace('_', '-')}={value.replace('-', ',')}" for name, _, value in given]
        assert main(["train", "--data", "digits", *options, "--epochs", "40", "--json"]) == 0
        summary = json.loads(capsys.readouterr().out)
        assert summary["steps"] < 1000
        assert summary["test_accuracy"] > 0.9
