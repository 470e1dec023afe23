"""Guessing first: the value of the current step is kept back until it is answered, or asked for. No Qt."""

from msgspec.structs import replace

from explorer.session.guess import Guessing
from explorer.session.run import RunStatus
from explorer.session.state import State


def is_kept_back(state: State) -> bool:
    """Tell whether the value of the current step is not to be shown; while a network trains it changes, and is."""
    guessing = state.guessing
    if guessing is None or state.run.status is RunStatus.RUNNING:
        return False
    return guessing.tape is not state.tape or state.step.id not in guessing.seen


def known(state: State) -> int:
    """Return the position of the last step whose value is shown; -1 where there is none."""
    return state.position - is_kept_back(state)


def guessing_first(state: State, *, wanted: bool) -> State:
    """Return the state in which values are kept back from the current step on, or all shown."""
    return replace(state, guessing=Guessing(state.tape) if wanted else None)


def with_step_seen(state: State) -> State:
    """Return the state in which the value of the current step is shown."""
    if state.guessing is None or not is_kept_back(state):
        return state
    before = state.guessing.seen if state.guessing.tape is state.tape else frozenset()
    return replace(state, guessing=Guessing(state.tape, before | {state.step.id}))
