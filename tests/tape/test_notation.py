"""Notation: symbols by depth, factors by what they are, and equations that tell the conventions in force."""

import numpy as np
import pytest

from explorer.engine import ExplorerError, Network, Objective, Problem, Update
from explorer.engine.activations import ACTIVATIONS
from explorer.tape import Tape, notation, notations, record
from explorer.tape.step import Step

ROW = notation("row")


def tape_of(
    network: Network, *, samples: int = 1, objective: Objective | None = None, mass: float = 1.0, biases: bool = True
) -> Tape:
    X = np.ones((samples, network.sizes[0]))
    Y = mass * np.eye(network.sizes[-1])[np.zeros(samples, int)]
    return record(Problem(network, X, Y, None, objective or Objective(), Update(train_biases=biases)))


def right_side(step: Step) -> str:
    return step.latex.split(" = ", 1)[1]


def test_row_is_the_notation_unless_another_is_named() -> None:
    assert notation() is notations()["row"]
    with pytest.raises(ExplorerError, match=r"notation 'greek' is unknown: use one of .*row"):
        notation("greek")


LINEAR_END = ("sigmoid", "identity")
CURVED_END = ("sigmoid", "sigmoid")


@pytest.mark.parametrize(
    ("name", "activations", "symbol"),
    [
        ("x", LINEAR_END, "x"),
        ("h1", LINEAR_END, "h"),
        ("h1", CURVED_END, "h_1"),
        ("h2", CURVED_END, "h_2"),
        ("h1", ("tanh", *LINEAR_END), "h_1"),
        ("h1", ("tanh",), "h"),
        ("W11", ("relu",) * 12, "W_{11}"),
        ("b1+", ("identity",), "b_1^{+}"),
        ("dJ/dx", ("identity",), r"\frac{\partial J}{\partial x}"),
        ("dz3/dh2", ("tanh", *LINEAR_END), r"\frac{\partial z_3}{\partial h_2}"),
    ],
)
def test_symbols(name: str, activations: tuple[str, ...], symbol: str) -> None:
    assert ROW.symbol(name, activations) == symbol


def test_factors_stand_in_formulas_as_what_they_are() -> None:
    activations = ("sigmoid", "relu", "identity")
    assert ROW.factor("dz2/dh1", activations) == r"W_2^\top"
    assert ROW.factor("dz1/dx", activations) == r"W_1^\top"
    assert ROW.factor("dh1/dz1", activations) == r"\sigma'(z_1)"
    assert ROW.factor("dh2/dz2", activations) == r"\mathrm{ReLU}'(z_2)"
    assert ROW.factor("dJ/dz1", activations, inline=True) == r"\partial J/\partial z_1"


SLOPES = {
    "identity": r"\mathrm{id}'(z_1) = 1",
    "sigmoid": r"\sigma'(z_1) = h \odot (1 - h)",
    "tanh": r"\tanh'(z_1) = 1 - h \odot h",
    "relu": r"\mathrm{ReLU}'(z_1) = [z_1 > 0]",
    "leaky_relu": r"\mathrm{LReLU}'(z_1) = [z_1 > 0] + 0.01\, [z_1 \leq 0]",
    "softplus": r"\mathrm{softplus}'(z_1) = \sigma\left(z_1\right)",
    "gelu": r"\mathrm{GELU}'(z_1) = \Phi\left(z_1\right) + z_1 \odot \varphi\left(z_1\right)",
}


@pytest.mark.parametrize("activation", sorted(ACTIVATIONS))
def test_slopes(activation: str) -> None:
    tape = tape_of(Network.random((2, 2, 2), activation))
    assert right_side(tape["dh1/dz1"]) == SLOPES[activation]


def test_the_mean_over_samples_is_written() -> None:
    tape = tape_of(Network.random((2, 3)), samples=4)
    assert right_side(tape["J"]) == r"-\tfrac{1}{4}{\textstyle\sum}_{n,k}\, y_{nk} \log p_{nk}"
    assert right_side(tape["dJ/dz1"]) == r"\tfrac{1}{4}(p - y)"
    assert right_side(tape["dJ/db1"]) == r"{\textstyle\sum}_n \left( \frac{\partial J}{\partial z_1} \right)_n"


def test_the_sum_over_samples_has_no_factor() -> None:
    tape = tape_of(Network.random((2, 3)), samples=4, objective=Objective("sum"))
    assert right_side(tape["J"]) == r"-{\textstyle\sum}_{n,k}\, y_{nk} \log p_{nk}"
    assert right_side(tape["dJ/dz1"]) == "p - y"


def test_the_temperature_is_written() -> None:
    tape = tape_of(Network((2, 2), ("identity",), beta=2.0))
    assert right_side(tape["p"]) == r"\mathrm{softmax}(\beta\, z_1)"
    assert right_side(tape["dJ/dz1"]) == r"\beta\,(p - y)"


def test_targets_that_do_not_sum_to_one_are_told() -> None:
    tape = tape_of(Network.random((2, 2)), mass=0.5)
    assert right_side(tape["dJ/dz1"]) == r"p {\textstyle\sum}_k\, y_k - y"


@pytest.mark.parametrize(
    ("form", "outside", "slope"), [("half", r"\tfrac{\lambda}{2}", r"\lambda"), ("full", r"\lambda\,", r"2\lambda")]
)
def test_the_penalty_is_written(form: str, outside: str, slope: str) -> None:
    objective = Objective(l2=0.1, l2_form="half" if form == "half" else "full")
    tape = tape_of(Network.random((2, 2, 2)), objective=objective)
    squares = r"\left( \lVert W_1 \rVert^2 + \lVert W_2 \rVert^2 \right)"
    assert right_side(tape["R"]) == outside + squares
    assert right_side(tape["J"]).endswith(" + R")
    assert right_side(tape["dJ/dW1"]).endswith(rf" + {slope}\, W_1")
    assert r"\lambda" not in tape["dJ/db1"].latex


def test_the_squared_error_is_written() -> None:
    network = Network.random((2, 2), loss="half_squared_error", output_activation="sigmoid")
    tape = tape_of(network, samples=3)
    assert right_side(tape["J"]) == r"\tfrac{1}{3}\tfrac{1}{2} \lVert h - y \rVert^2"
    assert right_side(tape["dJ/dh1"]) == r"\tfrac{1}{3}(h - y)"


def test_biases_that_are_not_trained_stay() -> None:
    tape = tape_of(Network.random((2, 2)), biases=False)
    assert tape["b1+"].latex == "b_1^{+} = b_1"
    assert "trains the weights alone" in tape["b1+"].text
    np.testing.assert_array_equal(tape["b1+"].value, tape.given["b1"])
    assert tape["dJ/db1"].value.any()
