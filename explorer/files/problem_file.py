"""Saving a problem: the text of a problem file, written whole or not at all."""

import os
from pathlib import Path

from explorer.engine.problem import Problem
from explorer.files.atomic import write_atomically
from explorer.problems import problem_to_json


def save_problem(problem: Problem, path: str | os.PathLike[str]) -> Path:
    """Write the problem to a file that ``load_problem`` reads back to the same numbers; return its path.

    Raises
    ------
    ExplorerError
        If a number of the problem is not finite or the file cannot be written; a file that was there stays.
    """
    return write_atomically(path, problem_to_json(problem).encode("utf-8"))
