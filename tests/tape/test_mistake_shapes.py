"""Wrong shapes: what NumPy refuses stops there and says so, what it stretches is carried on as in a student's code."""

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.engine import ExplorerError, Network, Problem
from explorer.tape import record
from explorer.tape.finite import first_not_finite
from tests.tape.making import making, problem


def test_an_update_that_numpy_refuses_keeps_the_parameter_and_says_so() -> None:
    tape = record(making(problem(), "printed_layout"))
    step = tape["W1+"]
    assert tape["dJ/dW1"].shape == (4, 3)
    np.testing.assert_array_equal(step.value, tape.given["W1"])
    assert (step.operation, step.operands) == ("keep", ("W1",))
    assert step.text == "W1 stays as it is: NumPy refuses W1 − η ∂J/∂W1, shapes (3, 4) and (4, 3)."
    assert np.isfinite(tape["J+"].value)


def test_a_bias_for_each_sample_is_stretched_without_a_word_and_carried_on() -> None:
    wrong = making(problem(), "per_sample_bias")
    step = record(wrong)["b1+"]
    assert step.shape == (3, 4)
    assert step.text == "b1 changes its shape: NumPy stretches shapes (4,) and (3, 4) to (3, 4) without a word."
    again = record(wrong, after=1)
    np.testing.assert_array_equal(again.given["b1"], step.value)
    np.testing.assert_array_equal(again["z1"].value, again.given["x"] @ again.given["W1"] + step.value)
    assert again["b1+"].text == "b1 moves a step of size η against its gradient."
    assert wrong.network.layers[0].bias.shape == (4,)


def test_one_sample_takes_its_own_row_of_the_biases_that_were_stretched() -> None:
    stray = np.arange(6.0).reshape(3, 2)
    tape = record(replace(making(problem(sizes=(3, 2))), strays={"b1": stray}).only(2))
    np.testing.assert_array_equal(tape.given["b1"], stray[2:])


@pytest.mark.parametrize(("width", "stops"), [(3, True), (1, False)])
def test_a_product_after_w1_says_what_numpy_makes_of_its_shapes(width: int, stops: bool) -> None:
    wrong = making(problem(sizes=(width, 4, 2)), "product_after_w1")
    step, right = record(wrong)["dJ/dx"], record(making(wrong))
    product = right["dJ/dh1"].value @ right["dz1/dx"].value
    if stops:
        assert "NumPy refuses the elementwise product of (3, 3) and (3, 4), the pass stops before it." in step.text
        np.testing.assert_array_equal(step.value, product)
    else:
        assert "NumPy stretches (3, 1) and (3, 4) to (3, 4) without a word." in step.text
        np.testing.assert_array_equal(step.value, product * right["dh1/dz1"].value)


def test_a_stretched_matrix_ends_in_a_pass_that_cannot_be_made() -> None:
    """W1 (1, 4) minus (4, 1) is (4, 4): it does not fit x any more."""
    wrong = making(problem(sizes=(1, 4, 2)), "printed_layout")
    tape = record(wrong)
    assert tape["W1+"].shape == (4, 4)
    assert np.isnan(tape["J+"].value)
    assert not first_not_finite(tape)
    assert tape["J+"].text.startswith("There is no loss after the update: no pass can be made with shapes (4, 4), (4,)")
    with pytest.raises(
        ExplorerError, match=r"^z1 cannot be computed, NumPy refuses shapes \(3, 1\), \(4, 4\) and \(4,\)"
    ):
        record(wrong, after=1)


def test_weights_that_are_stretched_on_their_way_back_keep_their_shape_there() -> None:
    """sequential_update with a turned gradient: the factor is the transpose of what can be subtracted."""
    wrong = making(problem(), "sequential_update", "transposed_gradient")
    np.testing.assert_array_equal(record(wrong)["dz2/dh1"].value, wrong.network.parameters["W2"].T)


def test_a_turned_gradient_turns_its_penalty_too() -> None:
    right = problem(sizes=(3, 3))
    right = replace(right, objective=replace(right.objective, l2=0.7))
    wrong = record(making(right, "transposed_gradient"))
    np.testing.assert_allclose(wrong["dJ/dW1"].value, record(right)["dJ/dW1"].value.T, rtol=1e-13)
    assert wrong["dJ/dW1"].latex.endswith(r"\lambda\, W_1^\top")


def square(seed: int) -> Problem:
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(40, 4))
    Y = np.eye(4)[np.argmax(X @ rng.normal(size=(4, 4)), axis=1)]
    return Problem(Network.random((4, 4, 4), seed=seed), X, Y)


def test_a_square_network_trains_wrongly_with_the_printed_layout() -> None:
    """E15: the shapes fit, nothing is refused, and the loss does not come down."""
    right = square(1)
    right = replace(right, update=replace(right.update, learning_rate=1.0))
    good, bad = record(right, after=200).loss, record(making(right, "printed_layout"), after=200).loss
    assert good < 0.4
    assert bad > 1.0
