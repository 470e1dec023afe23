"""Training with mistakes is the tape's wrong update over and over; where shapes forbid an update, it says so."""

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.engine import ExplorerError, Problem, Trainer
from explorer.tape import record
from explorer.tape.mistaken_trainer import MistakenTrainer, trainer_of
from explorer.tape.mistakes import MISTAKES
from tests.tape.making import SIZES, fitting, making, problem

SHAPES = {"transposed_gradient", "printed_layout", "per_sample_bias"}
"""Mistakes whose gradients do not fit their parameters."""


def own(made: Problem) -> Problem:
    return made.with_network(made.network.copy())


def test_without_a_mistake_it_is_the_plain_trainer() -> None:
    assert type(trainer_of(own(problem()))) is Trainer


@pytest.mark.parametrize("mistake", sorted(set(MISTAKES) - SHAPES))
def test_full_batches_are_the_updates_of_the_tape(mistake: str) -> None:
    wrong = making(fitting(mistake), mistake)
    trained = own(wrong)
    result = trainer_of(trained, batch_size=wrong.samples).run(3)
    tape = record(wrong, after=3)
    for name, array in trained.network.parameters.items():
        np.testing.assert_allclose(array, tape.given[name], rtol=1e-12)
    assert result.step == 3
    assert result.loss == pytest.approx(record(wrong, after=2).loss, rel=1e-12)


@pytest.mark.parametrize("mistake", sorted(SHAPES))
def test_an_update_that_cannot_be_made_ends_in_one_sentence(mistake: str) -> None:
    trainer = trainer_of(own(making(problem(), mistake)), batch_size=3)
    with pytest.raises(ExplorerError, match=r"^training stops before step 1, for .*leave the mistake out$"):
        trainer.run(1)


def refusal(*mistakes: str, sizes: tuple[int, ...] = SIZES) -> str:
    with pytest.raises(ExplorerError) as caught:
        trainer_of(own(making(problem(sizes=sizes), *mistakes)), batch_size=3).run(1)
    return str(caught.value)


def test_of_several_mistakes_the_sentence_names_the_one_that_spoils_the_shape() -> None:
    assert refusal("sign_slip", "per_sample_bias") == refusal("per_sample_bias")
    assert "for its mistake (a bias for each sample) gives" in refusal("sign_slip", "per_sample_bias")


def test_mistakes_that_spoil_the_same_shape_are_all_named() -> None:
    both = [MISTAKES[name] for name in ("transposed_gradient", "printed_layout")]
    found = refusal(*(mistake.name for mistake in both), sizes=(3, 4))
    titles = ", ".join(mistake.title for mistake in MISTAKES.values() if mistake in both)
    assert f"for its mistakes ({titles}) give ∂J/∂W1" in found
    assert found.endswith("leave the mistakes out")


def test_minibatches_come_in_the_order_of_the_right_trainer() -> None:
    """A sign slip climbs exactly as far as the right trainer descends."""
    right, wrong = own(problem(samples=7)), own(making(problem(samples=7), "sign_slip"))
    start = right.network.theta.copy()
    Trainer.of(right, batch_size=3, seed=4).run(1)
    trainer_of(wrong, batch_size=3, seed=4).run(1)
    np.testing.assert_allclose(wrong.network.theta - start, start - right.network.theta, rtol=1e-9, atol=1e-15)


def test_a_missing_mean_is_as_many_times_too_large_as_the_minibatch_has_samples() -> None:
    """Three samples by two: the second minibatch holds one, of which 1/N is 1."""
    wrong, right = trainer_of(own(making(problem(), "missing_mean")), batch_size=2), Trainer.of(own(problem()), 2)
    for samples in (2, 1):
        wrong.compute_gradient()
        right.compute_gradient()
        np.testing.assert_allclose(wrong.gradient, samples * right.gradient, rtol=1e-12, atol=1e-15)


def test_a_new_rate_counts_for_an_update_that_is_made_too_early() -> None:
    """The factor W2 - eta dJ/dW2 takes the rate of the trainer, and not that of the file."""
    wrong = own(making(problem(), "sequential_update"))
    trainer = trainer_of(wrong, batch_size=3)
    trainer.learning_rate = 0.5
    trainer.compute_gradient()
    faster = replace(wrong, update=replace(wrong.update, learning_rate=0.5))
    np.testing.assert_allclose(trainer.gradients["W1"], record(faster)["dJ/dW1"].value, rtol=1e-13)


def test_other_optimisers_take_the_wrong_gradient_too() -> None:
    wrong = making(problem(), "extra_factor_two")
    wrong = replace(wrong, update=replace(wrong.update, optimizer="momentum"))
    trained = own(wrong)
    trainer = trainer_of(trained, batch_size=3)
    assert isinstance(trainer, MistakenTrainer)
    trainer.run(3)
    for name, array in trained.network.parameters.items():
        np.testing.assert_allclose(array, record(wrong, after=3).given[name], rtol=1e-12)


def test_single_precision_networks_take_the_gradients_of_the_tape() -> None:
    wrong = making(problem(), "sign_slip")
    single = wrong.with_network(wrong.network.copy("float32"))
    trainer = trainer_of(single, batch_size=3)
    trainer.compute_gradient()
    np.testing.assert_allclose(trainer.gradients["W1"], record(wrong)["dJ/dW1"].value, rtol=1e-5)
