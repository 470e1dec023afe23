"""Net S of lessons 8 and 9: the numbers that every write-up of one hidden layer should give, and the equations."""

import numpy as np
import pytest

from explorer.engine import Network, Problem, Update
from explorer.tape import Tape, record
from explorer.tape.notation_shelf import notation


@pytest.fixture(scope="module")
def tape() -> Tape:
    network = Network((2, 2, 2), ("sigmoid", "identity"))
    values = {"W1": [[1, -0.5], [0.5, 2]], "b1": [0, 0.5], "W2": [[1, -1], [0.5, -0.25]], "b2": [0, 0.2]}
    for name, value in values.items():
        network.parameters[name][:] = np.array(value)
    update = Update(learning_rate=0.5)
    return record(Problem(network, np.array([[1.0, -1]]), np.array([[0.0, 1]]), update=update))


@pytest.mark.parametrize(
    ("name", "index", "number"),
    [
        ("p", (0, 1), 0.243365),
        ("J", (), 1.413195),
        ("dJ/dW2", (0, 0), 0.470975),
        ("dJ/dW2", (1, 0), 0.090193),
        ("dJ/dW1", (0, 0), 0.355624),
        ("dJ/dW1", (0, 1), 0.059581),
        ("dJ/dW1", (1, 0), -0.355624),
        ("dJ/dx", (0, 0), 0.325834),
        ("dJ/dx", (0, 1), 0.296975),
    ],
)
def test_quiz_numbers(tape: Tape, name: str, index: tuple[int, ...], number: float) -> None:
    assert tape[name].value[index] == pytest.approx(number, abs=5e-7)


def test_the_backward_chain_multiplies_out(tape: Tape) -> None:
    value = tape.value
    reached = (value("p") - value("y")) @ value("W2").T
    h = value("h1")
    np.testing.assert_allclose(value("dJ/dx"), (reached * h * (1 - h)) @ value("W1").T, rtol=1e-14)
    np.testing.assert_allclose(value("dJ/dx"), value("dJ/dz1") @ value("dz1/dx"), rtol=1e-14)


def test_the_wrong_place_of_the_elementwise_product_gives_other_numbers(tape: Tape) -> None:
    """The printed line of write-up 000 (L89, erratum E1)."""
    value, h = tape.value, tape.value("h1")
    wrong = ((value("p") - value("y")) @ value("W2").T @ value("W1").T) * h * (1 - h)
    np.testing.assert_allclose(wrong, [[0.288945, 0.198605]], atol=5e-7)


EQUATIONS = {
    "z1": r"z_1 = x W_1 + b_1",
    "h1": r"h = \sigma(z_1)",
    "z2": r"z_2 = h W_2 + b_2",
    "p": r"p = \mathrm{softmax}(z_2)",
    "J": r"J = -{\textstyle\sum}_k\, y_k \log p_k",
    "dJ/dz2": r"\frac{\partial J}{\partial z_2} = p - y",
    "dJ/dW2": r"\frac{\partial J}{\partial W_2} = h^\top\, \frac{\partial J}{\partial z_2}",
    "dJ/db2": r"\frac{\partial J}{\partial b_2} = \frac{\partial J}{\partial z_2}",
    "dz2/dh1": r"\frac{\partial z_2}{\partial h} = W_2^\top",
    "dJ/dh1": r"\frac{\partial J}{\partial h} = \frac{\partial J}{\partial z_2} \cdot W_2^\top",
    "dh1/dz1": r"\frac{\partial h}{\partial z_1} = \sigma'(z_1) = h \odot (1 - h)",
    "dJ/dz1": r"\frac{\partial J}{\partial z_1} = \frac{\partial J}{\partial h} \odot \sigma'(z_1)",
    "dJ/dW1": r"\frac{\partial J}{\partial W_1} = x^\top\, \frac{\partial J}{\partial z_1}",
    "dJ/db1": r"\frac{\partial J}{\partial b_1} = \frac{\partial J}{\partial z_1}",
    "dz1/dx": r"\frac{\partial z_1}{\partial x} = W_1^\top",
    "dJ/dx": r"\frac{\partial J}{\partial x} = \frac{\partial J}{\partial z_1} \cdot W_1^\top",
    "W1+": r"W_1^{+} = W_1 - \eta\, \frac{\partial J}{\partial W_1}",
    "b1+": r"b_1^{+} = b_1 - \eta\, \frac{\partial J}{\partial b_1}",
    "W2+": r"W_2^{+} = W_2 - \eta\, \frac{\partial J}{\partial W_2}",
    "b2+": r"b_2^{+} = b_2 - \eta\, \frac{\partial J}{\partial b_2}",
    "J+": r"J^{+} = J(W_1^{+}, b_1^{+}, W_2^{+}, b_2^{+})",
}


def test_equations_in_the_row_notation(tape: Tape) -> None:
    assert {step.id: step.latex for step in tape.steps} == EQUATIONS


def test_derivatives_on_one_line_for_lists(tape: Tape) -> None:
    step = tape["dJ/dz1"].instruction
    assert notation().equation(step, tape.activations, inline=True) == (
        r"\partial J/\partial z_1 = \partial J/\partial h \odot \sigma'(z_1)"
    )
