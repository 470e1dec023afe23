"""A tape as text: the JSON reads back to the same numbers, and the other formats are whole, escaped and readable."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given, settings

from explorer.engine import ExplorerError, Network, Problem
from explorer.problems import load_problem
from explorer.tape import Tape, notation, record
from explorer.tape.formats import FORMATS, tape_to
from explorer.tape.formats.html import mathml
from explorer.tape.formats.markdown import display
from explorer.tape.formats.sheet import numeral
from tests.cases import problems

NASTY = "50% & <b>#1</b> _x_ \\{~^} $\n| `*` η — 中"


def net(sizes: tuple[int, ...] = (2, 3, 2), samples: int = 2) -> Tape:
    network = Network.random(sizes, seed=1)
    X = np.random.default_rng(2).normal(size=(samples, sizes[0]))
    return record(Problem(network, X, np.eye(sizes[-1])[np.arange(samples) % sizes[-1]]))


def assert_same_numbers(found: Any, expected: np.ndarray[Any, np.dtype[np.floating]]) -> None:
    assert np.array(found, np.float64).tobytes() == expected.astype(np.float64).tobytes()


@settings(deadline=None)
@given(problems())
def test_json_reads_back_to_the_same_numbers(problem: Problem) -> None:
    tape = record(problem)
    data = json.loads(tape_to(tape, "json"))
    assert list(data) == ["format", "version", "loss", "given", "conventions", "memory", "steps"]
    assert (data["format"], data["version"], data["loss"]) == ("backprop-explorer/tape", 1, tape.loss)
    for step, keys in zip(tape.steps, data["steps"], strict=True):
        assert list(keys) == ["id", "phase", "operation", "operands", "shape", "value", "latex", "text"]
        assert (keys["id"], keys["phase"], keys["operation"]) == (step.id, step.phase, step.operation)
        assert (tuple(keys["operands"]), tuple(keys["shape"])) == (step.operands, step.shape)
        assert (keys["latex"], keys["text"]) == (step.latex, step.text)
        assert_same_numbers(keys["value"], step.value)


def strict(text: str) -> Any:
    """JSON by the standard, which has no NaN and no Infinity."""

    def refuse(name: str) -> None:
        raise AssertionError(name)

    return json.loads(text, parse_constant=refuse)


def test_json_stays_valid_where_numbers_are_not_finite() -> None:
    network = Network((1, 1), ("identity",), "half_squared_error")
    network.theta[:] = 1e200
    with np.errstate(over="ignore", invalid="ignore"):
        tape = record(Problem(network, np.array([[1e200]]), np.array([[0.0]])))
        data = strict(tape_to(tape, "json"))
    assert data["loss"] == "Infinity"
    steps = {step["id"]: step["value"] for step in data["steps"]}
    assert steps["W1+"] == [["-Infinity"]]
    assert float(steps["W1+"][0][0]) == -np.inf


@pytest.mark.parametrize("form", FORMATS)
def test_every_step_stands_in_every_format(form: str) -> None:
    tape = net()
    text = tape_to(tape, form, "row", "A title")
    position = 0
    for step in tape.steps:
        latex = notation("row").equation(step.instruction, tape.activations)
        forms = {"json": json.dumps(latex), "html": mathml(latex), "markdown": display(latex)}
        written = forms.get(form, latex)
        position = text.index(written, position)
    assert form == "json" or "A title" in text


def test_markdown() -> None:
    text = tape_to(net(), "markdown", "row", NASTY)
    assert text.splitlines()[0] == r"# 50% \& \<b\>\#1\</b\> \_x\_ \\{\~^} \$ \| \`\*\` η — 中"
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert headings == ["Given", "Forward pass", "Backward pass", "Update"]
    assert "| ---: | ---: | ---: |\n| **1** |" in text
    assert "rounded to 7 significant digits" in text
    assert "−0." in text


def test_large_matrices_are_cut_and_say_so() -> None:
    tape = net((40, 20, 3), samples=1)
    assert "the first 12 of 40 rows and the first 12 of 20 columns" in tape_to(tape, "markdown")
    assert "the first 12 of 40 rows and the first 6 of 20 columns" in tape_to(tape, "latex")
    assert "the first 32 of 40 rows and the first 16 of 20 columns" in tape_to(tape, "html")
    assert r"\cdots" in tape_to(tape, "latex")
    for form in ("markdown", "html", "latex"):
        assert "This pass cannot be worked out by hand from this page: " in tape_to(tape, form)
        assert "Shown" not in tape_to(net(), form)
    assert r"hand from this page: $W_1$ (40 $\times$ 20), $\frac" in tape_to(tape, "latex")
    assert "``backprop-explorer trace FILE -{}-format json''" in tape_to(tape, "latex")


@pytest.mark.parametrize("form", ["markdown", "html", "latex"])
def test_all_numbers_of_a_homework_stand_there(form: str) -> None:
    tape = record(load_problem("homework-10-5-10"))
    text = tape_to(tape, form)
    assert "Shown" not in text
    assert "by hand" not in text
    for name in ("x", "W1", "W2", "z2", "dJ/dW2", "W1+"):
        for number in tape.value(name).flat:
            assert numeral(float(number), "-" if form == "latex" else "−") in text


def test_what_is_wider_than_the_paper_stands_in_blocks_in_latex() -> None:
    text = tape_to(record(load_problem("homework-10-5-10")), "latex")
    widths = [row.count("&") + 1 for row in re.findall(r"\\begin\{bmatrix\}(.*?)\\\\", text)]
    assert max(widths) == 5
    assert r"W_2 \text{ is } 5 \times 10 \text{:}" in text
    assert text.count(r"\text{columns 1 to 5}") == text.count(r"\text{columns 6 to 10}") > 8
    assert not list(environments(text))


def environments(text: str) -> Iterator[str]:
    """The names of the environments that are left open, one by one as they should close."""
    stack: list[str] = []
    for kind, name in re.findall(r"\\(begin|end)\{(\w+\*?)\}", text):
        if kind == "begin":
            stack.append(name)
        else:
            assert stack.pop() == name
    yield from stack


def test_latex_is_a_whole_article() -> None:
    text = tape_to(net(), "latex", "row", NASTY)
    assert text.startswith(r"\documentclass")
    assert text.endswith("\\end{document}\n")
    assert not list(environments(text))
    bare = re.sub(r"\\[\\{}]", "", text)
    assert bare.count("{") == bare.count("}")
    title = (
        r"50\% \& \textless{}b\textgreater{}\#1\textless{}/b\textgreater{} \_x\_ \textbackslash{}\{\textasciitilde{}"
    )
    assert title + r"\textasciicircum{}\} \$ | `*` $\eta$ --- \texttt{U+4E2D}" in text
    assert all(ord(letter) < 0x180 for letter in text)


class Tags(HTMLParser):
    """Checks that every element is closed, and notes what loads from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.loads += [value or "" for name, value in attrs if name in {"src", "href"}]
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        assert not dict(attrs).keys() & {"src", "href"}

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_html_is_one_whole_page() -> None:
    page = Tags()
    text = tape_to(net(), "html", "row", NASTY)
    page.feed(text)
    assert not page.open
    assert not page.loads
    assert {"math", "table", "section"} <= page.seen
    assert not {"script", "link", "img"} & page.seen
    assert "<title>50% &amp; &lt;b&gt;#1&lt;/b&gt;" in text
    assert "prefers-color-scheme: dark" in text


