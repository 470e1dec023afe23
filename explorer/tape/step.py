"""A tape: the immutable, ordered list of steps of one forward pass, one backward pass and one update."""

from collections.abc import Mapping
from functools import cached_property
from typing import Literal

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.tape.conventions import Conventions

Array = NDArray[np.floating]
Phase = Literal["forward", "backward", "update"]


class Instruction(Struct, frozen=True):
    """What a step computes, without the numbers: the same for every pass through the same network.

    Attributes
    ----------
    id
        The name of what it writes, e.g. "dJ/dz1".
    operation
        A key of ``OPERATIONS``.
    operands
        Names of what it reads, in the order of the formula.
    pattern
        LaTeX of the right-hand side, with ``{0}``, ``{1}``, ... for the operands' symbols, and any name on the
        tape in braces, ``{W2+}``, for its own. Operands that are read transposed carry no mark of it, and the
        factors of a matrix product are {0} and {1}: a notation says which of them it transposes, and their order.
    text
        One plain sentence: what it means.
    inputs
        Names of what the computation reads where that differs from what the formula shows (a loss at p = 0 is
        computed from the logits); empty where it is ``operands``.
    factor
        LaTeX, as in ``pattern``, of how other formulas write what the step wrote (of W^T: the W); empty: as its
        name says.
    instead
        For each operand the ``factor`` that this formula writes instead of its name, or nothing; empty: nothing.
    """

    id: str
    phase: Phase
    operation: str
    operands: tuple[str, ...]
    pattern: str
    text: str
    inputs: tuple[str, ...] = ()
    factor: str = ""
    instead: tuple[str, ...] = ()


class Step(Struct, frozen=True, eq=False):
    """One step of a pass: an instruction with the array it wrote.

    Attributes
    ----------
    value
        Read-only; scalars have shape ().
    latex
        The whole equation in the row notation.
    """

    instruction: Instruction
    value: Array
    latex: str

    @property
    def id(self) -> str:
        """The name of what the step writes."""
        return self.instruction.id

    @property
    def phase(self) -> Phase:
        """The step's part of the pass: forward, backward or update."""
        return self.instruction.phase

    @property
    def operation(self) -> str:
        """The step's entry in the table of operations."""
        return self.instruction.operation

    @property
    def operands(self) -> tuple[str, ...]:
        """Names of what the step reads."""
        return self.instruction.operands

    @property
    def text(self) -> str:
        """One plain sentence: what the step means."""
        return self.instruction.text

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the value."""
        return self.value.shape


class Tape(Struct, frozen=True, eq=False, dict=True):
    """One recorded pass; being made of arrays, it equals only itself.

    Attributes
    ----------
    steps
        In order.
    given
        The arrays that were there before the pass: x, y, W1, b1, ...; read-only.
    activations
        The name of each layer's activation.
    conventions
        What the pass was computed with besides its arrays.
    """

    steps: tuple[Step, ...]
    given: Mapping[str, Array]
    activations: tuple[str, ...]
    conventions: Conventions

    @cached_property
    def _index(self) -> dict[str, int]:
        return {step.id: index for index, step in enumerate(self.steps)}

    def is_like(self, other: "Tape") -> bool:
        """Tell whether another tape differs in its numbers alone: the very same instructions, the same shapes."""
        pairs = zip(self.steps, other.steps, strict=False)
        return other is self or (
            len(self) == len(other)
            and self.activations == other.activations
            and all(a.instruction is b.instruction and a.value.shape == b.value.shape for a, b in pairs)
        )

    def __getitem__(self, step_id: str) -> Step:
        """Return the step of that id.

        Raises
        ------
        KeyError
            If the tape has no such step.
        """
        return self.steps[self._index[step_id]]

    def __contains__(self, step_id: str) -> bool:
        """Tell whether the tape has a step of that id."""
        return step_id in self._index

    def __len__(self) -> int:
        """Return the number of steps."""
        return len(self.steps)

    def index(self, step_id: str) -> int:
        """Return the position of a step.

        Raises
        ------
        KeyError
            If the tape has no such step.
        """
        return self._index[step_id]

    def value(self, name: str) -> Array:
        """Return the array of that name, given or computed.

        Raises
        ------
        KeyError
            If the tape has neither.
        """
        return self.given[name] if name in self.given else self[name].value

    def computed(self, name: str, position: int) -> bool:
        """Tell whether that name has a value once the steps up to and including ``position`` are done."""
        return name in self.given or (name in self._index and self._index[name] <= position)

    @property
    def depth(self) -> int:
        """Number of layers L."""
        return len(self.activations)

    @property
    def samples(self) -> int:
        """Number of samples N in the pass."""
        return len(self.given["x"])

    @property
    def loss(self) -> float:
        """J, before the update."""
        return float(self["J"].value)
