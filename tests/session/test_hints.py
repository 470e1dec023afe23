"""Hints: each where its cause is, with its number, and silence everywhere else."""

import math
from dataclasses import replace

import numpy as np
import pytest

from explorer.engine.network import Network
from explorer.session import Evaluation, History, Session
from explorer.session.hints import hint_of
from explorer.session.opening import open_data
from explorer.session.state import State

STEPS = range(0, 2001, 20)


def run_of(train: list[float], test: list[float]) -> History:
    made = History()
    for step, one, other in zip(STEPS, train, test, strict=True):
        made.add(Evaluation(step, one, 0.5, other, 0.5))
    return made


def state_of(activation: str = "relu", step: int = 2000) -> State:
    subject, settings = open_data("moons")
    session = Session(subject, settings)
    session.configure(replace(settings, hidden=(8,), activation=activation))
    return replace(session.state, run=replace(session.state.run, step=step))


FALLING = [2 * math.exp(-step / 500) for step in STEPS]
LEVEL = [math.log(2) * (1 + 0.003 * math.sin(step)) for step in STEPS]
TURNING = [0.3 + abs(step - 400) / 1000 for step in STEPS]


@pytest.mark.parametrize(
    ("train", "test", "kind", "text"),
    [
        (FALLING, FALLING, "", ""),
        (LEVEL, LEVEL, "guessing", "the loss stays at ln 2 = 0.6931, that of guessing"),
        (FALLING, TURNING, "turns_up", "test loss rises since step 400: 0.3 to 1.86"),
        (TURNING, TURNING, "", ""),
        (FALLING, [math.nan] * len(STEPS), "", ""),
    ],
)
def test_a_hint_has_its_cause_and_its_number(train: list[float], test: list[float], kind: str, text: str) -> None:
    hint = hint_of(state_of(), run_of(train, test))
    assert (hint.kind, hint.text) if hint else (kind, text) == ("", "")
    if kind:
        assert hint is not None
        assert (hint.kind, hint.text) == (kind, text)
        assert hint_of(state_of(), run_of(train, test), frozenset({kind})) is None
    else:
        assert hint is None


def dead_network(state: State, units: int) -> Network:
    network = state.network.copy()
    network.parameters["b1"][:units] = -1e6
    return network


def test_dead_units_are_counted_where_they_are_many() -> None:
    state, history = state_of(), run_of(FALLING, FALLING)
    hint = hint_of(replace(state, network=dead_network(state, 5)), history)
    assert hint is not None
    assert hint.text == "layer 1: 5 of 8 units are 0 for every sample"
    assert hint_of(replace(state, network=dead_network(state, 2)), history) is None


def test_nothing_is_said_early_or_after_a_divergence() -> None:
    history = run_of(LEVEL, LEVEL)
    early, state = state_of(step=100), state_of()
    assert hint_of(early, history) is None
    assert hint_of(replace(state, run=replace(state.run, diverged_at=2001)), history) is None
    assert np.isfinite(state.network.theta).all()
