"""The tape as JSON, for programs: every number at full precision."""

from explorer.tape.conventions import keys_of, memory_keys
from explorer.tape.notation import Notation
from explorer.tape.readable_json import Json, readable
from explorer.tape.step import Step, Tape

FORMAT = "backprop-explorer/tape"
VERSION = 1


def to_json(tape: Tape, notation: Notation, _title: str) -> str:
    """Return the tape as JSON; every number reads back to the same float64.

    Samples are rows in every notation, which decides the formulas alone: programs read the arrays that they know.
    JSON has no number for NaN and infinities: they stand as the strings "NaN", "Infinity" and "-Infinity".
    """
    steps: list[Json] = [step_keys(step, tape, notation) for step in tape.steps]
    given: dict[str, Json] = {name: array.tolist() for name, array in tape.given.items()}
    known = tape.conventions
    conventions: dict[str, Json] = {"activations": list(tape.activations), **keys_of(known)}
    before: dict[str, Json] = {"given": given, "conventions": conventions, "memory": memory_keys(known)}
    return readable({"format": FORMAT, "version": VERSION, "loss": tape.loss, **before, "steps": steps})


def step_keys(step: Step, tape: Tape, notation: Notation) -> Json:
    """Return the object of one step."""
    value: Json = step.value.tolist()
    return {
        "id": step.id,
        "phase": step.phase,
        "operation": step.operation,
        "operands": list(step.operands),
        "shape": list(step.shape),
        "value": value,
        "latex": notation.equation(step.instruction, tape.activations),
        "text": step.text,
    }
