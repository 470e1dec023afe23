"""The losses by the book and fused: known numbers, the reference, logits at which a naive softmax dies."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from explorer.engine.fused import FUSED, Scratch
from explorer.engine.losses import LOSSES, log_softmax, softmax
from tests import reference

Array = NDArray[np.floating]


def fused(name: str, a: Array, y: Array, beta: float) -> tuple[float, Array]:
    """Call the trainer's loss on (N, C) arrays; return the sum of the losses and dJ/da, (N, C)."""
    across = np.ascontiguousarray(a.T)
    delta = np.empty_like(across)
    factor, left, right = FUSED[name](across, y.T, beta, delta, Scratch(a.shape[1], len(a), a.dtype))
    return factor * float((left * right).sum()), delta.T


def test_every_loss_has_a_fused_twin() -> None:
    assert set(FUSED) == set(LOSSES)


def test_softmax_at_the_edge() -> None:
    p = softmax(np.array([[1.0, 2], [1001, 1002], [-1001, -1002]]))
    wanted = [[0.26894142, 0.73105858], [0.26894142, 0.73105858], [0.73105858, 0.26894142]]
    np.testing.assert_allclose(p, wanted, atol=5e-9)


@pytest.mark.parametrize("beta", [1.0, 2.0, -1.0])
def test_logits_of_ten_thousand_give_finite_losses(beta: float) -> None:
    a = np.array([[1e4, -1e4, 0], [-1e4, 1e4, 1e4]])
    y = np.array([[0.0, 1, 0], [1, 0, 0]])
    losses = LOSSES["softmax_cross_entropy"].value(a, y, beta)
    wanted = [reference.cross_entropy(list(row), list(target), beta).real for row, target in zip(a, y, strict=True)]
    np.testing.assert_allclose(losses, wanted, rtol=1e-15)
    total, delta = fused("softmax_cross_entropy", a, y, beta)
    assert total == pytest.approx(sum(wanted), rel=1e-15)
    assert np.isfinite(delta).all()


def test_probability_zero_costs_no_accuracy() -> None:
    a, y = np.array([[0.0, 2000.0]]), np.array([[1.0, 0.0]])
    assert softmax(a)[0, 0] == 0
    assert LOSSES["softmax_cross_entropy"].value(a, y, 1.0)[0] == 2000


def test_target_zero_at_probability_zero_costs_nothing() -> None:
    a, y = np.array([[0.0, 2000.0]]), np.array([[0.0, 1.0]])
    assert LOSSES["softmax_cross_entropy"].value(a, y, 1.0)[0] == 0


def test_quiz_of_lesson_five() -> None:
    a, y = np.array([[1.0, 2, 3]]), np.array([[1.0, 0, 0]])
    loss = LOSSES["softmax_cross_entropy"]
    assert loss.value(a, y, 1.0)[0] == pytest.approx(2.407606, abs=5e-7)
    np.testing.assert_allclose(loss.gradient(a, y, 1.0), [[-0.909969, 0.244728, 0.665241]], atol=5e-7)


@pytest.mark.parametrize("shift", [0.0, 1000.0])
def test_batch_cross_entropy_of_the_worked_example(shift: float) -> None:
    sample_1 = [0.417022004702574, 0.00011437481734488664, 0.14675589081711304]
    sample_2 = [0.7203244934421581, 0.30233257263183977, 0.0923385947687978]
    z = np.array([sample_1, sample_2]) + shift
    y = np.eye(3)[:2]
    loss = LOSSES["softmax_cross_entropy"]
    assert loss.value(z, y, 1.0).mean() == pytest.approx(1.0437608174087478, abs=1e-12)
    wanted = [[-0.29358105, 0.13604698, 0.15753407], [0.22809874, -0.34982719, 0.12172845]]
    np.testing.assert_allclose(loss.gradient(z, y, 1.0) / 2, wanted, atol=5e-9)


def test_temperature_of_lesson_two() -> None:
    p = softmax(np.array([[0.0, 1.0]]), 2.0)
    assert p[0, 1] == pytest.approx(0.880797, abs=5e-7)
    assert softmax(np.array([[0.0, 1.0]]), np.log(99))[0, 1] == pytest.approx(0.99, abs=1e-12)
    np.testing.assert_array_equal(softmax(np.array([[5.0, -3.0, 1.0]]), 0.0), np.full((1, 3), 1 / 3))


def test_log_softmax_is_the_logarithm() -> None:
    a = np.random.default_rng(0).normal(size=(4, 3))
    np.testing.assert_allclose(log_softmax(a, 1.3), np.log(softmax(a, 1.3)), rtol=1e-13)


@settings(deadline=None)
@given(
    st.sampled_from(sorted(LOSSES)),
    st.integers(1, 6),
    st.integers(1, 5),
    st.sampled_from([1.0, 0.0, -2.0, 0.01, 30.0]),
    st.sampled_from([1.0, 100.0]),
    st.integers(0, 10**6),
)
def test_book_fused_and_reference_agree(
    name: str, samples: int, classes: int, beta: float, scale: float, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    a, y = scale * rng.normal(size=(samples, classes)), 2 * rng.random((samples, classes)) - 0.5
    wanted = [reference.LOSSES[name](list(row), list(target), beta).real for row, target in zip(a, y, strict=True)]
    book = LOSSES[name]
    size = 1 + np.abs(beta * a).max() + np.square(a).max()
    np.testing.assert_allclose(book.value(a, y, beta), wanted, rtol=1e-12, atol=1e-14 * size * classes)
    total, delta = fused(name, a, y, beta)
    assert total == pytest.approx(sum(wanted), rel=1e-12, abs=1e-14 * size * classes * samples)
    np.testing.assert_allclose(delta, book.gradient(a, y, beta), rtol=1e-11, atol=1e-13 * (1 + abs(beta)))


@pytest.mark.parametrize("name", sorted(LOSSES))
def test_fused_leaves_its_arguments_alone(name: str) -> None:
    rng = np.random.default_rng(1)
    a, y = rng.normal(size=(3, 4)), rng.random((3, 4))
    across, targets = np.ascontiguousarray(a.T), np.ascontiguousarray(y.T)
    FUSED[name](across, targets, 2.0, np.empty_like(across), Scratch(4, 3, a.dtype))
    np.testing.assert_array_equal(across.T, a)
    np.testing.assert_array_equal(targets.T, y)
