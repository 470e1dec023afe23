"""The text formats in every notation: symbols, order, matrices and shapes turn; JSON keeps its rows."""

import json

import numpy as np
import pytest

from explorer.cli import main
from explorer.engine import Network, Problem
from explorer.tape import Tape, notation, notations, record
from explorer.tape.formats import tape_to
from explorer.tape.formats.sheet import lines
from explorer.tape.orientation import Layout

LAYOUTS: tuple[Layout, ...] = ("denominator", "numerator")


def tape_of(sizes: tuple[int, ...] = (3, 4, 2), samples: int = 1) -> Tape:
    X = np.arange(1.0, 1 + samples * sizes[0]).reshape(samples, -1) / 8
    return record(Problem(Network.random(sizes, seed=3), X, np.eye(sizes[-1])[[0] * samples]))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", notations())
def test_every_line_has_its_array_as_it_is_written(name: str, layout: Layout) -> None:
    script, tape = notation(name, layout), tape_of(samples=5)
    names = (*tape.given, *(step.id for step in tape.steps))
    for line, array in zip(lines(tape, script), names, strict=True):
        value = tape.value(array)
        assert line.symbol == script.symbol(array, tape.activations)
        np.testing.assert_array_equal(line.value, script.array(array, value))
        assert np.prod(line.shape) == value.size


@pytest.mark.parametrize("name", notations())
def test_json_holds_the_same_arrays_in_every_notation(name: str) -> None:
    tape = tape_of(samples=2)
    usual, other = (json.loads(tape_to(tape, "json", each)) for each in ("row", name))
    for step, same in zip(usual["steps"], other["steps"], strict=True):
        assert {**step, "latex": ""} == {**same, "latex": ""}
        assert same["latex"] == notation(name).equation(tape[step["id"]].instruction, tape.activations)


def test_columns_in_markdown_latex_and_html() -> None:
    tape = tape_of()
    markdown = tape_to(tape, "markdown", "column")
    assert "**`W₁`** (4 × 3)" in markdown
    assert "**`b₁`** (4 × 1)" in markdown
    assert "Samples are columns." in markdown
    latex = tape_to(tape, "latex", notation("column", "numerator"))
    assert r"\begin{bmatrix} 0.125 \\ 0.25 \\ 0.375 \end{bmatrix}_{3 \times 1}" in latex
    assert "Numerator layout" in latex
    page = tape_to(tape, "html", "write-up-004")
    assert "<h3>V <small>4 × 2</small></h3>" in page
    assert "Samples are columns" not in page


def test_the_command_takes_a_notation_and_a_layout(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trace", "net-s", "--notation", "bracket", "--layout", "numerator"]) == 0
    printed = capsys.readouterr().out
    assert r"dW^{[2]} = a^{[1]}\thinspace dz^{[2]}" in printed
    assert main(["trace", "net-s", "--notation", "column"]) == 0
    assert r"= W_2^\top \cdot" in capsys.readouterr().out


def test_help_names_every_notation(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["trace", "--help"])
    printed = " ".join(capsys.readouterr().out.split()).replace("- ", "-")
    for name in notations():
        assert name in printed
