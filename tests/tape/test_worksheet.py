"""The worksheet: blanks of the right shapes, no number of a solution before the solutions, and these all there."""

import re
from html import unescape
from html.parser import HTMLParser

import numpy as np
import pytest
from hypothesis import given, settings

from explorer.engine import Network, Problem
from explorer.problems import load_problem
from explorer.tape import notation, record
from explorer.tape.formats.worksheet import cell, to_worksheet
from explorer.tape.notation_shelf import notations
from explorer.tape.numbers import shown
from tests.cases import problems

TABLE = re.compile(r"<table.*?</table>")
CELL = re.compile(r"<td[^>]*>(.*?)</td>")


class Nesting(HTMLParser):
    """Holds tags to being closed in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def halves(page: str) -> tuple[str, str]:
    questions, solutions = page.split('<div class="solutions')
    return questions, solutions


def tables(page: str) -> list[list[list[str]]]:
    """Return the cells of every table, row by row."""
    return [[CELL.findall(row) for row in table.split("<tr>")[1:]] for table in TABLE.findall(page)]


@settings(deadline=None, max_examples=25)
@given(problems())
def test_every_step_has_its_blanks_and_its_solution(problem: Problem) -> None:
    tape = record(problem)
    page = to_worksheet(tape, notation("row"), "Any")
    parser = Nesting()
    parser.feed(page)
    assert not parser.open
    questions, solutions = halves(page)
    blanks = [table for table in tables(questions) if not any(any(row) for row in table)]
    assert questions.count('class="number"') == solutions.count('class="number"') == len(tape)
    assert len(blanks) == len(tables(solutions)) == len(tape)
    for step, blank, solved in zip(tape.steps, blanks, tables(solutions), strict=True):
        rows = np.atleast_2d(step.value)
        assert len(blank) == len(solved) == len(rows)
        assert {len(row) for row in blank} == {rows.shape[1]}
        assert solved == [[CELL.findall(cell(number, 4))[0] for number in row] for row in rows.tolist()]


def test_the_questions_do_not_tell_what_the_solutions_do() -> None:
    tape = record(load_problem("net-s"))
    questions, solutions = halves(to_worksheet(tape, notation("row"), "Net S"))
    for name in ("z2", "p", "J", "dJ/dW1"):
        number = shown(float(np.ravel(tape[name].value)[0]), 4)
        assert number not in questions
        assert number in solutions
    assert "break-before: page" in questions
    assert "http" not in re.sub(r'xmlns="[^"]*"', "", questions + solutions)


@pytest.mark.parametrize("name", notations())
def test_it_is_written_in_any_notation_and_layout(name: str) -> None:
    tape = record(load_problem("xor"))
    for layout in ("denominator", "numerator"):
        page = to_worksheet(tape, notation(name, layout), "XOR")
        assert ("Samples are columns." in page) == (notation(name).vectors == "column")
        assert page.count("<math") > 2 * len(tape)


@pytest.mark.parametrize("digits", [3, 4, 8, 17])
def test_digits_are_as_chosen_and_a_page_has_room_for_them(digits: int) -> None:
    network = Network.random((30, 20, 3), seed=1)
    tape = record(Problem(network, np.random.default_rng(2).normal(size=(1, 30)), np.eye(1, 3)))
    page = to_worksheet(tape, notation("row"), "Wide", digits)
    questions, solutions = halves(page)
    assert shown(tape.loss, digits) in solutions
    columns = max(len(row) for table in tables(page) for row in table)
    assert 3 <= columns <= {3: 11, 4: 10, 8: 7, 17: 4}[digits]
    assert "of 20 columns" in questions
    assert ("last digit may differ" in questions) == (digits < 17)


@pytest.mark.parametrize(("digits", "name"), [(4, "row"), (7, "column"), (17, "row")])
def test_a_homework_has_all_numbers_that_a_pencil_needs(digits: int, name: str) -> None:
    tape = record(load_problem("homework-10-5-10"))
    questions, solutions = halves(to_worksheet(tape, notation(name), "Homework", digits))
    assert "Shown" not in questions + solutions
    assert "by hand" not in questions
    for known in ("x", "W1", "W2"):
        wanted = {CELL.findall(cell(float(number), digits))[0] for number in tape.value(known).flat}
        assert wanted <= set(CELL.findall(questions))
    blanks = questions.count('<td class="blank">')
    assert blanks == sum(step.value.size for step in tape.steps) == len(CELL.findall(solutions))


def test_what_nobody_would_work_out_by_hand_is_said_to_be_so_and_where_its_numbers_are() -> None:
    network = Network.random((30, 20, 3), seed=1)
    tape = record(Problem(network, np.random.default_rng(2).normal(size=(1, 30)), np.eye(1, 3)))
    questions, _ = halves(to_worksheet(tape, notation("row"), "Wide"))
    assert "cannot be worked out by hand from this page: W₁ (30 × 20), " in questions
    assert "--format json" in questions
    assert "<figcaption>columns 21 to 30</figcaption>" in questions


def test_a_title_is_text_and_a_pass_that_leaves_the_finite_numbers_says_so() -> None:
    problem = load_problem("net-s")
    assert "<b>" not in to_worksheet(record(problem), notation("row"), "<b>\nx", about="a < b")
    assert "a < b" in unescape(to_worksheet(record(problem), notation("row"), "x", about="a < b"))
    network = Network((1, 1), ("identity",), "half_squared_error")
    network.theta[:] = 1e200
    tape = record(Problem(network, np.ones((1, 1)), np.zeros((1, 1))))
    page = to_worksheet(tape, notation("row"), "Far")
    assert "This pass leaves the finite numbers." in page
    assert "<td>∞</td>" in page
