"""Optimisers and schedules against those of PyTorch, where it is installed."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from explorer.engine import Update
from explorer.engine.descent import make_optimizer
from explorer.engine.schedules import Schedule

torch = pytest.importorskip(
    "torch", reason="PyTorch is no dependency of the project; where it is installed, optimisers are compared with it"
)

RATE = 0.03
MAKERS: dict[str, Callable[[list[dict[str, Any]]], Any]] = {
    "sgd": lambda groups: torch.optim.SGD(groups, RATE),
    "momentum": lambda groups: torch.optim.SGD(groups, RATE, momentum=0.9),
    "nesterov": lambda groups: torch.optim.SGD(groups, RATE, momentum=0.9, nesterov=True),
    "rmsprop": lambda groups: torch.optim.RMSprop(groups, RATE, alpha=0.99, eps=1e-8),
    "adam": lambda groups: torch.optim.Adam(groups, RATE, (0.9, 0.999), 1e-8),
    "adamw": lambda groups: torch.optim.AdamW(groups, RATE, (0.9, 0.999), 1e-8, weight_decay=0.01),
}
SCHEDULERS: dict[str, tuple[Callable[[Any], Any], Schedule]] = {
    "constant": (lambda optimizer: torch.optim.lr_scheduler.ConstantLR(optimizer, 1.0), Schedule()),
    "step": (lambda optimizer: torch.optim.lr_scheduler.StepLR(optimizer, 7, 0.5), Schedule("step", 7, 0.5)),
    "cosine": (
        lambda optimizer: torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 40, 0.1 * RATE),
        Schedule("cosine", 40, 0.1),
    ),
    "warm-up": (lambda optimizer: torch.optim.lr_scheduler.LinearLR(optimizer, 0.1, 1.0, 9), Schedule(warmup=10)),
}


@pytest.mark.parametrize("schedule", sorted(SCHEDULERS))
@pytest.mark.parametrize("name", sorted(MAKERS))
def test_forty_updates_agree(name: str, schedule: str) -> None:
    rng = np.random.default_rng(1)
    theta, gradients, decayed = rng.normal(size=10), rng.normal(size=(40, 10)), np.repeat([1.0, 0.0], [7, 3])
    weights, biases = (torch.tensor(part.copy(), requires_grad=True) for part in (theta[:7], theta[7:]))
    theirs = MAKERS[name]([{"params": [weights]}, {"params": [biases], "weight_decay": 0}])
    make_scheduler, ours = SCHEDULERS[schedule]
    scheduler = make_scheduler(theirs)
    optimizer = make_optimizer(Update(name, RATE, schedule=ours), theta, decayed)
    change = np.empty_like(theta)
    for gradient in gradients:
        weights.grad, biases.grad = torch.tensor(gradient[:7]), torch.tensor(gradient[7:])
        theirs.step()
        scheduler.step()
        optimizer.prepare()
        optimizer.apply(theta, gradient, change)
    expected = torch.cat([weights, biases]).detach().numpy()
    np.testing.assert_allclose(theta, expected, rtol=1e-12, atol=1e-13)
