"""Long work in steps: a generator that gives way now and then, so that it can be shown, and stopped, by its driver.

Nothing here knows of threads: a command line takes all steps at once, a window takes them beside its own thread.
"""

from collections.abc import Generator
from typing import Any, TypeVar

Result = TypeVar("Result")
Steps = Generator[None, None, Result]
"""Work that gives way, and returns its result in the end."""


def finished(steps: Generator[Any, None, Result]) -> Result:
    """Take all steps of a work and return its result."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: Result = end.value
            return result
