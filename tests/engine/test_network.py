"""The network: shapes, live parameters, independent copies, the forward pass, and what it refuses."""

import copy
import pickle

import numpy as np
import pytest
from hypothesis import given, settings

from explorer.engine import ExplorerError, Network, Problem
from explorer.engine.network import MAX_PARAMETERS
from tests import reference
from tests.cases import problems


def test_names_and_shapes_of_the_parameters() -> None:
    network = Network.random((784, 128, 10), dtype="float32")
    shapes = {name: array.shape for name, array in network.parameters.items()}
    assert shapes == {"W1": (784, 128), "b1": (128,), "W2": (128, 10), "b2": (10,)}
    assert {array.dtype for array in network.parameters.values()} == {np.dtype(np.float32)}
    assert network.theta.size == 784 * 128 + 128 + 128 * 10 + 10
    assert network.depth == 2
    assert network.activations == ("sigmoid", "identity")


def test_parameters_are_live() -> None:
    network = Network((2, 3), ("identity",))
    network.parameters["b1"][:] = (1, 2, 3)
    np.testing.assert_array_equal(network.forward([[5.0, 7.0]]), [[1, 2, 3]])
    network.theta[:] = 1
    np.testing.assert_array_equal(network.parameters["W1"], np.ones((2, 3)))


@pytest.mark.parametrize(
    "twin_of",
    [Network.copy, copy.copy, copy.deepcopy, lambda network: pickle.loads(pickle.dumps(network))],  # noqa: S301
    ids=["copy", "copy.copy", "deepcopy", "pickle"],
)
def test_copies_are_independent_and_whole(twin_of: object) -> None:
    assert callable(twin_of)
    network = Network((2, 3, 2), ("tanh", "sigmoid"), "half_squared_error", 0.5, "float32")
    network.theta[:] = np.arange(network.theta.size)
    twin = twin_of(network)
    assert (twin.sizes, twin.activations, twin.loss, twin.beta) == (
        (2, 3, 2),
        ("tanh", "sigmoid"),
        "half_squared_error",
        0.5,
    )
    np.testing.assert_array_equal(twin.theta, network.theta)
    twin.theta[:] = -1
    np.testing.assert_array_equal(twin.parameters["W2"], -np.ones((3, 2)))
    np.testing.assert_array_equal(network.theta, np.arange(network.theta.size))


def test_copy_changes_the_dtype_if_asked() -> None:
    single = Network.random((3, 2), dtype=np.float32)
    double = single.copy("float64")
    assert double.dtype == np.float64
    np.testing.assert_array_equal(double.theta, single.theta)


@settings(deadline=None)
@given(problems())
def test_forward_is_the_reference(problem: Problem) -> None:
    network = problem.network
    parameters = reference.unpacked(network.theta.astype(complex), network.sizes)
    wanted = [reference.outputs(list(x), parameters, network.activations) for x in problem.X]
    outputs = network.forward(problem.X)
    np.testing.assert_allclose(outputs, np.real(wanted), rtol=1e-12, atol=1e-12)


@settings(deadline=None, max_examples=30)
@given(problems())
def test_probabilities_sum_to_one_where_the_loss_has_them(problem: Problem) -> None:
    p = problem.network.predict_proba(problem.X)
    outputs = problem.network.forward(problem.X)
    if problem.network.loss == "softmax_cross_entropy":
        np.testing.assert_allclose(p.sum(axis=1), 1, rtol=1e-14)
    elif problem.network.loss == "sigmoid_cross_entropy":
        np.testing.assert_allclose(p, 1 / (1 + np.exp(-outputs)), rtol=1e-14)
    else:
        np.testing.assert_array_equal(p, outputs)


def test_forward_leaves_its_input_alone() -> None:
    X = np.array([[-1.0, 2.0]])
    Network.random((2, 2), output_activation="relu", seed=1).forward(X)
    np.testing.assert_array_equal(X, [[-1, 2]])


def test_huge_weights_predict_without_a_warning() -> None:
    network = Network.random((3, 4, 2), seed=1)
    network.theta *= 1e306
    p = network.predict_proba(np.ones((2, 3)))
    assert p.shape == (2, 2)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (((3,), ()), r"network sizes \(3,\)"),
        (((3, 0), ("tanh",)), r"network sizes \(3, 0\)"),
        (((3, 2), ("tanh", "tanh")), "2 activations for 1 layers"),
        (((3, 2), ("tahn",)), "activation 'tahn' is unknown: use one of identity, sigmoid"),
        (((3, 2), ("tanh",), "hinge"), "loss 'hinge' is unknown: use one of softmax_cross_entropy"),
        (((3, 2), ("tanh",), "half_squared_error", np.inf), "beta inf"),
        (((3, 2), ("tanh",), "sigmoid_cross_entropy", 2.0), "beta 2.0 with sigmoid_cross_entropy: expected 1"),
        (((3, 2), ("tanh",), "half_squared_error", 1.0, "float16"), "dtype float16 is not supported"),
        (((3, 2), ("tanh",), "half_squared_error", 1.0, "nonsense"), "dtype nonsense is not supported"),
        (((MAX_PARAMETERS, 1), ("tanh",)), "more than 200,000,000: make a layer smaller"),
    ],
)
def test_refuses_in_one_sentence(arguments: tuple[object, ...], words: str) -> None:
    with pytest.raises(ExplorerError, match=words) as refusal:
        Network(*arguments)  # type: ignore[arg-type] # wrong on purpose
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("X", [np.ones(3), np.ones((2, 4)), np.ones((1, 2, 3))])
def test_refuses_inputs_of_the_wrong_shape(X: np.ndarray) -> None:
    with pytest.raises(ExplorerError, match=r"inputs have shape .*: expected \(N, 3\), one sample a row"):
        Network((3, 2), ("tanh",)).forward(X)
