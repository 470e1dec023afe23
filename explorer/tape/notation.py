"""How a tape is written: the symbol of every name, the equation of every step. Notations are data files."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from explorer.engine.activations import ACTIVATIONS
from explorer.tape.latex_text import as_text, numbered, raised
from explorer.tape.names import Role, parse
from explorer.tape.orientation import (
    Array,
    Layout,
    Vectors,
    is_flipped,
    is_reversed,
    is_turned,
    needs_flip,
    written,
    written_index,
    written_shape,
)
from explorer.tape.patterns import entry_indices, names_in
from explorer.tape.step import Instruction, Tape
from explorer.tape.symbols import cell_text, is_transposed_weight, place


class Notation(Struct, frozen=True, eq=False):
    """Names of the quantities, as LaTeX, and which way round arrays are written; each is made once and equals itself.

    Attributes
    ----------
    name, title, short, about
        What a command takes, what a person picks, a word for a small place, and a sentence.
    symbols
        LaTeX by letter (x, y, z, h, W, b, p, R, J), with ``{l}`` for the layer number.
    lone
        LaTeX by letter where the network has a single layer of that letter, e.g. h for the one hidden layer.
    names
        LaTeX by name, e.g. V for W2, by the number of layers for which that holds.
    gradients
        LaTeX of dJ/dq by the letter of q where it has a name of its own, e.g. a delta; else it is a fraction.
    powers
        Where an exponent goes: "after" the symbol, in parentheses if it has one already, or "inside" the one it has.
    vectors
        Whether a sample is written as a row (z = x W + b) or as a column (z = W x + b).
    layout
        Whether the derivative of the loss has the shape of what it is taken by, or the transposed shape.
    """

    name: str
    title: str
    short: str
    about: str
    symbols: Mapping[str, str]
    lone: Mapping[str, str]
    names: Mapping[int, Mapping[str, str]]
    gradients: Mapping[str, str]
    powers: str = "after"
    vectors: Vectors = "row"
    layout: Layout = "denominator"

    # Names

    def quantity(self, letter: str, layer: int, activations: Sequence[str]) -> str:
        """Return the symbol of a plain quantity in a network with those activations, e.g. ``z_1``."""
        named = self.names.get(len(activations), {}).get(f"{letter}{layer or ''}")
        alone = layers_with(letter, activations) == 1
        usual = self.lone.get(letter, self.symbols[letter]) if alone else self.symbols[letter]
        return numbered(named or usual, layer)

    def symbol(self, name: str, activations: Sequence[str], *, inline: bool = False) -> str:
        r"""Return the LaTeX of any name on a tape with those activations, e.g. ``\frac{\partial J}{\partial z_1}``.

        ``inline`` writes derivatives on one line, for lists.
        """
        return symbol_in(self, name, tuple(activations), inline=inline)

    def derivative(self, name: str, activations: Sequence[str], *, inline: bool = False) -> str:
        """Return dq/dr as a fraction, whatever else it may be called."""
        parsed = parse(name)
        over = parse(parsed.over)
        top = rf"\partial {self.quantity(over.symbol, over.layer, activations)}"
        below = rf"\partial {self.quantity(parsed.symbol, parsed.layer, activations)}"
        return f"{top}/{below}" if inline else rf"\frac{{{top}}}{{{below}}}"

    def power(self, latex: str, exponent: str) -> str:
        """Return a symbol with an exponent, whatever exponent it has."""
        return raised(latex, exponent, inside=self.powers == "inside")

    def factor(self, name: str, activations: Sequence[str], *, inline: bool = False, instead: str = "") -> str:
        r"""Return a name as formulas have it: a factor by what it is, ``W_2^\top`` or ``\sigma'(z_1)``.

        ``instead`` is what a mistake writes in its place: a pattern of names, of the weights themselves for W^T.
        """
        return self._oriented(name, activations, turned=False, inline=inline, instead=instead)

    def _oriented(self, name: str, activations: Sequence[str], *, turned: bool, inline: bool, instead: str) -> str:
        """Return a name as formulas have it, its transpose where ``turned``."""
        return oriented_in(self, name, tuple(activations), turned=turned, inline=inline, instead=instead)

    def stem(self, name: str, activations: Sequence[str], *, inline: bool) -> str:
        """Return a factor as what it is, the weights (not transposed) or a slope; else its symbol."""
        parsed = parse(name)
        if is_transposed_weight(name):
            return self.quantity("W", parse(parsed.over).layer, activations)
        if parsed.role is Role.FACTOR and parsed.over.startswith("h"):
            function = ACTIVATIONS[activations[parsed.layer - 1]].symbol.format()
            return rf"{function}'({self.quantity('z', parsed.layer, activations)})"
        return self.symbol(name, activations, inline=inline)

    def factor_on(self, tape: Tape, name: str, *, inline: bool = False, flipped: bool | None = None) -> str:
        """Return a name as the formulas of that tape have it, which a mistake may write otherwise.

        ``flipped`` says whether the transpose of what the tape holds is meant; left out: what the name stands for.
        """
        instead = tape[name].instruction.factor if name in tape else ""
        turned = flipped is not None and flipped is not self.flips(name)
        return self._oriented(name, tape.activations, turned=turned, inline=inline, instead=instead)

    # Formulas

    def filled(
        self, pattern: str, activations: Sequence[str], symbols: Sequence[str] = (), *, inline: bool = False
    ) -> str:
        """Return a pattern with the symbols of its operands in it, and any name by its symbol."""
        named = {name: self.symbol(name, activations, inline=inline) for name in names_in(pattern)}
        turned = {f"t{k}": self.power(symbol, r"\top") for k, symbol in enumerate(symbols)}
        return pattern.format(*symbols, **named, **turned, **entry_indices(self.vectors))

    def operand(self, step: Instruction, place: int, activations: Sequence[str], *, inline: bool = False) -> str:
        """Return an operand as the formula of the step has it: transposed where it must be."""
        name = step.operands[place]
        instead = step.instead[place] if step.instead else ""
        turned = is_turned(self.vectors, self.layout, step, place)
        return self._oriented(name, activations, turned=turned, inline=inline, instead=instead)

    def right_side(self, step: Instruction, activations: Sequence[str], *, inline: bool = False) -> str:
        """Return what stands right of the equals sign."""
        symbols = [self.operand(step, place, activations, inline=inline) for place in range(len(step.operands))]
        if self.reverses(step):
            symbols[:2] = symbols[1::-1]
        body = self.filled(step.pattern, activations, symbols, inline=inline)
        if not (step.factor or step.operation.endswith("_slope")):
            return body
        factor = self.factor(step.id, activations, inline=inline, instead=step.factor)
        return factor if inline else f"{factor} = {body}"

    def equation(self, step: Instruction, activations: Sequence[str], *, inline: bool = False) -> str:
        """Return the whole equation of a step in a network with those activations."""
        return equation_in(self, step, tuple(activations), inline=inline)

    def reverses(self, step: Instruction) -> bool:
        """Tell whether the two factors of the step's matrix product change places."""
        return is_reversed(self.vectors, self.layout, step)

    def needs_flip(self, step: Instruction, place: int) -> bool:
        """Tell whether the step's formula has the transpose of what the tape holds of an operand."""
        return needs_flip(self.vectors, self.layout, step, place)

    # Numbers

    def flips(self, name: str) -> bool:
        """Tell whether an array is written as the transpose of what the tape holds."""
        return is_flipped(self.vectors, self.layout, name)

    def array(self, name: str, value: Array) -> Array:
        """Return an array as it is written, (rows, columns); a number stays one."""
        return written(value, flipped=self.flips(name)) if value.ndim else value

    def shape(self, name: str, shape: tuple[int, ...], *, flipped: bool | None = None) -> tuple[int, ...]:
        """Return a shape as it is written, or as ``flipped`` says; beside columns, a row is 1 by its width."""
        flipped = self.flips(name) if flipped is None else flipped
        return written_shape(shape, flipped=flipped, whole=self.vectors == "column")

    def place(self, name: str, index: tuple[int, ...]) -> str:
        """Return an index as it is written, counted from 1, e.g. [1, 2]."""
        return place(written_index(index, flipped=self.flips(name)))

    def text(self, name: str, activations: Sequence[str]) -> str:
        """Return a name as plain text, e.g. ∂J/∂W₂."""
        return text_in(self, name, tuple(activations))

    def cell_text(self, name: str, index: tuple[int, ...], value: float | None, activations: Sequence[str]) -> str:
        """Return a cell with its exact value, e.g. W₁[3, 12] = −0.034."""
        return cell_text(name, written_index(index, flipped=self.flips(name)), value, self.text(name, activations))

    def remark(self, name: str) -> str:
        """Return what must be said where an array is written in another layout than the usual; mostly nothing."""
        if self.layout == "denominator" or parse(name).role is not Role.GRADIENT:
            return ""
        return "Numerator layout: a gradient has the transposed shape of what it is taken by."

    def sentence(self, text: str, activations: Sequence[str]) -> str:
        """Return a sentence with the names in it written as this notation has them."""
        return NAME.sub(lambda found: self._spoken(found[0], activations), text)

    def _spoken(self, word: str, activations: Sequence[str]) -> str:
        name = word.replace("∂", "d")
        known = parse(name).layer <= len(activations)
        return self.text(name, activations) if known else word


