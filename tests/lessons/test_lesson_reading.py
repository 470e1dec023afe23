"""A page says what it says; what is wrong in one is told in a sentence that names the line."""

from pathlib import Path

import pytest

from explorer.engine.errors import ExplorerError
from explorer.lessons.lesson import Display, Experiment, Heading, Link, Prose, Question
from explorer.lessons.reading import lesson_of, links_in, read_lesson
from explorer.lessons.shelf import lesson

PAGE = """+++
title = "A title"
summary = "What it is about."
items = ["000.1"]
opens = "problem:net-s"
step = "z1"
+++

Words of a paragraph
that goes on, with a [link](step:dJ/dz1).

## A section

- one
  that goes on
- two

1. first
2. second

$$ a = b $$

$$
c
= d
$$

```experiment
[[slider]]
name = "x"
least = 0
most = 1
start = 0.5
[[line]]
latex = 'x^2'
value = "x**2"
```

```quiz
ask = "What is {a} + 1?"
answer = "a + 1"
given = { a = "2" }
another = { a = "whole(1, 9)" }
```
"""


def test_a_page_is_read_part_by_part() -> None:
    found = lesson_of("03-name", PAGE)
    assert (found.number, found.title, found.opens, found.step) == (3, "A title", "problem:net-s", "z1")
    kinds = [type(part) for part in found.parts]
    assert kinds == [Prose, Heading, Prose, Prose, Display, Display, Experiment, Question]
    words, _, bullets, numbers, first, second, _, _ = found.parts
    assert words == Prose(("Words of a paragraph that goes on, with a [link](step:dJ/dz1).",))
    assert bullets == Prose(("one that goes on", "two"), "bullet")
    assert numbers == Prose(("first", "second"), "number")
    assert (first, second) == (Display("a = b"), Display("c = d"))


def test_links_have_a_kind_and_a_target() -> None:
    found = links_in("[go](step:dz2/dh1) and [set](set:W1[0,1] = 0.5)")
    assert found == [Link("go", "step", "dz2/dh1"), Link("set", "set", "W1[0,1] = 0.5")]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("+++\ntitle", "title", r"line 1: expected \+\+\+"),
        ('title = "A title"', "title = A title", "line 2: this is no TOML"),
        ('summary = "What it is about."', 'sumary = "x"', "line 2: .*sumary"),
        ("+++\n", '+++\nnotation = "colum"\n', "line 2: notation “colum” is unknown .did you mean column"),
        ("+++\n", '+++\nlayout = "sideways"\n', "line 2: .*sideways"),
        ("(step:dJ/dz1)", "(stop:dJ/dz1)", "line 10: .*did you mean step"),
        ("```experiment", "```experience", "line 28: .*experience"),
        ("most = 1\n", "most = 1\nmost = 2\n", "line 33: this is no TOML"),
        ("most = 1\n", 'most = "one"\n', "line 29: .*most"),
        ('value = "x**2"', 'value = "y**2"', "line 28: .*y, which is not known"),
        ('answer = "a + 1"', 'answer = "a +"', "line 39: .*no expression"),
        ('another = { a = "whole(1, 9)" }', 'another = { b = "1" }', "line 39: another"),
        ('answer = "a + 1"', 'answer = "1"\nkind = "choice"', "line 39: choices"),
        ('another = { a = "whole(1, 9)" }\n```', "another = 1", "line 39: what begins here does not end"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(old: str, new: str, told: str) -> None:
    assert old in PAGE
    with pytest.raises(ExplorerError, match=told) as refused:
        lesson_of("03-name", PAGE.replace(old, new, 1))
    assert str(refused.value).startswith("03-name.md, line ")
    assert "\n" not in str(refused.value)


def test_a_name_without_a_number_is_refused() -> None:
    with pytest.raises(ExplorerError, match="begins with the lesson's number"):
        lesson_of("name", PAGE)


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExplorerError, match="cannot be read"):
        read_lesson(tmp_path / "01-none.md")
    (tmp_path / "01-bytes.md").write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(ExplorerError, match="UTF-8"):
        read_lesson(tmp_path / "01-bytes.md")


def test_an_unknown_lesson_is_refused() -> None:
    with pytest.raises(ExplorerError, match="99-none"):
        lesson("99-none")
