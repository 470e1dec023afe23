"""How a tape is written: the symbol of every name, the equation of every step. Notations are data files."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from string import Formatter

from explorer.engine.activations import ACTIVATIONS
from explorer.engine.errors import ExplorerError
from explorer.resources import assets
from explorer.tape.names import Role, parse
from explorer.tape.step import Instruction, Tape


@dataclass(frozen=True)
class Notation:
    """Names of the quantities, as LaTeX.

    Attributes
    ----------
    name, title
        What a command takes, and what a person reads.
    symbols
        LaTeX by letter (x, y, z, h, W, b, p, R, J), with ``{l}`` for the layer number.
    lone
        LaTeX by letter where the network has a single layer of that letter, e.g. h for the one hidden layer.
    """

    name: str
    title: str
    symbols: dict[str, str]
    lone: dict[str, str]

    def quantity(self, letter: str, layer: int, activations: Sequence[str]) -> str:
        """Return the symbol of a plain quantity in a network with those activations, e.g. ``z_1``."""
        alone = layers_with(letter, activations) == 1
        pattern = self.lone.get(letter, self.symbols[letter]) if alone else self.symbols[letter]
        return pattern.replace("{l}", str(layer) if layer < 10 else f"{{{layer}}}")

    def symbol(self, name: str, activations: Sequence[str], *, inline: bool = False) -> str:
        r"""Return the LaTeX of any name on a tape with those activations, e.g. ``\frac{\partial J}{\partial z_1}``.

        ``inline`` writes derivatives on one line, for lists.
        """
        parsed = parse(name)
        plain = self.quantity(parsed.symbol, parsed.layer, activations)
        if parsed.role is Role.UPDATED:
            return f"{plain}^{{+}}"
        if parsed.role is Role.VALUE:
            return plain
        over = parse(parsed.over)
        top = rf"\partial {self.quantity(over.symbol, over.layer, activations)}"
        return rf"{top}/\partial {plain}" if inline else rf"\frac{{{top}}}{{\partial {plain}}}"

    def factor(self, name: str, activations: Sequence[str], *, inline: bool = False) -> str:
        r"""Return a name as formulas have it: a factor by what it is, ``W_2^\top`` or ``\sigma'(z_1)``."""
        parsed = parse(name)
        if parsed.role is not Role.FACTOR:
            return self.symbol(name, activations, inline=inline)
        over = parse(parsed.over)
        if over.symbol == "z" and parsed.symbol in "xh":
            return rf"{self.quantity('W', over.layer, activations)}^\top"
        if over.symbol != "h":
            return self.symbol(name, activations, inline=inline)
        function = ACTIVATIONS[activations[parsed.layer - 1]].symbol.format()
        return rf"{function}'({self.quantity('z', parsed.layer, activations)})"

    def factor_on(self, tape: Tape, name: str, *, inline: bool = False) -> str:
        """Return a name as the formulas of that tape have it, which a mistake may write otherwise."""
        written = tape[name].instruction.factor if name in tape else ""
        if written:
            return self.filled(written, (), tape.activations, inline=inline)
        return self.factor(name, tape.activations, inline=inline)

    def filled(self, pattern: str, operands: Sequence[str], activations: Sequence[str], *, inline: bool = False) -> str:
        """Return a pattern with its operands written as factors, and any other name in it by its symbol."""
        symbols = [self.factor(name, activations, inline=inline) for name in operands]
        named = {name: self.symbol(name, activations, inline=inline) for name in names_in(pattern)}
        return pattern.format(*symbols, **named)

    def right_side(self, step: Instruction, activations: Sequence[str], *, inline: bool = False) -> str:
        """Return what stands right of the equals sign."""
        body = self.filled(step.pattern, step.operands, activations, inline=inline)
        if step.factor:
            factor = self.filled(step.factor, (), activations, inline=inline)
        elif step.operation.endswith("_slope"):
            factor = self.factor(step.id, activations)
        else:
            return body
        return factor if inline else f"{factor} = {body}"

    def equation(self, step: Instruction, activations: Sequence[str], *, inline: bool = False) -> str:
        """Return the whole equation of a step in a network with those activations."""
        left = self.symbol(step.id, activations, inline=inline)
        return f"{left} = {self.right_side(step, activations, inline=inline)}"


@cache
def names_in(pattern: str) -> tuple[str, ...]:
    """Return the names on the tape that stand in the braces of a pattern: W2+ of ``{W2+}``, and not its operands."""
    fields = (field for _, field, _, _ in Formatter().parse(pattern) if field)
    return tuple(field for field in fields if not field.isdecimal())


def layers_with(letter: str, activations: Sequence[str]) -> int:
    """Return how many layers have a quantity of that letter; h stands on the last one only where it is no identity."""
    if letter == "h":
        return len(activations) - (activations[-1] == "identity")
    return len(activations)


@cache
def notations() -> dict[str, Notation]:
    """Return every notation among the assets, by name."""
    found: dict[str, Notation] = {}
    for path in sorted((assets() / "notations").glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        found[path.stem] = Notation(path.stem, data["title"], data["symbols"], data.get("lone", {}))
    return found


def notation(name: str = "row") -> Notation:
    """Return the notation of that name.

    Raises
    ------
    ExplorerError
        If there is none.
    """
    if name not in notations():
        raise ExplorerError(f"notation {name!r} is unknown: use one of {', '.join(notations())}")
    return notations()[name]
