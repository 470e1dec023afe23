"""The mistakes E1, E11, E12, E14 and E15 made on purpose: a problem that names one gets the printed numbers."""

import math

import numpy as np
import pytest
from msgspec.structs import replace

from explorer import check_gradients, load_problem, record
from explorer.engine import ExplorerError, Problem
from explorer.engine.metrics import accuracy
from explorer.tape.mistaken_trainer import trainer_of
from tests.seeds.nets import Array, drawn, draws, equal, passing_on, perceptron, square_problem


def making(problem: Problem, *mistakes: str) -> Problem:
    return replace(problem, mistakes=mistakes)


def test_e1_000_17_made_on_purpose_on_net_s() -> None:
    """E1, 000.17: (.288945, .198605) as printed; the check finds dJ/dx, and dJ/dx alone, wrong."""
    wrong = making(load_problem("net-s"), "product_after_w1")
    assert record(wrong)["dJ/dx"].value[0] == pytest.approx([0.288945, 0.198605], abs=5e-7)
    failed = [block.name for block in check_gradients(wrong).blocks if not block.passed]
    assert failed == ["dJ/dx"]


@pytest.mark.parametrize(("Dx", "H"), [(3, 3), (1, 4), (3, 2)])
def test_e1_000_17_made_on_purpose_in_any_shape(Dx: int, H: int) -> None:
    """E1, 000.17: other numbers where Dx = H, another shape where Dx = 1, and else NumPy refuses, as the step says."""
    right = drawn(np.random.default_rng(0), (Dx, H, 3), ("sigmoid", "identity"))
    wrong, true = record(making(right, "product_after_w1")), record(right)
    moved, h = true["dJ/dh1"].value @ true["dz1/dx"].value, true["h1"].value
    step = wrong["dJ/dx"]
    if 1 < Dx != H:
        assert "NumPy refuses the elementwise product of (1, 3) and (1, 2)" in step.text
    else:
        equal(step.value, moved * h * (1 - h))
        assert step.shape != true["dJ/dx"].shape or abs(step.value - true["dJ/dx"].value).max() > 1e-4
    for name in ("dJ/dz1", "dJ/dW1", "dJ/dW2", "J+"):
        equal(wrong.value(name), true.value(name), rtol=0, atol=0)


SIGNS = np.array([[1.0, -1], [-1, 1]])
PRINTED = {
    0: {
        "z1": [[0.0, 0.0], [0.0, 0.0]],
        "dJ/dz1": [[0.25, -0.25], [-0.25, 0.25]],
        "p": [[0.5, 0.5], [0.5, 0.5]],
        "dJ/dW1": [[0.25, -0.25], [-0.25, 0.25]],
        "dJ/db1": [[0.25, -0.25], [-0.25, 0.25]],
    },
    1: {
        "z1": [[-0.5, 0.5], [0.5, -0.5]],
        "dJ/dz1": [[0.36552928931500245, -0.36552928931500245], [-0.36552928931500245, 0.36552928931500245]],
        "p": [[0.2689414213699951, 0.7310585786300049], [0.7310585786300049, 0.2689414213699951]],
        "dJ/dW1": [[0.36552928931500245, -0.36552928931500245], [-0.36552928931500245, 0.36552928931500245]],
        "dJ/db1": [[0.36552928931500245, -0.36552928931500245], [-0.36552928931500245, 0.36552928931500245]],
    },
}
"""Iterations 0 and 1 as write-up 003 prints them."""


@pytest.mark.parametrize("iteration", PRINTED)
def test_e11_e12_003_16_every_printed_digit(iteration: int) -> None:
    """E11, E12, 003.16: with the sign slip and a bias for each sample, z, dz, p, dW and db come out as printed."""
    slips = load_problem("trace-003-slips")
    tape = record(slips, after=iteration)
    assert {name: tape[name].value.tolist() for name in PRINTED[iteration]} == PRINTED[iteration]


@pytest.mark.parametrize(
    ("mistakes", "z", "J"),
    [
        (
            ("sign_slip", "per_sample_bias"),
            (0.0, -0.5, -1.2310585786300048, -2.1525016302901205, -3.139180633436393, -4.1373076748781035),
            (
                math.log(2),
                1.3132616875182228,
                2.5439314606511503,
                4.318413777801756,
                6.280235981611134,
                8.274870223364543,
            ),
        ),
        (
            ("per_sample_bias",),
            (0.0, 0.5, 0.7689414213699951, 0.9457846793097748, 1.0768503150144726, 1.18083623424557),
            (
                math.log(2),
                0.3132616875182228,
                0.19460864436072997,
                0.1404876867242941,
                0.1097991509868237,
                0.0900805658415117,
            ),
        ),
    ],
)
def test_e11_e12_003_16_the_runs_go_on(mistakes: tuple[str, ...], z: tuple[float, ...], J: tuple[float, ...]) -> None:
    """E11, E12, 003.16: six iterations climb with the sign slip and fall without it."""
    problem = making(load_problem("trace-003"), *mistakes)
    for iteration in range(6):
        tape = record(problem, after=iteration)
        equal(tape["z1"].value, z[iteration] * SIGNS, rtol=1e-15, atol=0)
        assert tape.loss == pytest.approx(J[iteration], rel=1e-14)


