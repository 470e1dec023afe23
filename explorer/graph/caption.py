"""What the edges show, in words: "edges: left W₁ (value), right ∂J/∂W₂ (gradient)"."""

from itertools import groupby

from explorer.graph.places import is_transposed
from explorer.tape.names import Role, parse

KINDS = {Role.VALUE: "value", Role.GRADIENT: "gradient", Role.UPDATED: "after the update", Role.FACTOR: "value"}
Named = tuple[str, str]


def kind_of(name: str) -> str:
    """Return what an array of edges is."""
    return "value, transposed" if is_transposed(name) else KINDS[parse(name).role]


def caption(edges: list[Named]) -> str:
    """Return the caption for the arrays (name, symbol) at the edges, from layer 1 up."""
    runs = [list(run) for _, run in groupby(edges, key=lambda edge: kind_of(edge[0]))]
    parts = [f"{span(run)} ({kind_of(run[0][0])})" for run in runs]
    if len(edges) == 2 and len(runs) == 2:
        parts = [f"left {parts[0]}", f"right {parts[1]}"]
    return "edges: " + ", ".join(parts)


def span(run: list[Named]) -> str:
    """Return the symbols of neighbouring layers: both, or the first and the last of many."""
    symbols = [symbol.removesuffix("ᵀ") if is_transposed(name) else symbol for name, symbol in run]
    return ", ".join(symbols) if len(symbols) < 3 else f"{symbols[0]} … {symbols[-1]}"
