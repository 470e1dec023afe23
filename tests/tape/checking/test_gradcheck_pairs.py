"""Mistakes made together: the check always answers, fails exactly what is wrong, and says nothing false about it."""

import json
import re
from itertools import combinations

import numpy as np
import pytest
from msgspec.structs import replace

from explorer import check_gradients, record
from explorer.engine import Network, Objective, Problem
from explorer.engine.errors import ExplorerError
from explorer.tape.checked_mistakes import check_mistakes
from explorer.tape.checking.criteria import CRITERIA
from explorer.tape.checking.gradreport import GradientReport
from explorer.tape.checking.gradtext import table, to_json
from explorer.tape.mistakes import MISTAKES


def problem(
    sizes: tuple[int, ...], activations: tuple[str, ...], samples: int, loss: str = "softmax_cross_entropy"
) -> Problem:
    network = Network(sizes, activations, loss, beta=3.0 if loss == "softmax_cross_entropy" else 1.0)
    rng = np.random.default_rng(sum(sizes))
    network.theta[:] = 0.7 * rng.normal(size=network.theta.size)
    Y = np.eye(sizes[-1])[rng.integers(0, sizes[-1], samples)]
    return Problem(network, rng.normal(size=(samples, sizes[0])), Y, objective=Objective("mean", 0.1))


PROBLEMS = {
    "as many samples as classes": problem((2, 2, 2), ("tanh", "identity"), 2),
    "three samples": problem((3, 4, 2), ("tanh", "identity"), 3),
    "an output activation": problem((3, 2, 3), ("relu", "sigmoid"), 3),
    "deep": problem((2, 3, 4, 3), ("gelu", "relu", "identity"), 4),
    "squares": problem((4, 4, 4), ("sigmoid", "tanh"), 4, "half_squared_error"),
    "yes or no": problem((1, 3, 1), ("softplus", "identity"), 3, "sigmoid_cross_entropy"),
    "one layer": problem((3, 3), ("identity",), 3),
}


def possible(right: Problem, names: tuple[str, ...]) -> Problem | None:
    """Return the problem with those mistakes, if it may have them."""
    wrong = replace(right, mistakes=names)
    try:
        check_mistakes(wrong)
    except ExplorerError:
        return None
    return wrong


def truthful(report: GradientReport, wrong: Problem) -> None:
    """Hold a report to the tapes with the mistakes and without them."""
    found, true = record(wrong), record(replace(wrong, mistakes=()))
    for block in report.blocks:
        given, wanted = found[block.name].value, true[block.name].value
        right = given.shape == wanted.shape and np.allclose(given, wanted, rtol=1e-7, atol=1e-12)
        assert (block.verdict != "FAILED") is right, (wrong.mistakes, block.name, block.verdict)
        factor = re.search(r"^every entry is ([\d.e+-]+) times too (large|small)", block.diagnosis)
        if factor:
            size = float(factor[1]) if factor[2] == "large" else 1 / float(factor[1])
            np.testing.assert_allclose(given, size * wanted, rtol=1e-5, atol=1e-12)
        if block.diagnosis == "every entry has the wrong sign":
            np.testing.assert_allclose(given, -wanted, rtol=1e-6, atol=1e-12)
        if block.diagnosis == "its transpose is right":
            np.testing.assert_allclose(given.T, wanted, rtol=1e-6, atol=1e-12)


@pytest.mark.parametrize("name", PROBLEMS)
def test_all_pairs(name: str) -> None:
    for names in combinations(MISTAKES, 2):
        wrong = possible(PROBLEMS[name], names)
        if wrong is not None:
            for method in ("central", "complex"):
                report = check_gradients(wrong, method=method)
                truthful(report, wrong)
                assert not report.passed
                json.loads(to_json(report))
                assert table(report).endswith(report.sentence)


@pytest.mark.parametrize("criterion", [name for name in CRITERIA if name != "explorer"])
@pytest.mark.parametrize("method", ["central", "complex"])
def test_random_pairs_and_triples_by_the_criteria_of_the_courses(criterion: str, method: str) -> None:
    rng = np.random.default_rng(3)
    for _ in range(60):
        right = PROBLEMS[str(rng.choice(list(PROBLEMS)))]
        wrong = possible(right, tuple(map(str, rng.choice(list(MISTAKES), rng.integers(1, 4), replace=False))))
        if wrong is not None:
            report = check_gradients(wrong, criterion=criterion, method=method)
            assert not report.passed, (wrong.mistakes, table(report))
            assert report.sentence