def test_e12_003_16_the_bias_of_each_sample_is_found() -> None:
    """E12, 003.16: a gradient of shape (2, 2) for a bias of shape (2,); the check names the block."""
    wrong = making(load_problem("trace-003"), "per_sample_bias")
    tape = record(wrong)
    assert (tape["dJ/db1"].shape, tape["b1+"].shape) == ((2, 2), (2, 2))
    assert [block.name for block in check_gradients(wrong).blocks if not block.passed] == ["dJ/db1"]


def test_e14_004_11_made_on_purpose() -> None:
    """E14, 004.(11): dJ/dz becomes the row -y/p times the printed Jacobian, which lacks a sum."""
    for rng in draws():
        right = perceptron(rng)
        wrong, true = record(making(right, "jacobian_without_sum")), record(right)
        z, p, y = true["z2"].value[0], true["p"].value[0], right.Y[0]
        e = np.exp(z)
        printed = (np.diag(e) - np.outer(e, e)) / e.sum() ** 2
        equal(wrong["dJ/dz2"].value[0], (-y / p) @ printed, rtol=1e-11)
        assert abs(wrong["dJ/dz2"].value - true["dJ/dz2"].value).max() > 1e-3
        assert not check_gradients(making(right, "jacobian_without_sum"))["dJ/db2"].passed


def test_e14_004_11_is_right_where_the_sum_is_one() -> None:
    """E14, 004.(11): at logits log p the powers sum to 1, and the mistake does not show; at others it does."""
    p = np.array([0.2, 0.3, 0.5])
    hidden = passing_on(np.log(p), [0, 1, 0])
    equal(record(making(hidden, "jacobian_without_sum"))["dJ/dz1"].value, p - [[0, 1, 0]])
    shown = passing_on(np.log(p) + 1, [0, 1, 0])
    equal(record(shown)["dJ/dz1"].value, p - [[0, 1, 0]])
    equal(record(making(shown, "jacobian_without_sum"))["dJ/dz1"].value, p - [[0, 1 / math.e, 0]])


def test_e15_004_23_made_on_purpose() -> None:
    """E15, 004.(23): both weight gradients are transposes; where they do not fit, they stay, and the step says so."""
    for rng in draws():
        right = perceptron(rng)
        wrong, true = record(making(right, "printed_layout")), record(right)
        for name in ("W1", "W2"):
            equal(wrong[f"dJ/d{name}"].value, true[f"dJ/d{name}"].value.T)
            rows, columns = true.given[name].shape
            if rows != columns:
                assert (wrong[f"{name}+"].value == true.given[name]).all()
                assert f"NumPy refuses {name}" in wrong[f"{name}+"].text
        for name in ("b1", "b2", "x"):
            equal(wrong[f"dJ/d{name}"].value, true[f"dJ/d{name}"].value, rtol=0, atol=0)


def test_e15_004_23_training_a_square_net_on_purpose() -> None:
    """E15, 004.(23): the square net that trains wrongly without an exception, through the program's own updates."""
    right = square_problem()
    assert measured(right)[0] < 0.3
    assert measured(right)[1] > 0.9
    wrong_loss, wrong_share = measured(making(right, "printed_layout"))
    assert wrong_loss > math.log(4) / 2
    assert wrong_share < 0.6
    failed = [block.name for block in check_gradients(making(right, "printed_layout")).blocks if not block.passed]
    assert failed == ["dJ/dW1", "dJ/dW2"]


def test_e15_004_23_the_trainer_makes_it_too_or_stops() -> None:
    """E15, 004.(23): training runs wrong where the net is square, and where shapes differ ends with a sentence."""
    wrong = making(square_problem(), "printed_layout")
    result = trainer_of(wrong, batch_size=200).run(300)
    assert result.loss > math.log(4) / 2
    assert result.accuracy < 0.6
    with pytest.raises(ExplorerError, match=r"shape \(3, 2\) and W1 has \(2, 3\)"):
        trainer_of(making(drawn(np.random.default_rng(0), (2, 3, 3), ("tanh", "identity")), "printed_layout")).run(1)


def measured(problem: Problem, steps: int = 300) -> tuple[float, float]:
    """Return J and the accuracy after so many updates of the program."""
    tape = record(problem, after=steps)
    outputs: Array = tape["p"].value
    return tape.loss, accuracy(outputs, problem.Y)
