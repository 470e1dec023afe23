"""The problems that pages speak of: those of the shelf, and files beside the pages that no shelf lists."""

from explorer.engine.problem import Problem
from explorer.problems import load_problem
from explorer.resources import assets


def problem_name(name: str) -> str:
    """Return by what a page's problem is opened: the path of the file beside the page, or a name of the shelf."""
    beside = assets() / "lessons" / f"{name}.json"
    return str(beside) if beside.is_file() else name


def page_problem(name: str) -> Problem:
    """Return a problem that a page speaks of.

    Raises
    ------
    ExplorerError
        If there is none of that name.
    """
    return load_problem(problem_name(name))
