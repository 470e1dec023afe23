"""What a mistake of the lab is: its words, where it can be made, and how it rewrites the plan of a pass."""

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from explorer.engine.problem import Problem
from explorer.tape.step import Instruction

Plan = tuple[Instruction, ...]
Change = Callable[[Instruction, Problem], Instruction]


class Mistake(Struct, frozen=True):
    """A known wrong implementation.

    Attributes
    ----------
    name
        What a problem file calls it.
    title
        What a person reads, in the middle of a sentence.
    sentence
        What is wrong.
    correct
        What is right.
    places
        ``places(instruction, problem)`` tells whether the mistake changes that instruction.
    change
        ``change(instruction, problem)`` gives the wrong instruction.
    needs
        ``needs(problem)`` says what the problem lacks for this mistake to change anything; empty where nothing.
    item
        The statement or erratum of the seeds that it is, if any.
    """

    name: str
    title: str
    sentence: str
    correct: str
    places: Callable[[Instruction, Problem], bool]
    change: Change
    needs: Callable[[Problem], str]
    item: str = ""

    def rewrite(self, instructions: Plan, problem: Problem) -> Plan:
        """Turn the instructions into those of somebody who makes this mistake."""
        return tuple(self.made(i, problem) if self.places(i, problem) else i for i in instructions)

    def made(self, instruction: Instruction, problem: Problem) -> Instruction:
        """Return the wrong instruction, whose text says what is wrong with it, unless that is to be found."""
        text = instruction.text if problem.puzzle else told(instruction.text, self)
        return replace(self.change(instruction, problem), text=text)


def told(text: str, mistake: Mistake) -> str:
    """Return a step's sentence about this mistake, after those that were made there before."""
    before = f"{text[:-1]}; " if text.startswith("Mistake") else "Mistake, "
    return f"{before}{mistake.title}: {mistake.sentence}."


def written_by(*starts: str) -> Callable[[Instruction, Problem], bool]:
    """Choose the instructions whose id starts so."""
    return lambda instruction, _problem: instruction.id.startswith(starts)


def with_sgd(needs: Callable[[Problem], str]) -> Callable[[Problem], str]:
    """Ask for plain gradient descent too: other optimisers remember arrays of the right shapes."""

    def both(problem: Problem) -> str:
        optimizer = problem.update.optimizer
        return needs(problem) or ("" if optimizer == "sgd" else f"it is known for sgd alone, not for {optimizer}")

    return both
