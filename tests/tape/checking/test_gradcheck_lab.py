"""The gradient check finds every mistake of the lab, names the first step that is wrong and says what it looks like."""

import numpy as np
import pytest
from msgspec.structs import replace

from explorer import check_gradients
from explorer.engine import ExplorerError, Network, Problem
from explorer.tape.checking.criteria import CRITERIA
from explorer.tape.mistakes.table import MISTAKES
from explorer.tape.record import record, updated
from tests.tape.checking.falsified import small


def fitting(mistake: str) -> Problem:
    """A problem of 3-4-2 in which the mistake can be made, without a penalty."""
    activation = "relu" if mistake == "forgotten_relu_mask" else "tanh"
    network = Network.random((3, 4, 2), activation, seed=4)
    network.layers[0].bias[:] = (0.3, -0.2, 0.5, -0.4)
    return Problem(network, small(samples=5).X, small(samples=5).Y, mistakes=(mistake,))


WORDS = {
    "missing_mean": ("dJ/dz2", "every entry is 5 times too large: is 1/N missing?"),
    "extra_factor_two": ("dJ/dz2", "every entry is 2 times too large: is there a factor 2 too many?"),
    "sign_slip": ("dJ/dz2", "every entry has the wrong sign"),
    "sigma_prime_kept": ("dJ/dz2", "the slope p(1 − p) of the output is there"),
    "double_softmax": ("dJ/dz2", "p is the softmax of a softmax"),
    "jacobian_without_sum": ("dJ/dz2", "only the entries of the right class are wrong"),
    "sequential_update": ("dJ/dh1", "its factor dz2/dh1 is that of the updated W2"),
    "sigma_prime_of_h": ("dJ/dz1", "the slope of layer 1 is taken at h, not at z"),
    "missing_sigma_prime": ("dJ/dz1", "the slope of layer 1 is missing"),
    "forgotten_relu_mask": ("dJ/dz1", "entries that must be 0 are not: is the mask of the ReLU forgotten?"),
    "product_after_w1": ("dJ/dx", "the slope of layer 1 is missing on the way to it"),
    "transposed_gradient": ("dJ/dW2", "its transpose is right"),
    "printed_layout": ("dJ/dW2", "its transpose is right"),
    "per_sample_bias": ("dJ/db2", "its rows are the samples' own: is their sum missing?"),
}


def test_every_mistake_has_its_words() -> None:
    assert set(WORDS) == set(MISTAKES)


@pytest.mark.parametrize("mistake", WORDS)
@pytest.mark.parametrize("method", ["central", "complex"])
def test_every_mistake_is_found_and_named(mistake: str, method: str) -> None:
    report = check_gradients(fitting(mistake), method=method)
    assert not report.passed
    assert report.first_wrong is not None
    name, words = WORDS[mistake]
    assert report.first_wrong.name == name
    assert report.first_wrong.diagnosis.startswith(words)
    assert f"first wrong: {name}, {words}" in report.sentence
    assert check_gradients(replace(fitting(mistake), mistakes=())).passed


@pytest.mark.parametrize("criterion", CRITERIA)
@pytest.mark.parametrize("mistake", WORDS)
def test_every_criterion_finds_every_mistake(mistake: str, criterion: str) -> None:
    assert not check_gradients(fitting(mistake), criterion=criterion).passed


def test_where_numpy_multiplies_on_the_wrong_side_without_a_word_the_check_says_so() -> None:
    network = Network.random((4, 4, 2), "tanh", seed=4)
    X = np.random.default_rng(0).normal(size=(3, 4))
    report = check_gradients(Problem(network, X, np.eye(2)[[0, 1, 1]], mistakes=("product_after_w1",)))
    assert report.named("FAILED") == "dJ/dx"
    assert report["dJ/dx"].diagnosis.startswith("the slope of layer 1 is multiplied in after the weights")


def test_parameters_that_a_mistake_gave_another_shape_are_refused() -> None:
    problem = fitting("per_sample_bias")
    stretched = updated(problem, record(problem))
    with pytest.raises(ExplorerError, match=r"b1 has become 5 × 4 by a mistake: .*, go back to before that update"):
        check_gradients(stretched)
