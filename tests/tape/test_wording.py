"""Formulas and sentences of the losses: each says its own."""

import numpy as np
import pytest

from explorer.engine import Network, Objective, Problem
from explorer.engine.losses import LOSSES
from explorer.tape import Tape, record
from explorer.tape.wording import PROBABILITY_TEXTS


def tape_of(loss: str, samples: int, reduction: str = "mean", l2: float = 0.0) -> Tape:
    Y = np.array([[1.0, 0.0], [1.0, 1.0]])[:samples]
    objective = Objective("mean" if reduction == "mean" else "sum", l2)
    return record(Problem(Network.random((2, 2), loss=loss), np.ones((samples, 2)), Y, objective=objective))


@pytest.mark.parametrize(
    ("loss", "samples", "J", "gradient"),
    [
        ("squared_error", 1, r"\lVert z_1 - y \rVert^2", "2(z_1 - y)"),
        ("squared_error", 2, r"\tfrac{1}{2}\lVert z_1 - y \rVert^2", r"\tfrac{2}{2}(z_1 - y)"),
        (
            "sigmoid_cross_entropy",
            1,
            r"-{\textstyle\sum}_k\, \left( y \log p + (1 - y) \log (1 - p) \right)",
            "p - y",
        ),
        (
            "sigmoid_cross_entropy",
            2,
            r"-\tfrac{1}{2}{\textstyle\sum}_{n,k}\, \left( y \log p + (1 - y) \log (1 - p) \right)",
            r"\tfrac{1}{2}(p - y)",
        ),
    ],
)
def test_formulas(loss: str, samples: int, J: str, gradient: str) -> None:
    tape = tape_of(loss, samples)
    assert tape["J"].latex == f"J = {J}"
    assert tape["dJ/dz1"].latex == rf"\frac{{\partial J}}{{\partial z_1}} = {gradient}"


def test_the_sum_of_squares_has_its_two_alone() -> None:
    assert tape_of("squared_error", 2, "sum")["dJ/dz1"].latex.endswith("= 2(z_1 - y)")


def test_the_penalty_is_added_to_every_loss() -> None:
    for loss in LOSSES:
        assert tape_of(loss, 2, l2=0.5)["J"].latex.endswith(" + R")


def test_p_is_what_its_loss_makes_of_the_logits() -> None:
    assert set(PROBABILITY_TEXTS) == {name for name, loss in LOSSES.items() if loss.probabilities}
    assert tape_of("sigmoid_cross_entropy", 1)["p"].latex == r"p = \sigma(z_1)"
    assert "sigmoid" in tape_of("sigmoid_cross_entropy", 1)["p"].text
    assert "softmax" in tape_of("softmax_cross_entropy", 1)["p"].text
