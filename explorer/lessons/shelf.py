"""The shelf of lessons: pages among the assets, in the order of their numbers, each read when it is first asked for."""

from functools import cache

from explorer.engine.errors import ExplorerError
from explorer.lessons.lesson import Lesson
from explorer.lessons.reading import read_lesson
from explorer.resources import assets


@cache
def lesson_names() -> tuple[str, ...]:
    """Return the names of the lessons, in order."""
    return tuple(sorted(path.stem for path in (assets() / "lessons").glob("*.md")))


@cache
def lesson(name: str) -> Lesson:
    """Return the lesson of that name.

    Raises
    ------
    ExplorerError
        If there is none, or its page cannot be read.
    """
    if name not in lesson_names():
        raise ExplorerError(f"lesson {name!r} is unknown: use one of {', '.join(lesson_names())}")
    return read_lesson(assets() / "lessons" / f"{name}.md")


@cache
def lessons() -> tuple[Lesson, ...]:
    """Return all lessons, in order."""
    return tuple(lesson(name) for name in lesson_names())
