"""What a gradient check found: entry by entry, block by block, and as text for people and programs."""

from dataclasses import dataclass

from explorer.tape.finite import departure
from explorer.tape.readable_json import Json, readable

HEADER = (
    "gradient",
    "shape",
    "checked",
    "skipped",
    "worst entry",
    "this tape",
    "central difference",
    "relative error",
    "",
)


@dataclass(frozen=True, slots=True)
class EntryCheck:
    """One entry of a gradient against its central difference.

    Attributes
    ----------
    name, index
        The gradient and the entry, e.g. "dJ/dW1", (0, 2).
    analytic, numeric
        What the tape says, and the central difference.
    relative_error
        abs(numeric - analytic) / max(abs(numeric) + abs(analytic), floor); the floor is chosen so that a
        difference which rounding alone can make passes.
    h
        How far the entry was nudged.
    skipped
        True where a unit changed its side of a kink (ReLU at 0): there is no derivative to compare with.
    passed
        True where the relative error is small, or the entry was skipped.
    """

    name: str
    index: tuple[int, ...]
    analytic: float
    numeric: float
    relative_error: float
    h: float
    skipped: bool
    passed: bool


@dataclass(frozen=True, slots=True)
class BlockCheck:
    """All entries of one gradient.

    Attributes
    ----------
    name, shape
        The gradient, e.g. "dJ/dW1".
    checked, skipped
        How many entries were compared, and how many of those were left out because of a kink.
    worst
        The entry of the largest relative error.
    passed
        True where every entry passed.
    """

    name: str
    shape: tuple[int, ...]
    checked: int
    skipped: int
    worst: EntryCheck
    passed: bool

    @property
    def analytic(self) -> float:
        """The worst entry on the tape."""
        return self.worst.analytic

    @property
    def numeric(self) -> float:
        """The central difference of the worst entry."""
        return self.worst.numeric

    @property
    def relative_error(self) -> float:
        """The relative error of the worst entry."""
        return self.worst.relative_error


@dataclass(frozen=True, slots=True)
class GradientReport:
    """The check of every parameter block and of the input, in the order W1, b1, ..., WL, bL, x.

    Attributes
    ----------
    blocks
        What was found, gradient by gradient.
    h, tolerance
        How far an entry was nudged at most, and the largest relative error that passes.
    not_finite
        The first array of the pass that holds an infinity or a NaN; empty where all numbers are finite.
    """

    blocks: tuple[BlockCheck, ...]
    h: float
    tolerance: float
    not_finite: str = ""

    @property
    def passed(self) -> bool:
        """True where every block passed and all numbers are finite: others have no differences."""
        return not self.not_finite and all(block.passed for block in self.blocks)

    def __getitem__(self, name: str) -> BlockCheck:
        """Return the block of that gradient, e.g. "dJ/dW1".

        Raises
        ------
        KeyError
            If the report has no such block.
        """
        for block in self.blocks:
            if block.name == name:
                return block
        raise KeyError(name)

    @property
    def sentence(self) -> str:
        """The verdict in one sentence, with the worst entry."""
        if self.not_finite:
            where = departure(self.not_finite)
            return f"{where[0].upper()}{where[1:]}: no gradient can be checked, scale the inputs or the weights down."
        worst = max((block.worst for block in self.blocks), key=severity)
        if self.passed:
            error = f"the largest relative error is {worst.relative_error:.1e}"
            return f"Every gradient agrees with its central differences: {error}."
        failed = ", ".join(block.name for block in self.blocks if not block.passed)
        numbers = f"{worst.analytic:.9g} on the tape, {worst.numeric:.9g} as a central difference"
        return f"Not the derivative of the loss: {failed}; entry {place(worst)} of {worst.name} is {numbers}."

    def table(self) -> str:
        """Return the report as lines of text: a block a line, the verdict last."""
        rows = [HEADER, *(table_row(block) for block in self.blocks)]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
        return "\n".join([*(line.rstrip() for line in lines), self.sentence])

    def to_json(self) -> str:
        """Return the report as one JSON object: passed, h, tolerance, not_finite, blocks; indices count from 0."""
        blocks: list[Json] = [block_keys(block) for block in self.blocks]
        verdict: dict[str, Json] = {"passed": self.passed, "h": self.h, "tolerance": self.tolerance}
        return readable({**verdict, "not_finite": self.not_finite or None, "blocks": blocks}).rstrip()


def severity(check: EntryCheck) -> tuple[bool, bool, float]:
    """Return a key that sorts entries: passed before failed, skipped before compared, small errors first."""
    return not check.passed, not check.skipped, check.relative_error


def place(check: EntryCheck) -> str:
    """Return the row and column of an entry, counted from 1 as in a formula."""
    return f"({', '.join(str(k + 1) for k in check.index)})"


def table_row(block: BlockCheck) -> tuple[str, ...]:
    """Return the cells of one block."""
    shape = " × ".join(str(size) for size in block.shape)
    numbers = (f"{block.analytic:.9g}", f"{block.numeric:.9g}", f"{block.relative_error:.1e}")
    verdict = "passed" if block.passed else "FAILED"
    return (block.name, shape, str(block.checked), str(block.skipped), place(block.worst), *numbers, verdict)


def block_keys(block: BlockCheck) -> Json:
    """Return the object of one block."""
    return {
        "name": block.name,
        "shape": list(block.shape),
        "checked": block.checked,
        "skipped": block.skipped,
        "worst_entry": list(block.worst.index),
        "analytic": block.analytic,
        "numeric": block.numeric,
        "relative_error": block.relative_error,
        "passed": block.passed,
    }
