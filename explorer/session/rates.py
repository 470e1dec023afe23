"""The learning rate of a run: what it was, what it comes to, and which schedule is a sensible one. No Qt."""

from typing import TypeVar

from msgspec.structs import replace

from explorer.engine.schedules import SCHEDULES, Schedule
from explorer.session.run import Run
from explorer.session.settings import Settings
from explorer.session.state import State

Value = TypeVar("Value")
USUAL_STEPS = 2000
"""Updates after which most curves have shown what they are worth."""


def with_rates(run: Run, settings: Settings) -> Run:
    """Return a run that goes on by the rate and the schedule of the settings."""
    rates = noted(run.rates, run.step, settings.learning_rate)
    return replace(run, rates=rates, schedules=noted(run.schedules, run.step, settings.schedule))


def noted(made: tuple[tuple[int, Value], ...], step: int, value: Value) -> tuple[tuple[int, Value], ...]:
    """Return what held for the updates of a run, and from that step on; each with the updates made before it did."""
    kept = tuple(each for each in made if each[0] < step)
    return kept if kept and kept[-1][1] == value else (*kept, (step, value))


def coming_rate(state: State) -> float:
    """Return eta of the update that follows on the shown weights."""
    return state.settings.update().rate(state.memory.updates)


def coming_stop(state: State) -> int | None:
    """Return the epoch at which training stops by itself: the next multiple of the epochs that are set; None if never.

    Of a run that is come to rest there, None: it is not known whether it is to go on.
    """
    epochs, run = state.settings.epochs, state.run
    if epochs is None or run.stopped:
        return None
    return (run.step // (epochs * state.steps_per_epoch) + 1) * epochs


def usual_schedule(state: State, kind: str) -> Schedule:
    """Return a schedule of that kind whose falls fill what is left of the run; none falls at once.

    A run that stops by itself ends after its epochs, any other after the usual number of updates from now on.
    """
    warmup, made, epochs = state.settings.schedule.warmup, state.memory.updates, state.settings.epochs
    if not SCHEDULES[kind].numbers:
        return Schedule(kind, warmup=warmup)
    length = USUAL_STEPS if epochs is None else epochs * state.steps_per_epoch
    end = made + USUAL_STEPS if epochs is None else (made // length + 1) * length
    steps = made + SCHEDULES[kind].usual_steps(end - made)
    return Schedule(kind, max(steps - warmup, 1), warmup=warmup)


def words_of(schedule: Schedule) -> str:
    """Return "constant", "cosine over 500 to 0.1", "times 0.1 every 1,000, warm-up 50"."""
    words = schedule.rule.words.format(steps=schedule.steps, factor=schedule.factor)
    return f"{words}, warm-up {schedule.warmup:,}" if schedule.warmup else words
