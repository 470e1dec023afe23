"""A problem is saved whole or not at all."""

from pathlib import Path

import numpy as np
import pytest

from explorer.engine import ExplorerError
from explorer.files.problem_file import save_problem
from explorer.problems import load_problem


def test_a_saved_problem_is_read_back(tmp_path: Path) -> None:
    problem = load_problem("mazur")
    path = save_problem(problem, tmp_path / "mine.json")
    again = load_problem(path)
    assert (again.title, again.update) == (problem.title, problem.update)
    assert again.network.theta.tobytes() == problem.network.theta.tobytes()


def test_a_diverged_problem_leaves_the_old_file(tmp_path: Path) -> None:
    problem = load_problem("mazur")
    path = save_problem(problem, tmp_path / "mine.json")
    before = path.read_bytes()
    problem.network.theta[0] = np.inf
    with pytest.raises(ExplorerError, match="W1 holds a number that is not finite"):
        save_problem(problem, path)
    assert path.read_bytes() == before
