"""Random problems of every kind that the engine knows, for property tests, with the reference's word."""

from collections.abc import Iterator
from itertools import product
from typing import get_args

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from explorer.engine import Network, Objective, Problem, Update
from explorer.engine.activations import ACTIVATIONS
from explorer.engine.losses import LOSSES
from explorer.engine.problem import L2Form, Reduction
from tests import reference

NAMES = st.sampled_from(sorted(ACTIVATIONS))
BETAS = st.sampled_from([1.0, 0.0, -1.0, 0.3, 2.5])
L2 = st.sampled_from([0.0, 0.01, 0.7])


def targets(kind: str, shape: tuple[int, int], rng: np.random.Generator) -> NDArray[np.floating]:
    """Make one-hot rows, rows of yes and no, soft labels that sum to one, or any numbers."""
    if kind == "classes":
        return np.eye(shape[1])[rng.integers(0, shape[1], shape[0])]
    if kind == "several":
        return rng.integers(0, 2, shape).astype(float)
    rows = rng.random(shape)
    return rows / rows.sum(axis=1, keepdims=True) if kind == "soft" else 3 * rows - 1


@st.composite
def problems(draw: st.DrawFn, *, max_samples: int = 5) -> Problem:
    sizes = draw(st.lists(st.integers(1, 4), min_size=2, max_size=5))
    depth = len(sizes) - 1
    activations = draw(st.lists(NAMES, min_size=depth, max_size=depth))
    loss = draw(st.sampled_from(sorted(LOSSES)))
    network = Network(sizes, activations, loss, 1.0 if LOSSES[loss].multilabel else draw(BETAS))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    network.theta[:] = rng.normal(size=network.theta.size)
    samples = draw(st.integers(1, max_samples))
    X = rng.normal(size=(samples, sizes[0]))
    Y = targets(draw(st.sampled_from(["classes", "several", "soft", "real"])), (samples, sizes[-1]), rng)
    objective = Objective(draw(st.sampled_from(["mean", "sum"])), draw(L2), draw(st.sampled_from(["half", "full"])))
    return Problem(network, X, Y, None, objective, Update("sgd", draw(st.sampled_from([0.01, 0.5]))))


def grid(activation: str, loss: str) -> Iterator[tuple[str, Problem]]:
    """Yield small problems with that activation on every layer: reduction by penalty by depth 1 to 4 by batch."""
    rng = np.random.default_rng(7)
    beta = 1.0 if LOSSES[loss].multilabel else 1.7
    penalties: list[tuple[float, L2Form]] = [(0.0, "half"), (0.3, "half"), (0.3, "full")]
    for reduction, (l2, form), depth, batch in product(get_args(Reduction), penalties, range(1, 5), (1, 3)):
        sizes = (3, *(2,) * depth)
        network = Network(sizes, (activation,) * depth, loss, beta)
        network.theta[:] = rng.normal(size=network.theta.size)
        X, Y = rng.normal(size=(batch, 3)), targets("soft", (batch, 2), rng)
        name = f"{reduction}, l2 {l2} {form}, depth {depth}, batch {batch}"
        yield name, Problem(network, X, Y, None, Objective(reduction, l2, form))


def reference_loss(problem: Problem, theta: NDArray[np.complexfloating], X: NDArray[np.complexfloating]) -> complex:
    """J of the problem at other parameters and inputs, by the reference."""
    network, objective = problem.network, problem.objective
    return reference.objective(
        reference.unpacked(theta, network.sizes),
        X.astype(complex).tolist(),
        problem.Y.tolist(),
        activations=network.activations,
        loss=network.loss,
        beta=network.beta,
        reduction=objective.reduction,
        l2=objective.l2,
        l2_form=objective.l2_form,
    )


def reference_gradient(problem: Problem) -> NDArray[np.floating]:
    """dJ/dtheta by complex steps."""
    X = problem.X.astype(complex)
    return reference.complex_step(lambda theta: reference_loss(problem, theta, X), problem.network.theta)


def is_smooth(problem: Problem, margin: float = 1e-3) -> bool:
    """Tell whether no ReLU, leaky or not, stands so near its kink that a finite difference could step over it."""
    h = problem.X
    for layer in problem.network.layers:
        z = h @ layer.weights + layer.bias
        if layer.activation in {"relu", "leaky_relu"} and (np.abs(z) < margin).any():
            return False
        h = np.array([[reference.FUNCTIONS[layer.activation](complex(v)).real for v in row] for row in z])
    return True
