"""Optimisers against the formulas of their papers, in plain Python numbers, one parameter at a time."""

import math
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.engine import ExplorerError, Network, Trainer, Update
from explorer.engine.descent import make_optimizer
from explorer.engine.network import layer_views
from explorer.engine.optimizers import OPTIMIZERS, Optimizer
from explorer.engine.schedules import SCHEDULES, Schedule

Array = NDArray[np.floating]
NAMES = sorted(OPTIMIZERS)
SHARE = st.floats(0, 0.99)


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    steps, warmup = draw(st.integers(1, 6)), draw(st.integers(0, 4))
    return Schedule(draw(st.sampled_from(sorted(SCHEDULES))), steps, draw(st.floats(0, 1)), warmup)


@st.composite
def updates(draw: st.DrawFn) -> Update:
    return Update(
        draw(st.sampled_from(NAMES)),
        draw(st.floats(1e-4, 1)),
        momentum=draw(SHARE),
        rho=draw(SHARE),
        beta1=draw(SHARE),
        beta2=draw(SHARE),
        epsilon=draw(st.sampled_from([1e-8, 1e-3])),
        weight_decay=draw(SHARE),
        schedule=draw(schedules()),
    )


def share_by_the_book(schedule: Schedule, t: int) -> float:
    if t < schedule.warmup:
        return (t + 1) / schedule.warmup
    t -= schedule.warmup
    if schedule.kind == "step":
        share = 1.0
        for _ in range(t // schedule.steps):
            share *= schedule.factor
        return share
    if schedule.kind == "cosine":
        way = min(t / schedule.steps, 1.0)
        return schedule.factor + (1 - schedule.factor) * math.cos(math.pi * way / 2) ** 2
    return 1.0


def by_the_book(update: Update, theta: float, gradients: list[float], *, weight: bool) -> float:
    """Return one parameter after those gradients."""
    v = m = 0.0
    for t, g in enumerate(gradients, start=1):
        eta = update.learning_rate * share_by_the_book(update.schedule, t - 1)
        match update.optimizer:
            case "sgd":
                theta -= eta * g
            case "momentum":
                v = update.momentum * v + g
                theta -= eta * v
            case "nesterov":
                v = update.momentum * v + g
                theta -= eta * (g + update.momentum * v)
            case "rmsprop":
                v = update.rho * v + (1 - update.rho) * g**2
                theta -= eta * g / (math.sqrt(v) + update.epsilon)
            case "adam" | "adamw":
                if update.optimizer == "adamw" and weight:
                    theta *= 1 - eta * update.weight_decay
                m = update.beta1 * m + (1 - update.beta1) * g
                v = update.beta2 * v + (1 - update.beta2) * g**2
                corrected_m, corrected_v = m / (1 - update.beta1**t), v / (1 - update.beta2**t)
                theta -= eta * corrected_m / (math.sqrt(corrected_v) + update.epsilon)
    return theta


def run(optimizer: Optimizer, theta: Array, gradients: Array) -> None:
    change = np.empty_like(theta)
    for gradient in gradients:
        optimizer.prepare()
        optimizer.apply(theta, gradient, change)


def drawn(seed: int, steps: int = 7, size: int = 6) -> tuple[Array, Array, Array]:
    """Return theta, the gradients of some steps and which parameters are weights."""
    rng = np.random.default_rng(seed)
    decayed = np.array([1.0, 1, 1, 1, 0, 0])[:size]
    return rng.normal(size=size), rng.normal(size=(steps, size)), decayed


@settings(deadline=None, max_examples=300)
@given(updates(), st.integers(0, 2**32 - 1))
def test_updates_are_those_of_the_books(update: Update, seed: int) -> None:
    theta, gradients, decayed = drawn(seed)
    expected = [
        by_the_book(update, start, gradients[:, k].tolist(), weight=decayed[k] == 1)
        for k, start in enumerate(theta.tolist())
    ]
    run(make_optimizer(update, theta, decayed), theta, gradients)
    np.testing.assert_allclose(theta, expected, rtol=1e-11, atol=1e-12)


@pytest.mark.parametrize("name", NAMES)
def test_float32_follows_float64(name: str) -> None:
    theta, gradients, decayed = drawn(3, steps=200)
    single = theta.astype(np.float32)
    optimizer = make_optimizer(Update(name, 0.01), single, decayed.astype(np.float32))
    run(optimizer, single, gradients.astype(np.float32))
    run(make_optimizer(Update(name, 0.01), theta, decayed), theta, gradients)
    assert single.dtype == optimizer.rate.dtype == np.float32
    assert all(vector.dtype == np.float32 for vector in optimizer.state.values())
    np.testing.assert_allclose(single, theta, rtol=2e-5, atol=2e-5)


@pytest.mark.parametrize("name", NAMES)
def test_state_and_steps_written_back_go_on_bit_for_bit(name: str) -> None:
    update = Update(name, 0.05, schedule=Schedule("cosine", 9, 0.2, warmup=3))
    theta, gradients, decayed = drawn(5, steps=12)
    first = make_optimizer(update, theta, decayed)
    run(first, theta, gradients[:5])
    again, resumed = theta.copy(), make_optimizer(update, theta, decayed)
    for vector, kept in zip(resumed.state.values(), first.state.values(), strict=True):
        vector[...] = kept
    resumed.steps = first.steps
    run(first, theta, gradients[5:])
    run(resumed, again, gradients[5:])
    assert theta.tobytes() == again.tobytes()


@pytest.mark.parametrize("name", NAMES)
def test_a_new_learning_rate_holds_from_the_next_update_on(name: str) -> None:
    theta, gradients, decayed = drawn(7)
    still = replace(Update(name, 0.1), weight_decay=0.0)
    whole, halved = theta.copy(), theta.copy()
    fast, slow = make_optimizer(still, theta, decayed), make_optimizer(still, theta, decayed)
    slow.learning_rate = 0.05
    assert slow.learning_rate == 0.05
    run(fast, whole, gradients[:1])
    run(slow, halved, gradients[:1])
    np.testing.assert_allclose(whole - theta, 2 * (halved - theta), rtol=1e-12)


@pytest.mark.parametrize("name", NAMES)
def test_parts_of_the_vectors_are_updated_as_the_whole(name: str) -> None:
    theta, gradients, decayed = drawn(11, steps=1)
    parts, change = theta.copy(), np.empty(3)
    update = Update(name, 0.1)
    for rows in (slice(0, 3), slice(3, 6)):
        optimizer = make_optimizer(update, parts[rows], decayed[rows])
        optimizer.prepare()
        optimizer.apply(parts[rows], gradients[0, rows], change)
    run(make_optimizer(update, theta, decayed), theta, gradients)
    assert parts.tobytes() == theta.tobytes()


@pytest.mark.parametrize("name", NAMES)
def test_a_parameter_without_gradient_stays(name: str) -> None:
    theta, gradients, decayed = drawn(13)
    gradients[:, 4:] = 0
    before = theta.copy()
    run(make_optimizer(Update(name, 0.1), theta, decayed), theta, gradients)
    assert theta[4:].tobytes() == before[4:].tobytes()
    assert (theta[:4] != before[:4]).all()


def test_momentum_keeps_going_where_the_gradient_ends() -> None:
    theta, optimizer = np.zeros(2), make_optimizer(Update("momentum", 1.0, momentum=0.5), np.zeros(2), np.ones(2))
    run(optimizer, theta, np.array([[1.0, -1], [0, 0], [0, 0]]))
    assert theta.tolist() == [-1.75, 1.75]


def test_schedules_at_their_corners() -> None:
    assert [Schedule("step", 3, 0.5).share(t) for t in range(7)] == [1, 1, 1, 0.5, 0.5, 0.5, 0.25]
    half_way = [Schedule("cosine", 4, 0.0).share(t) for t in (0, 2, 4, 9)]
    assert half_way == pytest.approx([1, 0.5, 0, 0], abs=1e-15)
    assert [Schedule(warmup=4).share(t) for t in range(6)] == [0.25, 0.5, 0.75, 1, 1, 1]
    assert [Schedule("step", 2, 0.5, warmup=2).share(t) for t in range(6)] == [0.5, 1, 1, 1, 0.5, 0.5]
    assert not Schedule().varies
    assert Schedule(warmup=1).varies


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ({"kind": "linear"}, "schedule 'linear' is unknown: use one of constant, step, cosine"),
        ({"steps": 0}, "schedule steps 0: expected 1 update or more"),
        ({"factor": 1.5}, "schedule factor 1.5: expected a number from 0 to 1"),
        ({"factor": math.nan}, "schedule factor nan: expected a number from 0 to 1"),
        ({"warmup": -1}, "warm-up -1: expected 0 updates or more"),
    ],
)
def test_schedules_that_mean_nothing_are_refused(keys: dict[str, float], sentence: str) -> None:
    with pytest.raises(ExplorerError) as caught:
        Schedule(**keys)  # type: ignore[arg-type]  # wrong on purpose
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ({"momentum": 1.0}, "momentum 1.0: expected a number from 0 to below 1"),
        ({"rho": -0.1}, "rho -0.1: expected a number from 0 to below 1"),
        ({"beta1": 1}, "beta1 1: expected a number from 0 to below 1"),
        ({"beta2": math.nan}, "beta2 nan: expected a number from 0 to below 1"),
        ({"epsilon": 0}, "epsilon 0: expected a number above 0, at most 1"),
        ({"weight_decay": 2}, "weight_decay 2: expected a number from 0 to 1"),
    ],
)
def test_hyperparameters_out_of_range_are_refused(keys: dict[str, float], sentence: str) -> None:
    with pytest.raises(ExplorerError) as caught:
        Update(**keys)  # type: ignore[arg-type]  # one number at a time
    assert str(caught.value) == sentence


