"""No item of the five write-ups is without a test: each stands in a test's name and in its docstring."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ITEMS = {
    "000": [f"{n}" for n in range(1, 20)],
    "001": [f"{n}" for n in range(1, 26)],
    "002": [f"{n}" for n in range(1, 15)],
    "003": [f"{n}" for n in range(1, 20)],
    "004": [f"{n}" for n in range(1, 24)] + ["L29"],
}
"""The numbered statements; what a mistake stands in is shown by the test of that mistake."""
WANTED = [f"{document}_{item}" for document, items in ITEMS.items() for item in items]
WANTED += [f"e{n}" for n in range(1, 17)] + [f"q{n}" for n in range(1, 11)]
IN_MISTAKE = {
    "e1": "000_17",
    "e2": "001_9",
    "e3": "001_10",
    "e4": "001_12",
    "e5": "001_7",
    "e6": "002_1",
    "e7": "002_13",
    "e8": "002_10",
    "e9": "003_1",
    "e10": "003_4",
    "e11": "003_16",
    "e12": "003_16",
    "e13": "003_16",
    "e14": "004_11",
    "e15": "004_23",
    "e16": "004_19",
}
"""The item that each mistake stands in; E16 stands in 004.(21) as well."""
MARK = re.compile(r"(?<![a-z0-9])(00[0-4]_(?:\d+|L29)|[eq]\d+)(?![a-z0-9])")


def all_tests() -> Iterator[tuple[str, str]]:
    """Yield name and docstring of every test of this folder."""
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                yield node.name, ast.get_docstring(node) or ""


MARKED = [(name, MARK.findall(name), text) for name, text in all_tests() if MARK.search(name)]


def spelled(mark: str) -> tuple[str, ...]:
    """Return how a docstring may write a mark: 000.7, 004.(16), 004, line 29, E1."""
    if mark[0] in "eq":
        return (mark.upper(),)
    document, item = mark.split("_")
    return (f"{document}.{item}", f"{document}.({item})", f"{document}, line {item[1:]}")


@pytest.mark.parametrize("item", WANTED)
def test_every_item_has_a_test(item: str) -> None:
    assert [name for name, marks, _ in MARKED if item in marks]


def test_no_test_names_an_item_that_does_not_exist() -> None:
    assert {mark for _, marks, _ in MARKED for mark in marks} <= set(WANTED)


@pytest.mark.parametrize(("name", "marks", "text"), MARKED, ids=[name for name, _, _ in MARKED])
def test_docstrings_name_the_items_too(name: str, marks: list[str], text: str) -> None:
    for mark in marks:
        assert any(re.search(rf"{re.escape(form)}(?!\d)", text) for form in spelled(mark)), mark


@pytest.mark.parametrize("mistake", IN_MISTAKE)
def test_a_mistake_s_test_names_the_item_that_it_stands_in(mistake: str) -> None:
    assert [name for name, marks, _ in MARKED if mistake in marks and IN_MISTAKE[mistake] in marks]
