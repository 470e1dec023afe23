"""Hints: each where its cause is, with its number, and silence everywhere else."""

import math

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.data import SETS, load_dataset
from explorer.engine.network import Network
from explorer.session import Evaluation, History, Session
from explorer.session.evaluator import Evaluator, SampleSet
from explorer.session.hints import hint_of
from explorer.session.opening import open_data, opened
from explorer.session.state import State
from explorer.tape.mistaken_trainer import trainer_of
from explorer.tape.numbers import shown

STEPS = range(0, 2001, 20)


def run_of(train: list[float], test: list[float]) -> History:
    made = History()
    for step, one, other in zip(STEPS, train, test, strict=True):
        made.add(Evaluation(step, one, 0.5, other, 0.5))
    return made


def state_of(activation: str = "relu", step: int = 2000, hidden: tuple[int, ...] = (8,)) -> State:
    subject, settings = open_data("moons")
    session = Session(subject, settings)
    session.configure(replace(settings, hidden=hidden, activation=activation))
    return replace(session.state, run=replace(session.state.run, step=step))


FALLING = [2 * math.exp(-step / 500) for step in STEPS]
LEVEL = [math.log(2) * (1 + 0.003 * math.sin(step)) for step in STEPS]
SOARING = [0.2 if step < 1500 else 2000.0 + step / 10 for step in STEPS]
TURNING = [0.3 + abs(step - 400) / 1000 for step in STEPS]
MILD = [0.3 + abs(step - 400) / 10000 for step in STEPS]


@pytest.mark.parametrize(
    ("train", "test", "kind", "text"),
    [
        (FALLING, FALLING, "", ""),
        (LEVEL, LEVEL, "guessing", "the loss stays at ln 2 = 0.6931, that of guessing"),
        (FALLING, TURNING, "turns_up", "test loss rises since step 400: 0.300 to 1.900"),
        (SOARING, SOARING, "soars", "training loss soars since step 1,480: 0.200 to 2200"),
        ([1.2] + [1000.0] * 100, [1.2] * 101, "soars", "training loss soars since step 0: 1.200 to 1000"),
        ([5.0] * len(STEPS), [5.0] * len(STEPS), "", ""),
        (MILD, MILD, "", ""),
        (FALLING, [math.nan] * len(STEPS), "", ""),
    ],
)
def test_a_hint_has_its_cause_and_its_number(train: list[float], test: list[float], kind: str, text: str) -> None:
    hint = hint_of(state_of(), run_of(train, test))
    if not kind:
        assert hint is None
        return
    assert hint is not None
    assert (hint.kind, hint.text(run_of(train, test).evaluations[-1])) == (kind, text)
    assert hint_of(state_of(), run_of(train, test), frozenset({kind})) is None


def test_numbers_that_are_no_better_than_their_mean_are_told() -> None:
    state = Session(*open_data("sine")).state
    state = replace(state, run=replace(state.run, step=2000))
    spread = float(0.5 * state.subject.problem.Y.var())
    stuck = [spread * (1 - 0.04 * math.sin(step) ** 2) for step in STEPS]
    hint = hint_of(state, run_of(stuck, stuck))
    assert hint is not None
    assert hint.text(None) == f"the loss stays near {shown(spread, 3)}, that of guessing the targets' mean"
    better = [0.9 * spread for _ in STEPS]
    assert hint_of(state, run_of(better, better)) is None


def test_updates_by_minibatches_may_scatter_the_loss_above_that_of_guessing() -> None:
    state = Session(*open_data("sine")).state
    state = replace(state, run=replace(state.run, step=2000))
    spread = float(0.5 * state.subject.problem.Y.var())
    scattered = [spread * (1.4 if step % 100 == 0 else 1.1) for step in STEPS]
    hint = hint_of(state, run_of(scattered, scattered))
    assert hint is not None
    assert (hint.kind, hint.offer) == ("guessing", "")
    assert hint_of(state, run_of([*scattered[:-3], *[0.9 * spread] * 3], scattered)) is None


