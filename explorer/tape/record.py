"""Recording: run the plan of a problem and keep every array."""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.engine.errors import ExplorerError
from explorer.engine.problem import Problem
from explorer.tape.conventions import conventions_of
from explorer.tape.mistakes.fitting import fitted
from explorer.tape.notation_shelf import notation
from explorer.tape.operations import OPERATIONS
from explorer.tape.plan import plan
from explorer.tape.step import Instruction, Step, Tape
from explorer.tape.updates import memory_after, remembered

Array = NDArray[np.floating]


@lru_cache(maxsize=512)
def row_latex(instruction: Instruction, activations: tuple[str, ...]) -> str:
    """Write a step's equation in the row notation; kept, because training records the same steps 12 times a second."""
    return notation("row").equation(instruction, activations)


def record(problem: Problem, after: int = 0) -> Tape:
    """Record one forward pass, one backward pass and one update, in float64.

    Parameters
    ----------
    problem
        Its network is left as it is.
    after
        Full-batch updates to make first.

    Raises
    ------
    ExplorerError
        If ``after`` is negative, or a mistake leaves shapes with which no further pass can be made.
    """
    if after < 0:
        raise ExplorerError(f"{after} updates: expected 0 or more")
    for _ in range(after):
        problem = updated(problem, record(problem))
    return run(problem, plan(problem))


def run(problem: Problem, instructions: tuple[Instruction, ...]) -> Tape:
    """Carry the instructions out, each on what those before it wrote."""
    given, memory = given_arrays(problem), {name: frozen(array) for name, array in remembered(problem).items()}
    arrays, steps = {**given, **memory}, []
    activations = problem.network.activations
    with np.errstate(over="ignore", invalid="ignore", divide="ignore", under="ignore"):
        for planned in instructions:
            instruction = fitted(planned, arrays, problem) if problem.mistakes else planned
            inputs = tuple(arrays[name] for name in instruction.inputs or instruction.operands)
            value = frozen(OPERATIONS[instruction.operation].compute(inputs, problem))
            arrays[instruction.id] = value
            steps.append(Step(instruction, value, row_latex(instruction, activations)))
    return Tape(tuple(steps), given, activations, conventions_of(problem, memory))


def given_arrays(problem: Problem) -> Mapping[str, Array]:
    """Return read-only float64 copies of x, y and the parameters."""
    arrays = {"x": problem.X, "y": problem.Y, **problem.network.parameters, **problem.strays}
    return {name: frozen(np.array(array, np.float64)) for name, array in arrays.items()}


def frozen(array: Array) -> Array:
    """Return the array, no longer writable."""
    array.flags.writeable = False
    return array


def updated(problem: Problem, tape: Tape) -> Problem:
    """Return the problem with what the tape's update wrote and remembers; what has another shape is a stray."""
    network = problem.network.copy(np.float64)
    strays = {}
    for name, array in network.parameters.items():
        new = tape[f"{name}+"].value
        if new.shape == array.shape:
            array[...] = new
        else:
            strays[name] = new
    return replace(problem, network=network, strays=strays, memory=memory_after(problem, tape))
