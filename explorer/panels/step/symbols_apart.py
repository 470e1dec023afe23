"""A formula with its symbols as parts of their own, so that each can be pointed at and lit. No Qt."""

from collections.abc import Sequence

from explorer.graph.typeset import marked
from explorer.tape.names import parse
from explorer.tape.notation import Notation
from explorer.tape.step import Tape
from explorer.tape.symbols import is_transposed_weight


def apart(latex: str, names: Sequence[str], script: Notation, tape: Tape) -> str:
    """Return a formula in which the symbols of the k-th name are part k + 1 of what is typeset."""
    writings: dict[str, int] = {}
    for part, name in enumerate(names, start=1):
        own = part == 1 and is_transposed_weight(name)  # its right side names the weights, which it reads
        for writing in symbols_of(name, script, tape) if own else writings_of(name, script, tape):
            writings.setdefault(writing, part)
            writings.setdefault(script.power(writing, r"\top"), part)
    return with_parts(latex, writings)


def writings_of(name: str, script: Notation, tape: Tape) -> tuple[str, ...]:
    """Return how a formula may write a name: as a factor, by its symbol, the transpose of a weight by the weight."""
    written = script.factor_on(tape, name), *symbols_of(name, script, tape)
    if not is_transposed_weight(name):
        return written
    return *written, script.quantity("W", parse(parse(name).over).layer, tape.activations)


def symbols_of(name: str, script: Notation, tape: Tape) -> tuple[str, str]:
    """Return the symbol of a name, as it stands by itself and within a line."""
    return script.symbol(name, tape.activations), script.symbol(name, tape.activations, inline=True)


def with_parts(latex: str, writings: dict[str, int]) -> str:
    """Return LaTeX with every writing in it marked as its part, the longest that fits first."""
    longest = sorted(writings, key=len, reverse=True)
    pieces, at = [], 0
    while at < len(latex):
        found = next((writing for writing in longest if stands(latex, at, writing)), "")
        pieces.append(marked(found, writings[found]) if found else latex[at])
        at += len(found) or 1
    return "".join(pieces)


def stands(latex: str, at: int, writing: str) -> bool:
    """Tell whether a writing stands there by itself, and not within a longer word or command."""
    if not latex.startswith(writing, at):
        return False
    before, after = latex[at - 1 : at], latex[at + len(writing) : at + len(writing) + 1]
    within = writing[0].isalpha() and (before.isalpha() or before == "\\")
    return not within and not (writing[-1].isalnum() and after.isalnum())
