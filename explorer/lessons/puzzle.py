"""The guessing game of the mistake lab: one mistake is made and not named, to be found by its numbers."""

from itertools import count

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from explorer.engine.errors import ExplorerError
from explorer.engine.problem import Problem
from explorer.lessons.effects import Effect, effect_of, is_changed
from explorer.lessons.lab import choices
from explorer.lessons.lab_check import verdict_of
from explorer.tape.mistakes import MISTAKES
from explorer.tape.record import record
from explorer.tape.step import Step, Tape

MOST = 9999
"""The largest number of a puzzle; they begin at 1."""


class Guess(Struct, frozen=True):
    """What became of a guess.

    Attributes
    ----------
    step_right
        Whether the step is the first that is computed otherwise, the first whose numbers change, or the first gradient
        that is wrong.
    name_right
        Whether the mistake is the hidden one, or one that leaves the very same numbers.
    """

    step_right: bool
    name_right: bool


def hidden(problem: Problem, shown: Problem, puzzle: int) -> str:
    """Return the mistake that a puzzle hides: one that changes the shown pass, drawn by the puzzle's number.

    Raises
    ------
    ExplorerError
        If no known mistake changes that pass.
    """
    return drawn(telling(problem, shown), puzzle)


def fresh_puzzle(problem: Problem, shown: Problem, last: str) -> int:
    """Return the number of a puzzle that hides another mistake than the last one, where there is another.

    Raises
    ------
    ExplorerError
        If no known mistake changes the shown pass.
    """
    names, chance = telling(problem, shown), np.random.default_rng()
    puzzles = (int(chance.integers(1, MOST, endpoint=True)) for _ in count())
    return next(puzzle for puzzle in puzzles if names == [last] or drawn(names, puzzle) != last)


def telling(problem: Problem, shown: Problem) -> list[str]:
    """Return the mistakes that change the shown pass."""
    right = replace(problem, mistakes=())
    possible = [choice.mistake.name for choice in choices(right, shown) if choice.possible and not choice.absent]
    names = [name for name in possible if effect_of(replace(shown, mistakes=(name,))).changed]
    if not names:
        raise ExplorerError("no known mistake changes the pass that is shown: open another problem, or more samples")
    return names


def drawn(names: list[str], puzzle: int) -> str:
    """Return the mistake among those that a puzzle's number draws."""
    return names[int(np.random.default_rng(puzzle).integers(len(names)))]


def judged(shown: Problem, step_id: str, name: str) -> Guess:
    """Judge a guess.

    Parameters
    ----------
    shown
        Makes the hidden mistake.
    step_id, name
        The first wrong step and the mistake, as somebody guesses them.
    """
    effect = effect_of(shown)
    starts = {effect.first, verdict_of(shown).first, first_rewritten(effect)}
    twin = record(replace(shown, mistakes=(name,)))
    return Guess(step_id in starts, name in shown.mistakes or are_same(twin, effect.wrong))


def first_rewritten(effect: Effect) -> str:
    """Return the first step that is computed otherwise, whatever its numbers; empty where none is."""
    pairs = zip(effect.right.steps, effect.wrong.steps, strict=True)
    return next((one.id for one, other in pairs if deed(one) != deed(other)), "")


def deed(step: Step) -> tuple[object, ...]:
    """Return what a step computes, and of what."""
    return step.operation, step.operands, step.instruction.inputs


def are_same(one: Tape, other: Tape) -> bool:
    """Tell whether two passes have the same numbers in every step."""
    return not any(is_changed(one[step.id].value, step.value) for step in other.steps)


def title(shown: Problem) -> str:
    """Return what the hidden mistake is called."""
    return " and ".join(MISTAKES[name].title for name in shown.mistakes)
