"""The mistake lab's engine: what can be switched on, what each mistake changes, and whether the check names it."""

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.data import load_dataset
from explorer.engine import Network, Problem
from explorer.lessons.effects import effect_of
from explorer.lessons.lab import choices
from explorer.lessons.lab_check import CHECKABLE, verdict_of
from explorer.problems import load_problem
from explorer.tape import record
from explorer.tape.mistakes import MISTAKES
from explorer.tape.record import updated


def net(activation: str = "sigmoid", samples: int = 3, sizes: tuple[int, ...] = (3, 4, 2)) -> Problem:
    X = np.random.default_rng(0).normal(size=(samples, sizes[0]))
    network = Network.random(sizes, activation, seed=1)
    return Problem(network, X, np.eye(sizes[-1])[np.arange(samples) % sizes[-1]])


def making(problem: Problem, *names: str) -> Problem:
    return replace(problem, mistakes=names)


def reasons(problem: Problem) -> dict[str, str]:
    return {choice.mistake.name: choice.reason for choice in choices(problem, problem)}


def test_every_mistake_is_offered_with_the_reason_where_it_changes_nothing() -> None:
    found = choices(load_problem("net-s"), load_problem("net-s"))
    assert [choice.mistake for choice in found] == list(MISTAKES.values())
    told = {choice.mistake.name: choice.reason for choice in found if choice.reason}
    assert told == {name: MISTAKES[name].needs(load_problem("net-s")) for name in told}
    assert set(told) == {"missing_mean", "forgotten_relu_mask", "per_sample_bias"}
    assert [choice.possible for choice in found] == [choice.mistake.name not in told for choice in found]


def test_what_another_mistake_overrules_says_so_and_what_is_on_can_be_switched_off() -> None:
    found = choices(making(net(), "missing_sigma_prime"), net())
    by_name = {choice.mistake.name: choice for choice in found}
    assert "is the same without it beside σ′ is missing" in by_name["sigma_prime_of_h"].reason
    assert not by_name["sigma_prime_of_h"].possible
    assert by_name["missing_sigma_prime"].on
    assert by_name["missing_sigma_prime"].possible
    assert by_name["sign_slip"].possible


def test_a_mistake_that_would_take_the_effect_of_one_that_is_on_says_which() -> None:
    assert "would change nothing beside it" in reasons(making(net(), "transposed_gradient"))["printed_layout"]


def test_what_updates_have_stretched_hinders_no_choice() -> None:
    """A bias for each of three samples is left by the update; the others are found out with two."""
    stretched = updated(making(net(), "per_sample_bias"), record(making(net(), "per_sample_bias")))
    assert stretched.strays
    assert reasons(stretched) == reasons(making(net(), "per_sample_bias"))


def test_a_mistake_of_batches_is_told_to_be_absent_from_the_pass_of_one_sample() -> None:
    whole = making(net(), "missing_mean")
    by_name = {choice.mistake.name: choice for choice in choices(whole, whole.only(0))}
    assert by_name["missing_mean"].absent == "with one sample 1/N is 1"
    assert by_name["per_sample_bias"].possible
    assert by_name["sign_slip"].absent == ""


@pytest.mark.parametrize("name", [*MISTAKES])
def test_each_mistake_changes_steps_from_where_it_is_made_and_the_check_fails_there(name: str) -> None:
    problem = making(net("relu" if name == "forgotten_relu_mask" else "sigmoid"), name)
    effect, verdict = effect_of(problem), verdict_of(problem)
    right, wrong = record(replace(problem, mistakes=())), record(problem)
    for step in right.steps:
        same = np.array_equal(step.value, wrong[step.id].value, equal_nan=True)
        assert (step.id in effect.changed) is not same
    assert verdict.passed is False
    assert verdict.first in effect.changed
    assert effect.changed.index(verdict.first) == [s.startswith("dJ/d") for s in effect.changed].index(True)
    assert verdict.sentence