def test_an_unknown_optimizer_is_refused_with_those_there_are() -> None:
    with pytest.raises(
        ExplorerError, match="'lion' is unknown: use one of sgd, momentum, nesterov, rmsprop, adam, adamw"
    ):
        Update("lion")


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", NAMES)
def test_an_update_allocates_nothing(name: str, dtype: str) -> None:
    theta, gradients = np.ones(100_000, dtype), np.ones((5, 100_000), dtype)
    update = Update(name, 0.1, schedule=Schedule("cosine", 5, warmup=2))
    optimizer, change = make_optimizer(update, theta, np.ones_like(theta)), np.empty_like(theta)
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        for gradient in gradients:
            optimizer.prepare()
            optimizer.apply(theta, gradient, change)
        assert tracemalloc.get_traced_memory()[1] - before < 4096
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", NAMES)
def test_the_trainer_updates_as_the_optimizer_alone(name: str) -> None:
    """The trainer replays the calls in blocks; here it is more than one block, and the biases may be frozen."""
    network = Network.random((300, 120, 3), "tanh", seed=1)
    rng = np.random.default_rng(2)
    X, labels = rng.normal(size=(20, 300)), rng.integers(0, 3, 20)
    update = Update(name, 0.01, name != "sgd", schedule=Schedule("step", 2, 0.5))
    trainer = Trainer(network, X, labels, update=update, batch_size=20)
    decayed = np.ones_like(network.theta)
    for layer in layer_views(decayed, network.sizes, network.activations):
        layer.bias.fill(0)
    alone, optimizer = network.theta.copy(), make_optimizer(update, network.theta, decayed)
    for _ in range(5):
        trainer.run(1)
        gradient = trainer.gradient if update.train_biases else trainer.gradient * decayed
        run(optimizer, alone, gradient[None])
        assert alone.tobytes() == network.theta.tobytes()
