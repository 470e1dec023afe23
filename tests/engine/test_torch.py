"""A second opinion from another library's automatic differentiation, where that library is installed."""

import numpy as np
import pytest

from explorer.engine import Network, Objective, Problem, Trainer
from explorer.engine.activations import ACTIVATIONS
from explorer.engine.losses import LOSSES
from explorer.tape import record
from tests.cases import targets

torch = pytest.importorskip(
    "torch", reason="PyTorch is no dependency of the project; where it is installed, gradients are compared with it"
)

FUNCTIONS = {"identity": torch.clone, "sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu}


def torch_gradients(problem: Problem) -> tuple[float, dict[str, np.ndarray]]:
    """Return J and dJ/dq for q = x, W1, b1, ..., by PyTorch's autograd in float64."""
    given = {"x": problem.X, **problem.network.parameters}
    leaves = {name: torch.tensor(array, requires_grad=True) for name, array in given.items()}
    h, network, objective = leaves["x"], problem.network, problem.objective
    for layer, name in enumerate(network.activations, start=1):
        h = FUNCTIONS[name](h @ leaves[f"W{layer}"] + leaves[f"b{layer}"])
    y = torch.tensor(problem.Y)
    if network.loss == "softmax_cross_entropy":
        losses = torch.nn.functional.cross_entropy(network.beta * h, y, reduction="none")
    else:
        losses = 0.5 * ((h - y) ** 2).sum(dim=1)
    total = losses.mean() if objective.reduction == "mean" else losses.sum()
    squares = sum((leaves[name] ** 2).sum() for name in leaves if name.startswith("W"))
    total = total + (objective.l2 / 2 if objective.l2_form == "half" else objective.l2) * squares
    total.backward()
    return total.item(), {name: leaf.grad.numpy() for name, leaf in leaves.items()}


def problem_of(hidden: str, output: str, loss: str, reduction: str) -> Problem:
    rng = np.random.default_rng(9)
    network = Network((6, 5, 4, 3), (hidden, hidden, output), loss, beta=1.4)
    network.theta[:] = rng.normal(size=network.theta.size)
    objective = Objective("mean" if reduction == "mean" else "sum", 0.05, "full" if reduction == "mean" else "half")
    return Problem(network, rng.normal(size=(7, 6)), targets("soft", (7, 3), rng), None, objective)


@pytest.mark.parametrize("reduction", ["mean", "sum"])
@pytest.mark.parametrize("loss", sorted(LOSSES))
@pytest.mark.parametrize("output", sorted(ACTIVATIONS))
@pytest.mark.parametrize("hidden", sorted(ACTIVATIONS))
def test_gradients_agree(hidden: str, output: str, loss: str, reduction: str) -> None:
    problem = problem_of(hidden, output, loss, reduction)
    expected, gradients = torch_gradients(problem)
    tape = record(problem)
    trainer = Trainer.of(problem, batch_size=7)
    assert tape.loss == pytest.approx(expected, rel=1e-12)
    assert trainer.compute_gradient() == pytest.approx(expected, rel=1e-12)
    for name, gradient in gradients.items():
        scale = max(1.0, np.abs(gradient).max())
        np.testing.assert_allclose(tape[f"dJ/d{name}"].value, gradient, rtol=1e-12, atol=1e-12 * scale)
        if name != "x":
            found = trainer.gradients[name]
            np.testing.assert_allclose(found, gradient, rtol=1e-12, atol=1e-12 * scale)
