"""What the schedules are called, and their numbers as settings: how each is read, written, moved by a key. No Qt."""

from msgspec import Struct

from explorer.panels.training.setting_kinds import (
    SettingKind,
    number_of,
    shorten_number,
    shorten_text,
    whole_number_of,
    write_number,
)

FACTORS = (0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)


class ScheduleKind(Struct, frozen=True):
    """A kind of schedule in words: its title, a sentence, and what stands before its steps and its factor."""

    title: str
    tip: str
    steps: str = "every"
    factor: str = "times"


SCHEDULE_KINDS = {
    "constant": ScheduleKind("constant", "The rate stays as it is"),
    "step": ScheduleKind("steps", "The rate falls at once, again and again"),
    "cosine": ScheduleKind(
        "cosine", "The rate falls smoothly along half a cosine, and stays at its end", "over", "down to"
    ),
}
"""By the names of the engine's ``SCHEDULES``."""


def move_updates(updates: int, up: bool) -> int:
    """Return the next of 0, 1, 2, 5, 10, ..."""
    ladder = [0, *(step * 10**power for power in range(9) for step in (1, 2, 5))]
    if up:
        return next((rung for rung in ladder if rung > updates), updates)
    return next((rung for rung in reversed(ladder) if rung < updates), updates)


def move_steps(steps: int, up: bool) -> int:
    """Return the next of 1, 2, 5, 10, ..."""
    return max(move_updates(steps, up), 1)


def move_factor(factor: float, up: bool) -> float:
    """Return the next of some usual shares."""
    if up:
        return next((rung for rung in FACTORS if rung > factor), factor)
    return next((rung for rung in reversed(FACTORS) if rung < factor), factor)


STEPS = SettingKind(
    "steps",
    "every",
    "Updates between two falls of the rate, or until the end of its fall.",
    whole_number_of("schedule steps"),
    str,
    move_steps,
    shorten_text,
    live=True,
)
FACTOR = SettingKind(
    "factor",
    "times",
    "Share of the rate: what a fall multiplies it with, or what is left of it at the end.",
    number_of("schedule factor"),
    write_number,
    move_factor,
    shorten_number,
    live=True,
)
WARMUP = SettingKind(
    "warmup",
    "warm-up",
    "Warm-up: updates over which the rate rises in a straight line first.",
    whole_number_of("warm-up"),
    str,
    move_updates,
    shorten_text,
    live=True,
)
