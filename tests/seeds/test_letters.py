"""The equations of the write-ups in the letters of the write-ups: 000 and 004 by rows, 001 by columns."""

import numpy as np
import pytest

from explorer.engine import Network, Problem
from explorer.tape import Tape, notation, record


def written(name: str, sizes: tuple[int, ...] = (3, 4, 2), layout: str = "denominator") -> dict[str, str]:
    """The equations of a tape of one sample, by step."""
    tape: Tape = record(Problem(Network.random(sizes), np.ones((1, sizes[0])), np.eye(sizes[-1])[:1]))
    script = notation(name, "numerator" if layout == "numerator" else "denominator")
    return {step.id: script.equation(step.instruction, tape.activations, inline=True) for step in tape.steps}


@pytest.mark.parametrize(
    ("item", "step", "equation"),
    [
        ("(5)", "z1", "z_1 = x W + b"),
        ("(5)", "h1", r"h = \sigma(z_1)"),
        ("(7)", "z2", "z_2 = h V + d"),
        ("(7)", "p", r"y = \mathrm{softmax}(z_2)"),
        ("(9)", "J", r"L = -{\textstyle\sum}_k\, t_k \log y_k"),
        ("(18)", "dJ/dz2", r"\partial L/\partial z_2 = y - t"),
        ("(16)", "dJ/dW2", r"\partial L/\partial V = h^\top\, \partial L/\partial z_2"),
        ("(18)", "dJ/db2", r"\partial L/\partial d = \partial L/\partial z_2"),
        ("(20)", "dJ/dh1", r"\partial L/\partial h = \partial L/\partial z_2 \cdot V^\top"),
        ("(20)", "dJ/dz1", r"\partial L/\partial z_1 = \partial L/\partial h \odot \sigma'(z_1)"),
        ("(20)", "dJ/dW1", r"\partial L/\partial W = x^\top\, \partial L/\partial z_1"),
        ("(22)", "dJ/db1", r"\partial L/\partial b = \partial L/\partial z_1"),
        ("(10)", "dh1/dz1", r"\partial h/\partial z_1 = \sigma'(z_1)"),
    ],
)
def test_004_in_its_letters(item: str, step: str, equation: str) -> None:
    assert item
    assert written("write-up-004")[step] == equation


def test_004_23_as_it_is_printed_is_the_numerator_layout_of_its_matrices() -> None:
    """004.(23): dL/dV = (y - t)^T h and dL/dW = [...]^T x: there the gradient at z stands as a column."""
    equations = written("write-up-004", layout="numerator")
    assert equations["dJ/dz2"] == r"\partial L/\partial z_2 = y^\top - t^\top"
    assert equations["dJ/dW2"] == r"\partial L/\partial V = \partial L/\partial z_2\, h"
    assert equations["dJ/dW1"] == r"\partial L/\partial W = \partial L/\partial z_1\, x"


@pytest.mark.parametrize(
    ("step", "equation"),
    [
        ("z1", "y = W x + b"),  # 001.1
        ("dJ/dW1", r"\partial L/\partial W = \partial L/\partial y\, x^\top"),  # 001.12
        ("dJ/db1", r"\partial L/\partial b = \partial L/\partial y"),  # 001.17
    ],
)
def test_001_in_its_letters(step: str, equation: str) -> None:
    assert written("column", (3, 2))[step] == equation


def test_000_in_its_letters() -> None:
    equations = written("row")
    assert equations["z1"] == "z_1 = x W_1 + b_1"
    assert equations["dz2/dh1"] == r"\partial z_2/\partial h = W_2^\top"
    assert equations["dJ/dx"] == r"\partial J/\partial x = \partial J/\partial z_1 \cdot W_1^\top"


def test_brackets_and_deltas() -> None:
    bracket, delta = written("bracket"), written("delta")
    assert bracket["z2"] == "z^{[2]} = W^{[2]} a^{[1]} + b^{[2]}"
    assert bracket["dJ/dW2"] == r"dW^{[2]} = dz^{[2]}\, a^{[1]\top}"
    assert bracket["dJ/dh1"] == r"da^{[1]} = W^{[2]\top} \cdot dz^{[2]}"
    assert delta["dJ/dz2"] == r"\delta^{2} = p - y"
    assert delta["dJ/dW2"] == r"\partial C/\partial w^{2} = \delta^{2}\, (a^{1})^\top"
    assert delta["dJ/db1"] == r"\partial C/\partial b^{1} = \delta^{1}"


def test_deeper_networks_number_the_letters_of_004() -> None:
    equations = written("write-up-004", (3, 4, 4, 2))
    assert equations["z2"] == "z^{(2)} = h^{(1)} W^{(2)} + b^{(2)}"
    assert equations["dJ/dW2"].endswith(r"h^{(1)\top}\, \partial L/\partial z^{(2)}")
    assert written("write-up-004", (3, 2))["z1"] == "z = x W + b"
