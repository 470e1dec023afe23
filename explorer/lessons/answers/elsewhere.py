"""Right numbers of another place: of another step, of another sample, of the pass before or after."""

from collections.abc import Iterator

import numpy as np
from msgspec.structs import replace

from explorer.engine.errors import ExplorerError
from explorer.engine.problem import Problem
from explorer.lessons.answers.candidate import Candidate
from explorer.lessons.answers.question import Question
from explorer.tape.names import Role, parse
from explorer.tape.record import record, updated
from explorer.tape.step import Tape
from explorer.tape.symbols import is_transposed_weight

MOST_SAMPLES = 16
"""Other samples whose passes are looked at."""
SEARCHED = 5_000_000
"""Numbers in all samples from which on the shown one is not looked for among them."""
LARGE = 300_000
"""Numbers in a problem's parameters and samples from which on no other pass is recorded."""


def other_steps(question: Question) -> Iterator[Candidate]:
    """Yield what the tape has under other names: the nearest steps first, then what was given."""
    tape = question.tape
    here = tape.index(question.name)
    steps = sorted((step.id for step in tape.steps), key=lambda name: abs(tape.index(name) - here))
    for name in (*steps, *tape.given):
        if name != question.name:
            words = f"These are the numbers of {question.spelled(name)}"
            yield Candidate("elsewhere", question.shown(name, tape.value(name)), words, advice_on(question, name))


def advice_on(question: Question, name: str) -> str:
    """Return what is still to be done where the numbers are those of another step; empty where nothing can be said."""
    step, spelled = question.step, question.spelled
    if parse(step.id).role is Role.UPDATED and name in step.operands:
        return "that is before the update" if name == step.operands[0] else ""
    if name not in step.operands:
        return "the update is made already" if name == f"{question.name}+" else ""
    others = [other for other in step.operands if other != name]
    if step.operation == "gate":
        missing = others[0]
        slope = "the slope " if missing.startswith("dh") else ""
        return f"{slope}{spelled(missing)} is still to be multiplied in, elementwise"
    if step.operation == "chain":
        factor = "the transposed weights " if is_transposed_weight(others[0]) else ""
        return f"{factor}{spelled(others[0])} are still to be applied" if factor else ""
    return ""


def other_samples(question: Question) -> Iterator[Candidate]:
    """Yield the step of one sample alone, or of another one."""
    problem, pool = question.problem, question.pool
    if is_large(problem):
        return
    if problem.samples > 1:
        for sample in range(min(problem.samples, MOST_SAMPLES)):
            words = f"This is of sample {sample + 1} of the pass alone: all {problem.samples} are asked for"
            yield from of_pass(question, problem.only(sample), words)
    elif pool is not None and pool.samples > 1 and pool.X.size < SEARCHED:
        for sample in nearest_others(problem, pool):
            words = f"This is of sample {sample + 1}, which is not the one that is shown"
            yield from of_pass(question, pool.only(sample).with_network(problem.network, problem.memory), words)


def nearest_others(problem: Problem, pool: Problem) -> list[int]:
    """Return the places of samples beside the one that is shown."""
    here = np.flatnonzero((pool.X == problem.X).all(axis=1) & (pool.Y == problem.Y).all(axis=1))
    own = int(here[0]) if len(here) else 0
    places = sorted((k for k in range(pool.samples) if k not in here), key=lambda k: abs(k - own))
    return places[:MOST_SAMPLES]


def other_passes(question: Question) -> Iterator[Candidate]:
    """Yield the step of the pass after this update, and of the right pass where this one makes mistakes on purpose."""
    problem = question.problem
    if is_large(problem):
        return
    if problem.mistakes:
        right = replace(problem, mistakes=())
        words = "This is right without the mistake that the pass makes on purpose"
        yield from of_pass(question, right, words)
    words = "This is of the pass after the update: the weights before it are asked for"
    yield from of_pass(question, updated(problem, question.tape), words)


def of_pass(question: Question, problem: Problem, words: str) -> Iterator[Candidate]:
    """Yield the step as another problem's pass has it, if that can be recorded."""
    tape = recorded(problem)
    if tape is not None and question.name in tape:
        yield Candidate("elsewhere", question.shown(question.name, tape[question.name].value), words)


def recorded(problem: Problem) -> Tape | None:
    """Return the pass of a problem; None where its numbers, or its mistakes, leave none."""
    try:
        return record(problem)
    except (ExplorerError, ValueError):
        return None


def is_large(problem: Problem) -> bool:
    """Tell whether another pass would take long to record."""
    return problem.network.theta.size + problem.X.size > LARGE
