"""The mistake lab: which known mistakes a problem can make, and why it cannot make the others."""

from msgspec import Struct
from msgspec.structs import replace

from explorer.engine.problem import Problem
from explorer.tape.checked_mistakes import needless
from explorer.tape.mistakes import MISTAKES, Mistake


class Choice(Struct, frozen=True):
    """One mistake of the lab as a problem has it.

    Attributes
    ----------
    on
        Whether the problem makes it.
    reason
        Why it cannot be switched on, for it would change nothing; empty where it can.
    absent
        Why it changes nothing in the pass that is shown, where the problem could make it; empty where it may.
    """

    mistake: Mistake
    on: bool
    reason: str = ""
    absent: str = ""

    @property
    def possible(self) -> bool:
        """Whether it can be switched: off in any case, on where it would change something."""
        return self.on or not self.reason


def choices(problem: Problem, shown: Problem) -> tuple[Choice, ...]:
    """Return every mistake of the lab, in its order.

    Parameters
    ----------
    problem
        With the mistakes that are on.
    shown
        The problem of the pass that is looked at: the same on fewer samples.
    """
    return tuple(choice(mistake, problem, shown) for mistake in MISTAKES.values())


def choice(mistake: Mistake, problem: Problem, shown: Problem) -> Choice:
    """Return what can be said of one mistake."""
    reason, on = mistake.needs(problem), mistake.name in problem.mistakes
    if not reason and not on and problem.mistakes:
        reason = beside(mistake, problem)
    return Choice(mistake, on, reason, "" if reason else mistake.needs(shown))


def beside(mistake: Mistake, problem: Problem) -> str:
    """Return why a mistake cannot be made beside those that the problem makes; empty where it can."""
    found = needless(replace(problem, mistakes=(*problem.mistakes, mistake.name)))
    if found is None:
        return ""
    name, others = found
    if name == mistake.name:
        return f"the pass is the same without it beside {told(others)}"
    return f"{MISTAKES[name].title} would change nothing beside it"


def told(names: tuple[str, ...]) -> str:
    """Return the titles of mistakes in words."""
    return " and ".join(MISTAKES[name].title for name in names)
