"""The mistakes by name, and what a problem that names some of them does wrong."""

from collections.abc import Sequence

from explorer.engine.errors import ExplorerError
from explorer.engine.problem import Problem
from explorer.tape.mistakes.chain_mistakes import CHAIN_MISTAKES
from explorer.tape.mistakes.layout_mistakes import LAYOUT_MISTAKES
from explorer.tape.mistakes.loss_mistakes import LOSS_MISTAKES
from explorer.tape.mistakes.mistake import Mistake, Plan

MISTAKES: dict[str, Mistake] = {m.name: m for m in (*LOSS_MISTAKES, *CHAIN_MISTAKES, *LAYOUT_MISTAKES)}
"""In the order in which they rewrite a plan, where a problem makes several."""


def known(name: str) -> Mistake:
    """Return the mistake of that name.

    Raises
    ------
    ExplorerError
        If there is none.
    """
    if name not in MISTAKES:
        raise ExplorerError(f"mistake {name!r} is unknown: use one of {', '.join(MISTAKES)}")
    return MISTAKES[name]


def mistakes_of(problem: Problem) -> tuple[Mistake, ...]:
    """Return the mistakes that the problem makes, in order; one that changes nothing there is left out.

    Raises
    ------
    ExplorerError
        If a name is unknown.
    """
    named = {known(name).name for name in problem.mistakes}
    return tuple(m for m in MISTAKES.values() if m.name in named and not m.needs(problem))


def mistaken(instructions: Plan, problem: Problem) -> Plan:
    """Return the plan of a pass with the problem's mistakes in it."""
    for mistake in mistakes_of(problem):
        instructions = mistake.rewrite(instructions, problem)
    return instructions


def titles(mistakes: Sequence[Mistake]) -> str:
    """Return their titles for a label: a sign slip, the mean is missing."""
    return ", ".join(mistake.title for mistake in mistakes)
