"""The mistakes of the lab as explanations: what each would have made of the step."""

from collections.abc import Iterator
from itertools import combinations

from msgspec.structs import replace

from explorer.engine.errors import ExplorerError
from explorer.engine.problem import Problem
from explorer.lessons.answers.candidate import Candidate
from explorer.lessons.answers.elsewhere import is_large, recorded
from explorer.lessons.answers.question import Question
from explorer.tape.checked_mistakes import check_mistakes
from explorer.tape.mistakes import MISTAKES, Mistake
from explorer.tape.mistakes.chain_mistakes import ungated
from explorer.tape.plan import plan
from explorer.tape.record import run
from explorer.tape.step import Tape

MOST_OF_PAIRS = 2_000
"""Parameters times samples up to which the passes with any two mistakes are recorded, about a hundred."""

FAMILIAR = {"missing_mean", "missing_sigma_prime", "forgotten_relu_mask"}
"""What everybody forgets once."""


def known_mistakes(question: Question) -> Iterator[Candidate]:
    """Yield the step of a pass with each mistake that the problem can make and does not make yet."""
    if is_large(question.problem):
        return
    for mistake in MISTAKES.values():
        tape = mistaken_tape(question.problem, mistake)
        if tape is not None and question.name in tape:
            value = question.shown(question.name, tape[question.name].value)
            familiar = mistake.name in FAMILIAR
            yield Candidate("mistake", value, words_of(mistake), mistake.correct, mistake.name, familiar=familiar)


def two_mistakes(question: Question) -> Iterator[Candidate]:
    """Yield the step of a pass with two mistakes more, where recording them all takes no time to speak of."""
    problem = question.problem
    if problem.network.theta.size * problem.samples > MOST_OF_PAIRS:
        return
    possible = [m for m in MISTAKES.values() if m.name not in problem.mistakes and not m.needs(problem)]
    for one, other in combinations(possible, 2):
        tape = recorded(replace(problem, mistakes=(*problem.mistakes, one.name, other.name)))
        if tape is not None and question.name in tape:
            words = f"That is what “{one.title}” and “{other.title}” give together"
            yield Candidate("mistake", question.shown(question.name, tape[question.name].value), words)


def one_slope(question: Question) -> Iterator[Candidate]:
    """Yield the step of a right pass but for the slope of one layer, where there are several."""
    problem = question.problem
    if is_large(problem) or problem.mistakes:
        return
    instructions = plan(problem)
    gates = [i for i in instructions if i.operation == "gate"]
    for gate in gates if len(gates) > 1 else ():
        tape = run(problem, tuple(ungated(i, problem) if i is gate else i for i in instructions))
        words = f"The slope {question.spelled(gate.operands[1])} is left out, and no other"
        value = question.shown(question.name, tape[question.name].value)
        yield Candidate("slip", value, words, "multiply by it, elementwise", familiar=True)


def mistaken_tape(problem: Problem, mistake: Mistake) -> Tape | None:
    """Return the pass with one mistake more; None where it would change nothing, or leaves no pass."""
    wrong = replace(problem, mistakes=(*problem.mistakes, mistake.name))
    try:
        check_mistakes(wrong)
    except ExplorerError:
        return None
    return recorded(wrong)


def words_of(mistake: Mistake) -> str:
    """Return what somebody is told who may have made it."""
    item = f" ({mistake.item})" if mistake.item else ""
    return f"That is what “{mistake.title}”{item} gives: {mistake.sentence}"
