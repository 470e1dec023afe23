"""Reading a lesson's page: Markdown a teacher can write, with TOML where something is tried or asked.

A page begins with ``+++``, lines of TOML (title, summary, items, opens, step, notation, layout, training) and ``+++``.
Then follow, apart by empty lines: ``## headings``, paragraphs, lists (``- `` or ``1. ``), formulas (``$$ ... $$``), and
blocks of TOML between three backticks and ``experiment`` or ``quiz``. In words: **bold**, *emphasis*, `symbols`, e^x^
and [links](step:dJ/dz1).
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from explorer.engine.errors import ExplorerError
from explorer.lessons.lesson import (
    LINKS,
    Display,
    Experiment,
    Heading,
    Lesson,
    Link,
    Part,
    Prose,
    Question,
)
from explorer.lessons.names import check
from explorer.problems.checks import suggestion
from explorer.tape.notation_shelf import DEFAULT, notations
from explorer.tape.orientation import Layout

FENCE, EDGE, DISPLAY = "```", "+++", "$$"
LINK = re.compile(r"\[([^\]]+)\]\((\w*):([^)]*)\)")
PLACE = re.compile(r" \(at line (\d+), column \d+\)")
BULLET, NUMBERED = re.compile(r"- +"), re.compile(r"\d+\. +")
BLOCKS: dict[str, type[Experiment] | type[Question]] = {"experiment": Experiment, "quiz": Question}
Read = TypeVar("Read", bound=Struct)


class Front(Struct, frozen=True, forbid_unknown_fields=True):
    """What stands above a page."""

    title: str
    summary: str
    items: tuple[str, ...]
    opens: str = ""
    step: str = ""
    notation: str = DEFAULT
    layout: Layout = "denominator"
    training: bool = False


def read_lesson(path: Path) -> Lesson:
    """Read a page.

    Raises
    ------
    ExplorerError
        If it cannot be read, or something in it is wrong: the sentence names file and line.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ExplorerError(f"{path.name}: the page cannot be read ({error}): expected text in UTF-8") from error
    return lesson_of(path.stem, text)


def lesson_of(name: str, text: str) -> Lesson:
    """Return the lesson of a page's text; ``name`` is its file's, without the suffix.

    Raises
    ------
    ExplorerError
        As ``read_lesson``.
    """
    if not re.match(r"\d+-", name):
        raise ExplorerError(f"{name}: expected a name that begins with the lesson's number, such as 03-sigmoid")
    lines = text.splitlines()
    page = Page(name, lines)
    if not lines or lines[0].strip() != EDGE or EDGE not in lines[1:]:
        raise page.wrong(1, f"expected {EDGE}, the title and the items in TOML, and {EDGE} again")
    end = lines.index(EDGE, 1)
    front = page.toml(Front, 1, end)
    if front.notation not in notations():
        near = suggestion(front.notation, notations())
        raise page.wrong(2, f"notation “{front.notation}” is unknown{near}: use one of {', '.join(notations())}")
    parts = tuple(page.parts(end + 1))
    return Lesson(name=name, parts=parts, **msgspec.structs.asdict(front))


class Page:
    """The lines of a page, and what is wrong in which."""

    def __init__(self, name: str, lines: list[str]) -> None:
        self._name, self._lines = name, lines

    def wrong(self, line: int, sentence: str) -> ExplorerError:
        """Return what to say of a line, counted from 1."""
        return ExplorerError(f"{self._name}.md, line {line}: {sentence}")

    def toml(self, kind: type[Read], start: int, end: int) -> Read:
        """Return the value that the lines from ``start`` up to ``end``, counted from 0, say in TOML."""
        text = "\n" * start + "\n".join(self._lines[start:end])
        try:
            return msgspec.convert(tomllib.loads(text), kind)
        except tomllib.TOMLDecodeError as error:
            found = PLACE.search(str(error))
            line, told = (int(found[1]) if found else end), PLACE.sub("", str(error))
            raise self.wrong(line, f"this is no TOML ({told})") from error
        except msgspec.ValidationError as error:
            raise self.wrong(start + 1, f"{error}: see the other lessons for what can stand here") from error

    def parts(self, start: int) -> Iterator[Part]:
        """Yield what the page says from a line on, counted from 0."""
        at = start
        while at < len(self._lines):
            line = self._lines[at].strip()
            if not line:
                at += 1
            elif line.startswith(FENCE):
                end = self._end(at, FENCE)
                yield self._block(line.removeprefix(FENCE).strip(), at, end)
                at = end + 1
            elif line.startswith("## "):
                yield Heading(line.removeprefix("## "))
                at += 1
            elif line.startswith(DISPLAY):
                end = at if line.endswith(DISPLAY) and len(line) > 4 else self._end(at, DISPLAY)
                yield Display(" ".join(self._lines[at : end + 1]).strip().strip("$").strip())
                at = end + 1
            else:
                end = self._end_of_prose(at)
                yield self._prose(at, end)
                at = end

    def _end(self, start: int, mark: str) -> int:
        """Return the line that ends what begins there."""
        for at in range(start + 1, len(self._lines)):
            if self._lines[at].strip().endswith(mark):
                return at
        raise self.wrong(start + 1, f"what begins here does not end: expected a line {mark}")

    def _end_of_prose(self, start: int) -> int:
        at = start
        while at < len(self._lines) and self._lines[at].strip() and not self._lines[at].startswith((FENCE, DISPLAY)):
            at += 1
        return at

    def _block(self, kind: str, start: int, end: int) -> Part:
        if kind not in BLOCKS:
            raise self.wrong(start + 1, f"“{kind}” is no kind of block: use one of {', '.join(BLOCKS)}")
        part: Experiment | Question = self.toml(BLOCKS[kind], start + 1, end)
        try:
            check(part)
        except ExplorerError as error:
            raise self.wrong(start + 1, str(error)) from error
        return part

    def _prose(self, start: int, end: int) -> Prose:
        for at in range(start, end):
            for link in links_in(self._lines[at]):
                if link.kind not in LINKS:
                    near = suggestion(link.kind, LINKS)
                    raise self.wrong(at + 1, f"a link to “{link.kind}:”{near}: use one of {', '.join(LINKS)}")
        lines = [line.rstrip() for line in self._lines[start:end]]
        for mark, begins in (("bullet", BULLET), ("number", NUMBERED)):
            if begins.match(lines[0]):
                return Prose(tuple(items(lines, begins)), "bullet" if mark == "bullet" else "number")
        return Prose((" ".join(line.strip() for line in lines),))


def items(lines: list[str], begins: re.Pattern[str]) -> list[str]:
    """Return the points of a list: a line that begins none goes on with the one before."""
    found: list[str] = []
    for line in lines:
        mark = begins.match(line)
        if mark or not found:
            found.append(line[mark.end() :] if mark else line)
        else:
            found[-1] += f" {line.strip()}"
    return found


def links_in(text: str) -> list[Link]:
    """Return the links of some words, in order."""
    return [Link(*found.groups()) for found in LINK.finditer(text)]
