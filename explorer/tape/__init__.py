"""Tapes: passes recorded step by step, and how they are written and checked. No Qt."""

from explorer.tape.jacobians import Jacobian, JacobianChain, LongWay, jacobian, jacobian_chain, long_way
from explorer.tape.notation import Notation
from explorer.tape.notation_shelf import notation, notations
from explorer.tape.record import record
from explorer.tape.step import Instruction, Phase, Step, Tape

__all__ = [
    "Instruction",
    "Jacobian",
    "JacobianChain",
    "LongWay",
    "Notation",
    "Phase",
    "Step",
    "Tape",
    "jacobian",
    "jacobian_chain",
    "long_way",
    "notation",
    "notations",
    "record",
]