NAME = re.compile(r"\b(?:W|b|z|h)\d+\b|[∂d](?:J|[zh]\d+)/[∂d](?:x\b|[Wbzh]\d+\b)")
"""A name of the tape in a sentence."""


@lru_cache(maxsize=4096)
def symbol_in(notation: Notation, name: str, activations: tuple[str, ...], *, inline: bool) -> str:
    """Write a name; kept, because each step that is shown asks for some hundred, mostly the same."""
    parsed = parse(name)
    plain = notation.quantity(parsed.symbol, parsed.layer, activations)
    if parsed.role is Role.UPDATED:
        return notation.power(plain, "+")
    if parsed.role is Role.VALUE:
        return plain
    if parsed.role is Role.GRADIENT and parsed.symbol in notation.gradients:
        return numbered(notation.gradients[parsed.symbol], parsed.layer)
    return notation.derivative(name, activations, inline=inline)


@lru_cache(maxsize=4096)
def oriented_in(
    notation: Notation, name: str, activations: tuple[str, ...], *, turned: bool, inline: bool, instead: str
) -> str:
    """Write a name as formulas have it; kept as well."""
    latex = notation.filled(instead, activations, inline=inline) if instead else ""
    latex = latex or notation.stem(name, activations, inline=inline)
    own = is_transposed_weight(name) and notation.layout == "denominator"
    return notation.power(latex, r"\top") if own is not turned else latex


@lru_cache(maxsize=4096)
def text_in(notation: Notation, name: str, activations: tuple[str, ...]) -> str:
    """Write a name as plain text; kept as well."""
    return as_text(notation.symbol(name, activations, inline=True))


@lru_cache(maxsize=4096)
def equation_in(notation: Notation, step: Instruction, activations: tuple[str, ...], *, inline: bool) -> str:
    """Write a step's equation; kept, because training records the same steps 12 times a second."""
    left = notation.symbol(step.id, activations, inline=inline)
    return f"{left} = {notation.right_side(step, activations, inline=inline)}"


def layers_with(letter: str, activations: Sequence[str]) -> int:
    """Return how many layers have a quantity of that letter; h stands on the last one only where it is no identity."""
    if letter == "h":
        return len(activations) - (activations[-1] == "identity")
    return len(activations)