@settings(deadline=None, max_examples=25)
@given(problems(max_samples=3))
def test_every_formula_becomes_mathml(problem: Problem) -> None:
    tape = record(problem)
    for step in tape.steps:
        assert ET.fromstring(mathml(step.latex)).tag.endswith("math")  # noqa: S314 (our own text)
    assert all(tape_to(tape, form) for form in FORMATS)


def test_unknown_names_are_refused() -> None:
    with pytest.raises(ExplorerError, match="use one of json, markdown, latex, html"):
        tape_to(net(), "pdf")
    with pytest.raises(ExplorerError, match="notation 'roww' is unknown"):
        tape_to(net(), "json", "roww")


def test_no_renderer_of_markdown_reads_a_thin_space_as_a_comma() -> None:
    r"""In Markdown, a backslash before punctuation escapes it: \, may come out as a comma."""
    text = tape_to(net(), "markdown", "row", "A title")
    assert r"\thinspace " in text
    assert not re.search(r"\$\$.*\\[!-/:-@\[-`{-~].*\$\$", text)


def test_a_page_says_what_is_given_once_and_raises_layers() -> None:
    page = tape_to(net(), "html", "bracket", "A title")
    assert "<h3>W<sup>[1]</sup> <small>" in page
    assert "^[" not in page
    given = page[page.index("<h2>Given") : page.index("<h2>Forward")]
    assert "<math" not in given
