"""What the tests of the five write-ups share: random nets and logits, their tapes, and a judge of derivatives.

The judge is a complex step through ``tests.reference``, which shares no code with the program.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explorer.engine import Network, Objective, Problem, Update
from explorer.engine.initialisers import Init
from explorer.tape import Tape, jacobian, record
from tests import reference

Array = NDArray[np.floating]
Vector = Sequence[reference.Number]


def draws(count: int = 20) -> Iterator[np.random.Generator]:
    """Yield as many generators, seeded 0, 1, ..."""
    yield from (np.random.default_rng(seed) for seed in range(count))


def passing_on(
    z: ArrayLike, y: ArrayLike, *, activation: str = "identity", loss: str = "softmax_cross_entropy", beta: float = 1.0
) -> Problem:
    """Return a problem of one layer whose pre-activations z1 are the given numbers: W1 = I and b1 = 0."""
    X = np.atleast_2d(np.array(z, float))
    width = X.shape[1]
    network = Network((width, width), (activation,), loss, beta)
    network.parameters["W1"][:] = np.eye(width)
    return Problem(network, X, np.atleast_2d(np.array(y, float)))


def tape_of_logits(z: ArrayLike, y: ArrayLike, beta: float = 1.0) -> Tape:
    """Return the tape of softmax and cross-entropy at the logits z."""
    return record(passing_on(z, y, beta=beta))


def tape_of_sigmoids(z: ArrayLike) -> Tape:
    """Return a tape on which h1 = sigma(z)."""
    return record(passing_on(z, np.zeros_like(np.atleast_1d(z)), activation="sigmoid", loss="half_squared_error"))


def softmax_problem(rng: np.random.Generator, classes: int = 4) -> tuple[Problem, int]:
    """Draw logits of one sample and its class k; return the problem and k."""
    k = int(rng.integers(classes))
    return passing_on(rng.normal(0, 2, classes), np.eye(classes)[k]), k


def drawn(
    rng: np.random.Generator,
    sizes: Sequence[int],
    activations: Sequence[str],
    loss: str = "softmax_cross_entropy",
    samples: int = 1,
) -> Problem:
    """Draw parameters, inputs and targets (one-hot where the loss has a softmax), J the sum over the samples."""
    network = Network(sizes, activations, loss)
    network.theta[:] = rng.normal(size=network.theta.size)
    classes = sizes[-1]
    classified = loss == "softmax_cross_entropy"
    Y = np.eye(classes)[rng.integers(0, classes, samples)] if classified else rng.normal(size=(samples, classes))
    return Problem(network, rng.normal(size=(samples, sizes[0])), Y, objective=Objective("sum"))


def perceptron(rng: np.random.Generator, samples: int = 1) -> Problem:
    """Draw the homework's net: Dx inputs, H sigmoid units, softmax and cross-entropy over Dy classes."""
    Dx, H, Dy = (int(size) for size in rng.integers(2, 6, 3))
    return drawn(rng, (Dx, H, Dy), ("sigmoid", "identity"), samples=samples)


def affine(rng: np.random.Generator, samples: int = 1) -> tuple[Problem, int, int]:
    """Draw write-up 001's y = W x + b, W (T, N), under a loss of y; return the problem, T and N."""
    T, N = (int(size) for size in rng.integers(1, 6, 2))
    return drawn(rng, (N, T), ("identity",), "half_squared_error", samples), T, N


def square_problem() -> Problem:
    """Return a 4-4-4 net on 200 points of four classes."""
    rng = np.random.default_rng(0)
    labels = np.arange(200) % 4
    X = 2 * np.eye(4)[labels] + 0.6 * rng.normal(size=(200, 4))
    network = Network.random((4, 4, 4), "sigmoid", init=Init("normal", scale=1.0))
    return Problem(network, X, np.eye(4)[labels], update=Update(learning_rate=0.5))


def reference_jacobian(function: Callable[[Vector], Vector], at: Array) -> Array:
    """Return J_ij = d function_i / d at_j by complex steps, exact to rounding."""
    columns = []
    for j in range(at.size):
        shifted = at.astype(complex)
        shifted[j] += 1e-30j
        columns.append([value.imag / 1e-30 for value in function(shifted.tolist())])
    return np.array(columns).T


def softmax_jacobian(z: Array, beta: float = 1.0) -> Array:
    """Return the program's dp_i/dz_j, in row i, column j."""
    problem = passing_on(z, np.eye(len(z))[0], beta=beta)
    return jacobian(problem, record(problem), "p", "z1").matrix


def reference_softmax_jacobian(z: Array, beta: float = 1.0) -> Array:
    """Return dp_i/dz_j by complex steps of the reference's softmax."""
    return reference_jacobian(lambda a: reference.softmax(list(a), beta), z)


def reference_gradient(problem: Problem, name: str) -> Array:
    """Return dJ/dx of the only sample, (D,), or the gradient of a parameter, by complex steps of the reference."""
    network = problem.network

    def loss(x: Vector, theta: NDArray[np.complexfloating]) -> list[reference.Number]:
        parameters = reference.unpacked(theta, network.sizes)
        return [
            reference.objective(
                parameters,
                [list(x)] if name == "x" else problem.X.astype(complex).tolist(),
                problem.Y.tolist(),
                activations=network.activations,
                loss=network.loss,
                beta=network.beta,
                reduction=problem.objective.reduction,
            )
        ]

    if name == "x":
        whole = reference_jacobian(lambda x: loss(x, network.theta.astype(complex)), problem.X[0])
        return whole.ravel()
    whole = reference_jacobian(lambda theta: loss([], np.array(theta)), network.theta)
    return cut(whole.ravel(), network)[name]


def cut(theta: Array, network: Network) -> dict[str, Array]:
    """Return the parts of a vector laid out like theta: W1 row by row, b1, W2, ..."""
    parts, start = {}, 0
    for number, (d, h) in enumerate(pairwise(network.sizes), start=1):
        parts[f"W{number}"] = theta[start : start + d * h].reshape(d, h)
        parts[f"b{number}"] = theta[start + d * h : start + (d + 1) * h]
        start += (d + 1) * h
    return parts


def equal(found: ArrayLike, wanted: ArrayLike, rtol: float = 1e-12, atol: float = 1e-14) -> None:
    """Fail unless shapes and numbers are the same to rounding."""
    assert np.shape(found) == np.shape(wanted), (np.shape(found), np.shape(wanted))
    np.testing.assert_allclose(np.asarray(found, float), np.asarray(wanted, float), rtol=rtol, atol=atol)
