"""What a person may say about a file of samples, where the program's own reading of it is not what is meant."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct, field
from msgspec.structs import asdict, replace

from explorer.engine.errors import ExplorerError

Task = Literal["auto", "classes", "numbers"]
Missing = Literal["refuse", "skip", "fill"]
Fitting = Literal["standardise", "range", "none"]
TEST_SHARE = 0.25
"""Share of the samples that is held out where nothing else is asked for."""
EVERY = "*"
"""Stands for all columns that are proposed as left out."""
TARGETS = ("target", "label", "class", "y", "species", "outcome")
"""Names, in any case, of a column that is taken for the target; where there is none, the last column is."""


class Choices(Struct, frozen=True):
    """How a file is to be read; all may be left to the program.

    Attributes
    ----------
    target
        Name of the column to predict, or its number from 1.
    without
        Names or numbers of columns that are no inputs.
    taken
        Names or numbers of columns that are inputs though they only count or name rows; ``EVERY`` for all such.
    task
        Whether the targets are classes or numbers; "auto" goes by ``target.are_classes``.
    missing
        Whether rows with a missing value are refused, left out, or filled; without a target they are left out.
    labels
        The file of the labels, where that of the images does not tell.
    header
        Whether the first line of a table names its columns.
    separator, decimal
        The character between entries, and the decimal sign.
    arrays
        Names of the inputs and of the targets in a NumPy archive.
    fitting
        What is done to inputs, and to targets that are numbers, by what the training samples hold; None for the usual.
    test_share
        Share of the samples that is held out.
    words
        The words of columns that become an input each, by the column's name; of others, those of the file.
    """

    target: str | None = None
    without: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    task: Task = "auto"
    missing: Missing = "refuse"
    labels: Path | None = None
    header: bool | None = None
    separator: str | None = None
    decimal: str | None = None
    arrays: tuple[str, str] | None = None
    fitting: Fitting | None = None
    test_share: float = TEST_SHARE
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def as_values(self) -> dict[str, object]:
        """Return what was chosen as values that JSON can hold; what is left to the program is left out."""
        usual = Choices()
        told = {name: value for name, value in asdict(self).items() if value != getattr(usual, name)}
        return {name: str(value) if isinstance(value, Path) else value for name, value in told.items()}

    @classmethod
    def from_values(cls, values: Mapping[str, object]) -> "Choices":
        """Return the choices that ``as_values`` told.

        Raises
        ------
        ExplorerError
            If these are none.
        """
        try:
            return msgspec.convert(values, cls, dec_hook=lambda kind, value: kind(value))
        except (msgspec.ValidationError, TypeError) as error:
            raise ExplorerError(f"its choices are damaged ({error}): export the weights again") from error

    @classmethod
    def stored(cls, values: Mapping[str, object]) -> "Choices":
        """Return the choices by which samples were read once: nothing is proposed, their columns come again.

        Raises
        ------
        ExplorerError
            If these are none.
        """
        return replace(cls.from_values(values), taken=(EVERY,))

    def target_of(self, names: Sequence[str]) -> int:
        """Return the index of the target among the columns of these names.

        Raises
        ------
        ExplorerError
            If there is no such column, or more than one.
        """
        if self.target is not None:
            return column_index(self.target, names)
        lower = [name.lower() for name in names]
        return next((lower.index(name) for name in TARGETS if name in lower), len(names) - 1)

    def left_out(self, names: Sequence[str]) -> frozenset[int]:
        """Return the indices of the columns that are no inputs.

        Raises
        ------
        ExplorerError
            If there is no such column, or more than one.
        """
        return frozenset(column_index(wanted, names) for wanted in self.without)

    def taken_in(self, names: Sequence[str]) -> frozenset[int]:
        """Return the indices of the columns that are inputs whatever speaks against it.

        Raises
        ------
        ExplorerError
            If there is no such column, or more than one.
        """
        if EVERY in self.taken:
            return frozenset(range(len(names)))
        return frozenset(column_index(wanted, names) for wanted in self.taken)


def column_index(wanted: str, names: Sequence[str]) -> int:
    """Return the index of the column of that name, in that case or another, or of that number from 1."""
    for same in (names, [name.lower() for name in names]):
        found = [index for index, name in enumerate(same) if name == (wanted if same is names else wanted.lower())]
        if len(found) > 1:
            places = " and ".join(str(index + 1) for index in found)
            raise ExplorerError(f"column {wanted!r} is there more than once ({places}): name it by its number")
        if found:
            return found[0]
    if wanted.isdecimal() and 1 <= int(wanted) <= len(names):
        return int(wanted) - 1
    listed = ", ".join(names[:12]) + (", ..." if len(names) > 12 else "")
    raise ExplorerError(f"there is no column {wanted!r}: use one of {listed}, or a number from 1 to {len(names)}")


def unique_names(given: Sequence[str]) -> tuple[str, ...]:
    """Return names for the columns, no two alike: "column 3" for none, "x (2)" for the second x."""
    names: list[str] = []
    taken = {name for name in given if name}
    seen: set[str] = set()
    for number, name in enumerate(given, start=1):
        wanted, count = name or f"column {number}", 1
        unique = wanted
        while unique in seen or (count > 1 and unique in taken):
            count += 1
            unique = f"{wanted} ({count})"
        seen.add(unique)
        names.append(unique)
    return tuple(names)