def raw_wine(hidden: tuple[int, ...] = (8,)) -> State:
    """Return a run on samples whose inputs are large, because their columns are left as they are."""
    subject, settings = opened(replace(load_dataset("wine"), fitting="none"))
    session = Session(subject, settings)
    session.configure(replace(settings, hidden=hidden))
    return replace(session.state, run=replace(session.state.run, step=2000))


def test_large_inputs_are_said_to_be_the_cause_with_their_remedy() -> None:
    stuck = [math.log(3)] * len(STEPS)
    hint = hint_of(raw_wine(), run_of(stuck, stuck))
    assert hint is not None
    assert (hint.kind, hint.offer) == ("guessing", "scale_inputs")
    assert hint.remedy.startswith("Layer 1: 7 of 8 units are saturated: the inputs are large (root mean square ")
    assert hint.remedy.endswith(", where 1 is usual). Scale them.")


def test_saturated_units_are_told_only_where_the_inputs_make_them_so() -> None:
    hint = hint_of(raw_wine(), run_of(FALLING, FALLING))
    assert hint is not None
    assert (hint.text(None), hint.offer) == ("layer 1: 7 of 8 units are saturated", "scale_inputs")
    state = state_of("tanh")
    network = state.network.copy()
    network.parameters["b1"][:] = 50.0
    assert hint_of(replace(state, network=network), run_of(FALLING, FALLING)) is None


@pytest.mark.parametrize("name", [name for name in SETS if not name.startswith("drawn")])
def test_a_set_that_is_learnt_under_its_usual_settings_gives_no_cause(name: str) -> None:
    subject, settings = open_data(name)
    problem = subject.problem.with_network(subject.problem.network.copy())
    trainer = trainer_of(problem, settings.batch_size, settings.seed)
    dtype, history = problem.network.dtype, History()
    train, test = (SampleSet(X, Y, settings.seed, dtype, most=None) for X, Y in subject.parts)
    evaluator = Evaluator(train, test, problem.objective, trainer.batch_size)
    state = Session(replace(subject, problem=problem), settings).state
    for _ in range(30):
        trainer.run(50)
        history.add(evaluator.evaluate(problem.network, trainer.step))
        hint = hint_of(replace(state, run=replace(state.run, step=trainer.step)), history)
        assert hint is None or hint.kind == "turns_up"


def test_a_loss_that_has_come_down_again_soars_no_more() -> None:
    back = [*SOARING[:-1], 0.3]
    assert hint_of(state_of(), run_of(back, back)) is None


def dead_network(state: State, *units: int) -> Network:
    network = state.network.copy()
    for layer, count in enumerate(units, start=1):
        network.parameters[f"b{layer}"][:count] = -1e6
    return network


def test_dead_units_are_counted_where_they_are_many() -> None:
    state, history = state_of(), run_of(FALLING, FALLING)
    hint = hint_of(replace(state, network=dead_network(state, 5)), history)
    assert hint is not None
    assert hint.text(None) == "layer 1: 5 of 8 units are 0 for every sample"
    assert hint_of(replace(state, network=dead_network(state, 2)), history) is None


def test_of_several_layers_the_one_with_most_dead_units_is_named_first() -> None:
    state = state_of(hidden=(8, 8))
    hint = hint_of(replace(state, network=dead_network(state, 4, 8)), run_of(FALLING, FALLING))
    assert hint is not None
    assert hint.text(None) == "layer 2: 8 of 8 units are 0 for every sample; layer 1: 4 of 8"


def test_nothing_is_said_early_or_after_a_divergence() -> None:
    history = run_of(LEVEL, LEVEL)
    early, state = state_of(step=100), state_of()
    assert hint_of(early, history) is None
    assert hint_of(replace(state, run=replace(state.run, diverged_at=2001)), history) is None
    assert np.isfinite(state.network.theta).all()
