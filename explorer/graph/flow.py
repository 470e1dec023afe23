"""Which way the numbers of a step go in the drawing: along which edges, forward, backward, or from both ends. No Qt."""

from enum import Enum

from msgspec import Struct

from explorer.graph.places import home
from explorer.tape.names import Role, parse
from explorer.tape.step import Step, Tape


class Way(Enum):
    """Where numbers come from, as the ends of an edge at which they start: 0 is the left one."""

    FORWARD = (0,)
    BACKWARD = (1,)
    MEETING = (0, 1)


class Flow(Struct, frozen=True):
    """Numbers that go along the edges into ``layer``; one layer further than the last are the lines to the loss."""

    layer: int
    way: Way


def flow_of(tape: Tape, step: Step) -> Flow | None:
    """Return where the numbers of a step go; None where it stays where it is."""
    depth = tape.depth
    kind, layer = home(step.id, depth)
    reads = {home(name, depth) for name in step.operands}
    if kind == "edges":
        outer = parse(step.id).role is Role.GRADIENT and {("units", layer - 1), ("units", layer)} <= reads
        return Flow(layer, Way.MEETING) if outer else None
    if kind == "loss":
        return Flow(depth + 1, Way.FORWARD) if ("units", depth) in reads else None
    if {("edges", layer), ("units", layer - 1)} <= reads:
        return Flow(layer, Way.FORWARD)
    if {("edges", layer + 1), ("units", layer + 1)} <= reads:
        return Flow(layer + 1, Way.BACKWARD)
    return Flow(depth + 1, Way.BACKWARD) if step.id == first_gradient(tape) else None


def first_gradient(tape: Tape) -> str | None:
    """Return the step with which the way back begins."""
    return next((step.id for step in tape.steps if step.phase == "backward"), None)
