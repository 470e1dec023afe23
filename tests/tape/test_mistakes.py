"""Each mistake of the lab changes what it should, to what it should, and nothing else; several go together."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer import check_gradients
from explorer.engine import ExplorerError, Problem
from explorer.engine.losses import softmax
from explorer.problems import load_problem
from explorer.tape import Tape, record
from explorer.tape.entries import Term, entry
from explorer.tape.mistakes import MISTAKES, mistakes_of
from explorer.tape.plan import plan
from tests.cases import problems
from tests.tape.making import differing, fitting, making, problem, tapes

Array = NDArray[np.floating]

UPDATED = {"W1+", "b1+", "W2+", "b2+", "J+"}
FIRST = {"dJ/dz1", "dJ/dW1", "dJ/db1", "dJ/dx", "W1+", "b1+", "J+"}
ALL_BACK = {"dJ/dz2", "dJ/dW2", "dJ/db2", "dJ/dh1", *FIRST, *UPDATED}

CHANGED: dict[str, set[str]] = {
    "missing_mean": ALL_BACK,
    "jacobian_without_sum": ALL_BACK,
    "sigma_prime_kept": ALL_BACK,
    "extra_factor_two": ALL_BACK,
    "sign_slip": ALL_BACK,
    "double_softmax": {"p", "J", *ALL_BACK},
    "sequential_update": {"dz2/dh1", "dJ/dh1", *FIRST},
    "sigma_prime_of_h": {"dh1/dz1", *FIRST},
    "missing_sigma_prime": FIRST,
    "forgotten_relu_mask": FIRST,
    "product_after_w1": {"dJ/dx"},
    "transposed_gradient": {"dJ/dW2", "W2+", "J+"},
    "printed_layout": {"dJ/dW2", "dJ/dW1", "W2+", "W1+", "J+"},
    "per_sample_bias": {"dJ/db2", "dJ/db1", "b2+", "b1+", "J+"},
}
"""Of a 3-4-2 network with softmax and cross-entropy: the steps whose values the mistake changes."""


def test_every_mistake_of_the_lab_is_here() -> None:
    assert set(CHANGED) == set(MISTAKES)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_changes_what_it_should_and_nothing_else(mistake: str) -> None:
    sizes = (3, 3, 3) if mistake in {"transposed_gradient", "printed_layout", "product_after_w1"} else (3, 4, 2)
    right = problem("relu" if mistake == "forgotten_relu_mask" else "tanh", sizes)
    wrong, tape = record(making(right, mistake)), record(right)
    assert differing(wrong, tape) == CHANGED[mistake]


def slope(tape: Tape) -> Array:
    return tape["dh1/dz1"].value


FORMULAS: dict[str, tuple[str, Callable[[Tape], Array]]] = {
    "missing_mean": ("dJ/dz2", lambda t: t["p"].value - t.given["y"]),
    "extra_factor_two": ("dJ/dz2", lambda t: 2 * t["dJ/dz2"].value),
    "sign_slip": ("dJ/dz2", lambda t: (t.given["y"] - t["p"].value) / 3),
    "sigma_prime_kept": ("dJ/dz2", lambda t: t["dJ/dz2"].value * t["p"].value * (1 - t["p"].value)),
    "jacobian_without_sum": (
        "dJ/dz2",
        lambda t: (t["p"].value - t.given["y"] / np.exp(t["z2"].value).sum(axis=1, keepdims=True)) / 3,
    ),
    "double_softmax": ("dJ/dz2", lambda t: (softmax(softmax(t["z2"].value)) - t.given["y"]) / 3),
    "sequential_update": ("dJ/dh1", lambda t: t["dJ/dz2"].value @ t["W2+"].value.T),
    "sigma_prime_of_h": ("dh1/dz1", lambda t: 1 - np.tanh(t["h1"].value) ** 2),
    "missing_sigma_prime": ("dJ/dz1", lambda t: t["dJ/dh1"].value),
    "forgotten_relu_mask": ("dJ/dz1", lambda t: t["dJ/dh1"].value),
    "transposed_gradient": ("dJ/dW2", lambda t: t["dJ/dW2"].value.T),
    "printed_layout": ("dJ/dW1", lambda t: t["dJ/dW1"].value.T),
    "per_sample_bias": ("dJ/db1", lambda t: t["dJ/dz1"].value),
}


@pytest.mark.parametrize("mistake", FORMULAS)
def test_a_mistake_computes_its_own_formula(mistake: str) -> None:
    wrong, right = tapes(mistake)
    name, formula = FORMULAS[mistake]
    np.testing.assert_allclose(wrong[name].value, formula(right), rtol=1e-12)
    assert wrong[name].text.startswith(f"Mistake, {MISTAKES[mistake].title}: {MISTAKES[mistake].sentence}")


def test_the_product_after_w1_gives_the_number_of_lesson_9() -> None:
    wrong = record(making(load_problem("net-s"), "product_after_w1"))
    assert wrong["dJ/dx"].value[0] == pytest.approx([0.288945, 0.198605], abs=5e-7)
    assert wrong["dJ/dx"].latex.endswith(r"W_1^\top \odot \sigma'(z_1)")


def test_the_jacobian_without_its_sum_is_the_long_way_through_the_printed_line() -> None:
    """-y/p times (delta e^z - e^z e^z) / S^2, for the logits of E14."""
    right = replace(problem(sizes=(3, 3), samples=1), X=np.array([[0.2, -1.0, 0.5]]))
    right.network.layers[0].weights[...], right.network.layers[0].bias[...] = np.eye(3), 0
    power = np.exp(right.X[0])
    printed = (np.diag(power) - np.outer(power, power)) / power.sum() ** 2
    assert np.diag(printed) == pytest.approx([-0.026, 0.022, -0.102], abs=5e-4)
    wrong = record(making(right, "jacobian_without_sum"))
    np.testing.assert_allclose(wrong["dJ/dz1"].value[0], (-right.Y[0] * power.sum() / power) @ printed, rtol=1e-12)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_check_finds_it_and_it_is_gone_without_it(mistake: str) -> None:
    right = fitting(mistake)
    report = check_gradients(making(right, mistake))
    failed = {block.name for block in report.blocks if not block.passed}
    assert failed == CHANGED[mistake] & {block.name for block in report.blocks}
    assert check_gradients(right).passed


def test_a_double_softmax_fails_the_check_of_its_own_loss_too() -> None:
    """A student who differentiates the wrong forward pass numerically sees that p - y is not its gradient either."""
    wrong = making(problem(), "double_softmax")
    analytic, numeric = record(wrong)["dJ/dW2"].value, np.empty((4, 2))
    for index in np.ndindex(4, 2):
        sides = []
        for step in (1e-5, -1e-5):
            nudged = wrong.network.copy()
            nudged.parameters["W2"][index] += step
            sides.append(record(wrong.with_network(nudged)).loss)
        numeric[index] = (sides[0] - sides[1]) / 2e-5
    assert abs(numeric - analytic).max() > 0.1 * abs(numeric).max()


def test_the_loss_after_a_wrong_step_is_that_of_the_next_wrong_pass() -> None:
    for mistake in MISTAKES:
        wrong = making(fitting(mistake), mistake)
        assert record(wrong)["J+"].value == pytest.approx(record(wrong, after=1).loss, rel=1e-12)


def names_of_mistakes() -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(sorted(MISTAKES)), unique=True, max_size=5)


@settings(deadline=None, max_examples=120)
@given(problems(max_samples=3), names_of_mistakes())
def test_mistakes_go_together_and_leave_a_tape_complete(right: Problem, names: list[str]) -> None:
    wrong, tape = record(making(right, *names)), record(right)
    assert [step.id for step in wrong.steps] == [step.id for step in tape.steps]
    known = set(wrong.given)
    for step in wrong.steps:
        assert set(step.operands) <= known
        assert step.text.endswith(".")
        assert step.latex.count("{") == step.latex.count("}")
        known.add(step.id)


@settings(deadline=None, max_examples=80)
@given(problems(max_samples=3), names_of_mistakes())
def test_the_terms_of_a_wrong_entry_add_up_to_it(right: Problem, names: list[str]) -> None:
    problem = making(right, *names)
    tape = record(problem)
    for step in tape.steps:
        for index in np.ndindex(step.shape):
            found = entry(tape, step, index)
            for name, cell in found.reads:
                shape = tape.value(name).shape if cell else ()  # an empty index is the whole array
                assert all(0 <= k < size for k, size in zip(cell, shape, strict=True))
            terms = list(term_values(tape, problem, found.terms))
            if terms:
                assert sum(terms) == pytest.approx(step.value[index], rel=1e-9, abs=1e-9 * max(map(abs, terms)))


def term_values(tape: Tape, problem: Problem, terms: tuple[Term, ...]) -> Iterator[float]:
    for term in terms:
        scale = {"": 1.0, "η": problem.rate, "λ′": problem.objective.decay}[term.scale]
        cells = [float(tape.value(name)[cell]) for name, cell in term.cells]
        yield float(np.prod(cells)) * (-scale if term.negative else scale)


def test_a_mistake_that_changes_nothing_is_not_made() -> None:
    one = problem(samples=1)
    assert mistakes_of(making(one, "missing_mean", "per_sample_bias")) == ()
    assert plan(making(one, "missing_mean")) == plan(one)
    assert mistakes_of(making(problem(), "missing_mean").only(1)) == ()


def test_mistakes_are_made_in_the_order_of_the_table() -> None:
    there, back = making(problem(), "sign_slip", "missing_mean"), making(problem(), "missing_mean", "sign_slip")
    assert [m.name for m in mistakes_of(there)] == ["missing_mean", "sign_slip"]
    assert plan(there) == plan(back)
    step = record(there)["dJ/dz2"]
    assert step.operation == "softmax_cross_entropy_gradient+missing_mean+sign_slip"
    assert step.text.count("; ") == 1
    assert step.latex.endswith("= -(p - y)")


def test_an_unknown_mistake_is_refused_by_whoever_records_it() -> None:
    with pytest.raises(ExplorerError, match="mistake 'wrong' is unknown: use one of missing_mean"):
        record(making(problem(), "wrong"))
