"""A second opinion from another library's automatic differentiation, where that library is installed."""

import numpy as np
import pytest

from explorer.engine import Network, Objective, Problem
from explorer.engine.activations import ACTIVATIONS
from explorer.engine.losses import LOSSES
from tests.cases import targets
from tests.engine.judging import Gradients, judge, judge_grid

torch = pytest.importorskip(
    "torch", reason="PyTorch is no dependency of the project; where it is installed, gradients are compared with it"
)
F = torch.nn.functional

FUNCTIONS = {
    "identity": torch.clone,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky_relu": F.leaky_relu,
    "softplus": lambda z: F.softplus(z, threshold=50),
    "gelu": F.gelu,
}
LOSS_FUNCTIONS = {
    "softmax_cross_entropy": lambda a, y: F.cross_entropy(a, y, reduction="none"),
    "sigmoid_cross_entropy": lambda a, y: F.binary_cross_entropy_with_logits(a, y, reduction="none").sum(dim=1),
    "half_squared_error": lambda a, y: 0.5 * F.mse_loss(a, y, reduction="none").sum(dim=1),
    "squared_error": lambda a, y: F.mse_loss(a, y, reduction="none").sum(dim=1),
}


def test_every_activation_and_loss_has_its_like() -> None:
    assert (set(FUNCTIONS), set(LOSS_FUNCTIONS)) == (set(ACTIVATIONS), set(LOSSES))


def torch_gradients(problem: Problem) -> tuple[float, Gradients]:
    """Return J and dJ/dq for q = x, W1, b1, ..., by PyTorch's autograd in float64."""
    given = {"x": problem.X, **problem.network.parameters}
    leaves = {name: torch.tensor(array, requires_grad=True) for name, array in given.items()}
    h, network, objective = leaves["x"], problem.network, problem.objective
    for layer, name in enumerate(network.activations, start=1):
        h = FUNCTIONS[name](h @ leaves[f"W{layer}"] + leaves[f"b{layer}"])
    if network.loss == "softmax_cross_entropy":
        h = network.beta * h
    losses = LOSS_FUNCTIONS[network.loss](h, torch.tensor(problem.Y))
    total = losses.mean() if objective.reduction == "mean" else losses.sum()
    squares = sum((leaves[name] ** 2).sum() for name in leaves if name.startswith("W"))
    total = total + (objective.l2 / 2 if objective.l2_form == "half" else objective.l2) * squares
    total.backward()
    return total.item(), {name: leaf.grad.numpy() for name, leaf in leaves.items()}


def problem_of(hidden: str, output: str, loss: str, reduction: str) -> Problem:
    rng = np.random.default_rng(9)
    network = Network((6, 5, 4, 3), (hidden, hidden, output), loss, beta=1.0 if LOSSES[loss].multilabel else 1.4)
    network.theta[:] = rng.normal(size=network.theta.size)
    objective = Objective("mean" if reduction == "mean" else "sum", 0.05, "full" if reduction == "mean" else "half")
    return Problem(network, rng.normal(size=(7, 6)), targets("soft", (7, 3), rng), None, objective)


@pytest.mark.parametrize("reduction", ["mean", "sum"])
@pytest.mark.parametrize("loss", sorted(LOSSES))
@pytest.mark.parametrize("output", sorted(ACTIVATIONS))
@pytest.mark.parametrize("hidden", sorted(ACTIVATIONS))
def test_gradients_agree(hidden: str, output: str, loss: str, reduction: str) -> None:
    judge(problem_of(hidden, output, loss, reduction), torch_gradients, f"{hidden}, {output}")


@pytest.mark.parametrize("loss", sorted(LOSSES))
@pytest.mark.parametrize("activation", sorted(ACTIVATIONS))
def test_gradients_agree_in_every_convention_at_every_depth(activation: str, loss: str) -> None:
    judge_grid(activation, loss, torch_gradients)
