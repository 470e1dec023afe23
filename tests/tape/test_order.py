"""The ids of a tape, their phases and their order, written out again from the public table."""

import numpy as np
import pytest
from hypothesis import given, settings

from explorer.engine import Network, Objective, Problem
from explorer.engine.activations import ACTIVATIONS
from explorer.engine.losses import LOSSES
from explorer.tape import Tape, record
from tests.cases import problems


def expected_forward(depth: int, *, activated: bool, probabilities: bool, penalised: bool) -> list[str]:
    ids = [f"{letter}{layer}" for layer in range(1, depth) for letter in "zh"] + [f"z{depth}"]
    ids += [f"h{depth}"] if activated else []
    ids += ["p"] if probabilities else []
    ids += ["R"] if penalised else []
    return [*ids, "J"]


def expected_backward(depth: int, *, activated: bool) -> list[str]:
    ids = [f"dJ/dh{depth}", f"dh{depth}/dz{depth}"] if activated else []
    ids += [f"dJ/dz{depth}", f"dJ/dW{depth}", f"dJ/db{depth}"]
    for k in range(depth - 1, 0, -1):
        ids += [f"dz{k + 1}/dh{k}", f"dJ/dh{k}", f"dh{k}/dz{k}", f"dJ/dz{k}", f"dJ/dW{k}", f"dJ/db{k}"]
    return [*ids, "dz1/dx", "dJ/dx"]


def expected_update(depth: int) -> list[str]:
    return [f"{letter}{layer}+" for layer in range(1, depth + 1) for letter in "Wb"] + ["J+"]


def tape_of(depth: int, loss: str, output: str, l2: float, hidden: str = "tanh") -> Tape:
    network = Network((3,) * depth + (2,), (hidden,) * (depth - 1) + (output,), loss)
    network.theta[:] = np.linspace(-1, 1, network.theta.size)
    X, Y = np.ones((2, 3)), np.eye(2)
    return record(Problem(network, X, Y, objective=Objective(l2=l2)))


@pytest.mark.parametrize("l2", [0.0, 0.1])
@pytest.mark.parametrize("output", sorted(ACTIVATIONS))
@pytest.mark.parametrize("loss", sorted(LOSSES))
@pytest.mark.parametrize("depth", [1, 2, 3, 4])
def test_ids_and_phases_are_those_of_the_public_table(depth: int, loss: str, output: str, l2: float) -> None:
    activated = output != "identity"
    forward = expected_forward(
        depth, activated=activated, probabilities=loss.endswith("cross_entropy"), penalised=l2 > 0
    )
    backward = expected_backward(depth, activated=activated)
    tape = tape_of(depth, loss, output, l2)
    assert [step.id for step in tape.steps] == forward + backward + expected_update(depth)
    phases = ["forward"] * len(forward) + ["backward"] * len(backward) + ["update"] * (2 * depth + 1)
    assert [step.phase for step in tape.steps] == phases


def test_the_table_of_one_hidden_layer_in_full() -> None:
    ids = [step.id for step in tape_of(2, "softmax_cross_entropy", "identity", 0.0).steps]
    assert ids[:5] == ["z1", "h1", "z2", "p", "J"]
    assert ids[5:8] == ["dJ/dz2", "dJ/dW2", "dJ/db2"]
    assert ids[8:14] == ["dz2/dh1", "dJ/dh1", "dh1/dz1", "dJ/dz1", "dJ/dW1", "dJ/db1"]
    assert ids[14:] == ["dz1/dx", "dJ/dx", "W1+", "b1+", "W2+", "b2+", "J+"]


def test_cross_entropy_after_an_output_activation_starts_at_h() -> None:
    ids = [step.id for step in tape_of(1, "softmax_cross_entropy", "relu", 0.0).steps]
    assert ids[:8] == ["z1", "h1", "p", "J", "dJ/dh1", "dh1/dz1", "dJ/dz1", "dJ/dW1"]


@pytest.mark.parametrize("hidden", ["identity", "relu"])
def test_hidden_activations_are_steps_even_where_they_change_nothing(hidden: str) -> None:
    tape = tape_of(2, "softmax_cross_entropy", "identity", 0.0, hidden)
    assert tape["h1"].operation == hidden
    assert "dh1/dz1" in tape


@settings(deadline=None, max_examples=50)
@given(problems())
def test_every_step_reads_what_is_there_and_no_id_comes_twice(problem: Problem) -> None:
    tape = record(problem)
    known = set(tape.given)
    for step in tape.steps:
        assert set(step.operands) <= known
        assert step.id not in known
        known.add(step.id)


@settings(deadline=None, max_examples=50)
@given(problems())
def test_shapes_conform_along_the_chain(problem: Problem) -> None:
    """A gradient has the shape of what it is the gradient of; a factor W^T that of W, turned."""
    tape = record(problem)
    for step in tape.steps:
        if step.id.startswith("dJ/d"):
            assert step.shape == tape.value(step.id.removeprefix("dJ/d")).shape
        elif step.id.endswith("+") and step.id != "J+":
            assert step.shape == tape.value(step.id.removesuffix("+")).shape
        elif step.operation == "transpose":
            assert step.shape == tape.value(step.operands[0]).shape[::-1]
        elif step.id.startswith("dh"):
            assert step.shape == tape.value(step.id[1 : step.id.index("/")]).shape
    assert tape["J"].shape == tape["J+"].shape == ()
    assert tape["z1"].shape == (problem.samples, problem.network.sizes[1])
