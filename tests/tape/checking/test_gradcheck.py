"""The gradient check passes right gradients and fails wrong ones, at every kind of step, and kinks do not fool it."""

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.typing import NDArray

from explorer import check_gradients, record
from explorer.engine import ExplorerError, Network, Problem
from explorer.tape.checking.differences import Nudger
from explorer.tape.checking.gradcheck import check_entry, is_checkable
from explorer.tape.checking.gradtext import table, to_json
from explorer.tape.names import parse
from tests.cases import problems
from tests.tape.checking.falsified import small, with_value

Array = NDArray[np.floating]


@settings(deadline=None)
@given(problems())
def test_every_gradient_of_the_tape_passes(problem: Problem) -> None:
    report = check_gradients(problem)
    assert report.passed, table(report)
    parameters = [f"dJ/d{name}" for name in problem.network.parameters]
    assert [block.name for block in report.blocks] == [*parameters, "dJ/dx"]
    assert [block.shape for block in report.blocks[:-1]] == [a.shape for a in problem.network.parameters.values()]


@settings(deadline=None, max_examples=30)
@given(problems(max_samples=2))
def test_every_entry_of_every_gradient_step_passes(problem: Problem) -> None:
    tape = record(problem)
    names = [step.id for step in tape.steps if is_checkable(tape, step.id)]
    assert {"dJ/dx", "dJ/dz1", "dJ/dW1", "dJ/db1"} <= set(names)
    for name in names:
        for index in np.ndindex(tape[name].shape):
            check = check_entry(problem, name, index, tape=tape)
            assert check.passed, check
            assert check.analytic == tape[name].value[index]