def test_without_mistakes_nothing_changes_and_every_gradient_agrees() -> None:
    effect = effect_of(net())
    assert effect.changed == ()
    assert effect.first == ""
    assert verdict_of(net()).passed


def test_a_contrast_counts_what_differs_and_finds_the_worst() -> None:
    effect = effect_of(making(load_problem("net-s"), "printed_layout"))
    contrast = effect.contrast("dJ/dW1")
    np.testing.assert_array_equal(contrast.wrong, contrast.right.T)
    assert contrast.differing == ((0, 1), (1, 0))
    assert contrast.worst in contrast.differing
    difference = contrast.difference
    assert difference is not None
    np.testing.assert_array_equal(difference, contrast.wrong - contrast.right)
    assert effect.contrast("z1").is_same


def test_other_shapes_have_no_difference_but_the_words_of_what_refuses_them() -> None:
    contrast = effect_of(making(net(), "transposed_gradient")).contrast("dJ/dW2")
    assert (contrast.right.shape, contrast.wrong.shape) == ((4, 2), (2, 4))
    assert contrast.difference is None
    assert contrast.worst is None
    assert not contrast.is_same
    assert contrast.refusal == "W2 stays as it is: NumPy refuses W2 − η ∂J/∂W2, shapes (4, 2) and (2, 4)."


def test_a_number_that_is_none_differs_from_one_and_is_the_worst() -> None:
    contrast = effect_of(making(net(sizes=(1, 4, 2)), "printed_layout")).contrast("J+")
    assert np.isnan(contrast.wrong)
    assert contrast.differing == ((),)
    assert contrast.worst == ()


def test_the_printed_errata_are_as_the_documents_have_them() -> None:
    """Lessons 8 and 9 of net S: the printed (23) puts -dJ/dW_11 into position (1, 2); L89 another gradient of x."""
    contrast = effect_of(making(load_problem("net-s"), "printed_layout")).contrast("dJ/dW1")
    assert contrast.wrong[0, 1] == pytest.approx(-0.355624, abs=5e-7)
    slip = effect_of(making(load_problem("net-s"), "product_after_w1")).contrast("dJ/dx")
    np.testing.assert_allclose(slip.right, [[0.325834, 0.296975]], atol=5e-7)
    np.testing.assert_allclose(slip.wrong, [[0.288945, 0.198605]], atol=5e-7)


def test_at_some_numbers_a_mistake_does_not_show() -> None:
    """Two uniform outputs are as uniform after a second softmax."""
    problem = making(load_problem("trace-003"), "double_softmax")
    assert effect_of(problem).changed[:1] in ((), ("J+",))
    assert verdict_of(problem).passed is not False


def test_a_large_network_is_not_checked_at_once() -> None:
    problem = making(net(sizes=(900, 750, 10)), "sign_slip")
    assert problem.network.theta.size * problem.samples > CHECKABLE
    assert verdict_of(problem).passed is None
    assert "too many" in verdict_of(problem).sentence
    assert effect_of(problem).first == "dJ/dz2"


def test_two_samples_tell_as_much_as_all_of_a_large_set() -> None:
    """What is on beside others is found out on two samples, however many there are."""
    data = load_dataset("digits")
    Y = np.eye(10)[data.labels]
    problem = making(Problem(Network.random((64, 32, 10), "relu", seed=0), data.X, Y), "sign_slip", "missing_mean")
    few = problem.only_these(np.arange(2))
    assert [c.reason for c in choices(problem, problem)] == [c.reason for c in choices(few, few)]


def test_the_check_of_digits_names_what_the_errata_of_shape_are() -> None:
    """The output layer's gradient has more entries than are sampled of a large network."""
    data = load_dataset("digits")
    few = np.arange(32)
    Y = np.eye(10)[data.labels]
    whole = Problem(Network.random((64, 32, 10), "tanh", seed=0), data.X, Y).only_these(few)
    for name in ("printed_layout", "transposed_gradient"):
        assert verdict_of(making(whole, name)).sentence == "its transpose is right"
    assert "the slope of layer 1 is missing" in verdict_of(making(whole, "product_after_w1")).sentence
