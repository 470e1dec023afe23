"""Which mistakes of the lab a problem may name: those that are known, once each, and that change its pass.

A mistake may be without effect on the problem, or beside another that overrules it: a slope taken at the wrong place
does not matter where no slope is multiplied in. What the steps of the pass read tells, whatever the numbers are.
"""

import numpy as np
from msgspec.structs import replace

from explorer.engine.errors import ExplorerError
from explorer.engine.problem import Problem
from explorer.tape.mistakes.table import known
from explorer.tape.names import Role, parse
from explorer.tape.record import record

Deed = tuple[str, str, tuple[str, ...]]
"""What a step computes, without its words: id, operation and what it reads; of what is only handed on, its source."""


def check_mistakes(problem: Problem) -> None:
    """Refuse a mistake that is unknown, named twice, or without effect on the problem.

    Raises
    ------
    ExplorerError
        In one sentence that names it and says why.
    """
    names = problem.mistakes
    for place, name in enumerate(names):
        reason = known(name).needs(problem)
        if reason:
            raise ExplorerError(f"mistakes[{place}] is {name!r}, which would change nothing: {reason}")
        if name in names[:place]:
            raise ExplorerError(f"mistakes[{place}] is {name!r} once more: name each mistake once")
    found = needless(problem)
    if found is not None:
        name, others = found
        reason = f"the pass is the same without it beside {' and '.join(others)}"
        raise ExplorerError(f"mistakes[{names.index(name)}] is {name!r}, which would change nothing: {reason}")


def needless(problem: Problem) -> tuple[str, tuple[str, ...]] | None:
    """Return the first mistake of several without which the pass is the same, and the others; None where none is.

    Two samples tell as much as all of them, and what updates before have left does not count.
    """
    names, few = problem.mistakes, problem.only_these(np.arange(min(problem.samples, 2)))
    few = replace(few, strays={})
    for name in names if len(names) > 1 else ():
        others = tuple(other for other in names if other != name)
        if deeds(few, others) == deeds(few, names):
            return name, others
    return None


def deeds(problem: Problem, mistakes: tuple[str, ...]) -> list[Deed]:
    """Return what a pass with those mistakes computes, last first; a factor that nothing goes through is left out.

    The pass is recorded, for what NumPy makes of a mistake may hang on shapes.
    """
    steps = record(replace(problem, mistakes=mistakes)).steps
    kept: dict[str, str] = {}
    for step in steps:
        if step.operation == "keep":
            kept[step.id] = kept.get(step.operands[0], step.operands[0])
    found: list[Deed] = []
    read: set[str] = set()
    for step in reversed(steps):
        if parse(step.id).role is not Role.FACTOR or step.id in read:
            inputs = tuple(kept.get(name, name) for name in step.instruction.inputs or step.operands)
            found.append((step.id, step.operation, inputs))
            read.update(inputs)
    return found