MISTAKES: dict[str, tuple[str, Callable[[Array], Array]]] = {
    "sign": ("dJ/dW1", lambda g: -g),
    "factor": ("dJ/dW2", lambda g: 2 * g),
    "missing 1/N": ("dJ/db1", lambda g: 3 * g),
    "transposed": ("dJ/dx", lambda g: g.T),
    "one entry a ten-thousandth off": (
        "dJ/dW1",
        lambda g: g * np.where(np.arange(g.size).reshape(g.shape) == 5, 1.0001, 1),
    ),
    "not a number": ("dJ/db2", lambda g: g * np.nan),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_wrong_gradient_fails_and_the_others_pass(mistake: str) -> None:
    name, change = MISTAKES[mistake]
    problem = small()
    tape = with_value(record(problem), name, change)
    report = check_gradients(problem, tape=tape)
    assert not report.passed
    assert [block.name for block in report.blocks if not block.passed] == [name]
    assert report.sentence.startswith(f"Not the derivative of the loss: {name}; entry (")
    assert report[name].worst.numeric == report[name].numeric
    assert not check_entry(problem, name, report[name].worst.index, tape=tape).passed


def test_the_worst_entry_is_the_one_that_is_wrong() -> None:
    problem = small()
    tape = with_value(record(problem), *MISTAKES["one entry a ten-thousandth off"])
    assert check_gradients(problem, tape=tape)["dJ/dW1"].worst.index == (1, 1)


def test_a_kink_is_skipped_and_counted() -> None:
    network = Network((2, 2, 2), ("relu", "identity"))
    network.theta[:] = 0.5
    problem = Problem(network, np.array([[1.0, -2.0]]), np.eye(2)[:1])
    network.layers[0].bias[:] = 0.5  # z1 = (0, 0): both units stand at the kink
    report = check_gradients(problem)
    assert report.passed
    assert (report["dJ/db1"].checked, report["dJ/db1"].skipped) == (2, 2)
    assert (report["dJ/dW2"].checked, report["dJ/dW2"].skipped) == (4, 0)
    assert check_entry(problem, "dJ/dz1", (0, 1)).skipped
    assert not check_entry(problem, "dJ/dh1", (0, 1)).skipped


@pytest.mark.parametrize("scale", [1e-3, 1.0, 255.0, 1e4])
@pytest.mark.parametrize("loss", ["softmax_cross_entropy", "half_squared_error"])
def test_inputs_of_any_size_are_checked_fairly(scale: float, loss: str) -> None:
    network = Network.random((3, 5, 4, 2), "tanh", seed=1, loss=loss)
    X = scale * np.random.default_rng(3).normal(size=(4, 3))
    report = check_gradients(Problem(network, X, np.eye(2)[[0, 1, 1, 0]]))
    assert report.passed, table(report)


def test_the_error_falls_with_the_square_of_h() -> None:
    problem = small("tanh")
    errors = [abs(c.numeric - c.analytic) for c in (check_entry(problem, "dJ/db1", (0,), h) for h in (1e-2, 1e-3))]
    assert errors[1] / errors[0] == pytest.approx(0.01, rel=0.01)


def test_large_blocks_are_sampled_the_same_way_every_time() -> None:
    problem = small()
    report = check_gradients(problem, most=5)
    assert [block.checked for block in report.blocks] == [5, 4, 5, 2, 5]
    assert report == check_gradients(problem, most=5)


@pytest.mark.parametrize("name", ["x", "z1", "h1", "W1", "b2"])
def test_sweeps_do_not_change_the_numbers(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    nudger = Nudger(small())
    indices = np.argwhere(np.isfinite(nudger.arrays[name]))
    whole = nudger.differences(parse(name), indices, 1e-5)
    monkeypatch.setattr("explorer.tape.checking.differences.SWEEP", 1)
    single = nudger.differences(parse(name), indices, 1e-5)
    assert len(whole.numeric) == nudger.arrays[name].size
    assert single.numeric == pytest.approx(whole.numeric, abs=1e-9)


def test_the_report_as_text_and_as_json() -> None:
    report = check_gradients(small())
    lines = table(report).splitlines()
    assert len(lines) == 1 + 5 + 1
    assert lines[1].split()[0] == "dJ/dW1"
    assert lines[1].endswith("passed")
    assert lines[-1] == report.sentence
    data: dict[str, Any] = json.loads(to_json(report))
    assert data["passed"] is True
    worst = report["dJ/dW2"].worst
    block = data["blocks"][2]
    assert (block["name"], block["shape"], block["worst_entry"]) == ("dJ/dW2", [4, 2], list(worst.index))
    assert (block["analytic"], block["numeric"]) == (worst.analytic, worst.numeric)


BAD: list[tuple[str, tuple[int, ...], float, str]] = [
    ("dJ/dW3", (0, 0), 1e-5, "no gradient of this tape: use one of dJ/dz2"),
    ("W1", (0, 0), 1e-5, "no gradient of this tape"),
    ("dz2/dh1", (5, 0), 1e-5, r"dz2/dh1 has no entry \(5, 0\)"),
    ("dJ/dW1", (3, 0), 1e-5, r"has no entry \(3, 0\): its shape is \(3, 4\)"),
    ("dJ/dW1", (-1, 0), 1e-5, "has no entry"),
    ("dJ/dW1", (0,), 1e-5, "has no entry"),
    ("dJ/dW1", (0, 0), 0.0, "h is 0.0: expected a positive number"),
    ("dJ/dW1", (0, 0), float("nan"), "h is nan"),
]


@pytest.mark.parametrize(("name", "index", "h", "words"), BAD)
def test_what_cannot_be_checked_is_refused(name: str, index: tuple[int, ...], h: float, words: str) -> None:
    with pytest.raises(ExplorerError, match=words):
        check_entry(small(), name, index, h)


def test_the_library_loads_no_qt() -> None:
    code = (
        "import sys, explorer; assert 'numpy' not in sys.modules; "
        "from explorer import load_problem, record, check_gradients; from explorer.tape.formats import tape_to; "
        "assert check_gradients(load_problem('net-s')).passed; tape_to(record(load_problem('xor')), 'html'); "
        "assert not [m for m in sys.modules if m.startswith(('PySide6', 'shiboken6', 'pyqtgraph', 'ziamath'))]"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(("activation", "scale", "first"), [("identity", 1e308, "z1"), ("sigmoid", 1e308, "z1")])
def test_a_pass_that_leaves_the_finite_numbers_says_where(activation: str, scale: float, first: str) -> None:
    network = Network((2, 2, 2), (activation, "identity"))
    network.theta[:] = 2
    report = check_gradients(Problem(network, np.full((1, 2), scale), np.eye(1, 2)))
    assert not report.passed
    assert report.not_finite == first
    wanted = f"The pass leaves the finite numbers, first in {first}: no gradient can be checked"
    assert report.sentence.startswith(wanted)
    assert json.loads(to_json(report))["not_finite"] == first


def test_large_finite_numbers_are_checked() -> None:
    network = Network((2, 2, 2), ("sigmoid", "identity"))
    network.theta[:] = np.linspace(-1, 1, network.theta.size)
    report = check_gradients(Problem(network, np.array([[1e307, -1e307]]), np.eye(1, 2)))
    assert report.not_finite == ""
    assert report.passed
