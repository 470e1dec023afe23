"""Tapes: passes recorded step by step, and how they are written and checked. No Qt."""

from explorer.tape.notation import Notation, notation, notations
from explorer.tape.record import record
from explorer.tape.step import Instruction, Phase, Step, Tape

__all__ = ["Instruction", "Notation", "Phase", "Step", "Tape", "notation", "notations", "record"]
