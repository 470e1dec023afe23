"""The settings that a person types: how each is read, written, and moved by a key. No Qt."""

import re
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from explorer.engine.errors import ExplorerError
from explorer.tape.numbers import MINUS

Fits = Callable[[str], bool]
RATE_STEPS = (1.0, 2.0, 5.0)
LEAST_PENALTY = 1e-5


class SettingKind(Struct, frozen=True):
    """One setting.

    Attributes
    ----------
    name
        The field of ``Settings``.
    label, tip
        One or two words to stand before it, and one sentence.
    read
        Text to value; raises an ``ExplorerError``.
    write
        Value to text.
    move
        ``move(value, up)`` gives the next sensible value.
    shorten
        What to show of a text that does not fit.
    live
        True where a run goes on with another value.
    empty
        What stands, in a muted ink, where the value is none.
    """

    name: str
    label: str
    tip: str
    read: Callable[[str], Any]
    write: Callable[[Any], str]
    move: Callable[[Any, bool], Any]
    shorten: Callable[[str, Fits], str]
    live: bool = False
    empty: str = ""


def read_layers(text: str) -> tuple[int, ...]:
    """Read "16, 16": the units of each hidden layer; nothing means none."""
    parts = [part for part in re.split(r"[\s,;]+", text) if part]
    if not all(part.isdecimal() for part in parts):
        raise ExplorerError(f"hidden layers {text.strip()!r}: expected whole numbers, for example 32 or 16, 16")
    return tuple(int(part) for part in parts)


def write_layers(layers: tuple[int, ...]) -> str:
    """Write (16, 16) as "16, 16"."""
    return ", ".join(str(units) for units in layers)


def move_layers(layers: tuple[int, ...], up: bool) -> tuple[int, ...]:
    """Double or halve the units of every layer."""
    return tuple(2 * units if up else max(units // 2, 1) for units in layers)


def number_of(what: str) -> Callable[[str], float]:
    """Return a reader of numbers that names what it reads when it refuses."""

    def read(text: str) -> float:
        try:
            return float(text.strip().replace(MINUS, "-").replace(",", "."))
        except ValueError:
            raise ExplorerError(f"{what} {text.strip()!r}: expected a number, for example 0.1") from None

    return read


read_number = number_of("learning rate")


def write_number(value: float) -> str:
    """Write the shortest form that reads back to the same number."""
    forms = (f"{value:g}", repr(value))
    return min((form for form in forms if float(form) == value), key=len)


def shorten_number(text: str, fits: Fits) -> str:
    """Return ≈0.1235 for 0.123456789: as many digits as fit, and a sign that there are more."""
    value = read_number(text)
    forms = (f"≈{value:.{digits}g}" for digits in range(16, 0, -1))
    return next((form for form in forms if fits(form)), "…")


def shorten_text(text: str, fits: Fits) -> str:
    """Return "4096, 40…" for a longer text: as much of its beginning as fits, and a sign that there is more."""
    forms = (f"{text[:length]}…" for length in range(len(text) - 1, 0, -1))
    return next((form for form in forms if fits(form)), "…")


def move_rate(rate: float, up: bool) -> float:
    """Return the next of ..., 0.1, 0.2, 0.5, 1, 2, 5, ..."""
    powers = [float(f"1e{power}") for power in range(-12, 7)]
    ladder = [float(f"{step * power:g}") for power in powers for step in RATE_STEPS]
    if up:
        return next((rung for rung in ladder if rung > rate), rate)
    return next((rung for rung in reversed(ladder) if rung < rate), rate)


def whole_number_of(what: str) -> Callable[[str], int]:
    """Return a reader of whole numbers that names what it reads when it refuses."""

    def read(text: str) -> int:
        plain = text.strip().replace(",", "").replace(MINUS, "-")
        if not plain.removeprefix("-").isdecimal():
            raise ExplorerError(f"{what} {text.strip()!r}: expected a whole number")
        return int(plain)

    return read


def move_batch(size: int, up: bool) -> int:
    """Return the next power of two."""
    return 1 << size.bit_length() if up else max(1 << (size - 1).bit_length() - 1, 1) if size > 1 else 1


def read_count(text: str) -> int | None:
    """Read a number of epochs; nothing means none."""
    return whole_number_of("epochs")(text) if text.strip() else None


def write_count(count: int | None) -> str:
    """Write a number of epochs, or nothing."""
    return "" if count is None else str(count)


def move_count(count: int | None, up: bool) -> int | None:
    """Return the next of none, 1, 2, 5, 10, 20, 50, ..."""
    ladder = [step * 10**power for power in range(6) for step in (1, 2, 5)]
    if up:
        return next((rung for rung in ladder if rung > (count or 0)), count)
    return next((rung for rung in reversed(ladder) if rung < (count or 0)), None)


def move_seed(seed: int, up: bool) -> int:
    """Return the next whole number, not below 0."""
    return seed + 1 if up else max(seed - 1, 0)


def read_penalty(text: str) -> float:
    """Read a penalty; nothing means none."""
    return number_of("L2 penalty")(text) if text.strip() else 0.0


def move_penalty(penalty: float, up: bool) -> float:
    """Return the next of 0, 0.00001, 0.00002, 0.00005, 0.0001, ..."""
    if not up and penalty <= LEAST_PENALTY:
        return 0.0
    return max(move_rate(penalty, up), LEAST_PENALTY)


HIDDEN = SettingKind(
    "hidden",
    "hidden",
    "Units of each hidden layer: 32, or 16, 16, or nothing.",
    read_layers,
    write_layers,
    move_layers,
    shorten_text,
)
RATE = SettingKind(
    "learning_rate",
    "rate",
    "Learning rate: takes effect at once.",
    read_number,
    write_number,
    move_rate,
    shorten_number,
    live=True,
)
BATCH = SettingKind(
    "batch_size", "batch", "Samples a minibatch.", whole_number_of("batch size"), str, move_batch, shorten_text
)
SEED = SettingKind(
    "seed",
    "seed",
    "Seed of the weights and of the order of samples.",
    whole_number_of("seed"),
    str,
    move_seed,
    shorten_text,
)
EPOCHS = SettingKind(
    "epochs",
    "epochs",
    "Epochs until training stops by itself, from the beginning of the run; Start then goes on for as many more. A run "
    "that is past them stops at their next multiple: the line below the buttons says when. Empty: until it is paused.",
    read_count,
    write_count,
    move_count,
    shorten_text,
    live=True,
    empty="∞",
)
PATIENCE = SettingKind(
    "patience",
    "patience",
    "Early stopping: epochs without a better loss on the held-out samples until training stops and goes back to the "
    "best weights. What is chosen so, as by a comparison, was chosen by the held-out samples: its number on them is a "
    "little optimistic. Empty: off. A data set has held-out samples, a problem file has none.",
    read_count,
    write_count,
    move_count,
    shorten_text,
    live=True,
    empty="off",
)
L2 = SettingKind(
    "l2",
    "L2",
    "L2 penalty λ: the loss gets λ/2 times the sum of the squared weights (λ times it where a problem file says so) "
    "more, which the pass shows as R; biases are left alone. 0: none.",
    read_penalty,
    write_number,
    move_penalty,
    shorten_number,
)
NEW_RUN = "A change begins a new run."
"""Added to the tip of every setting that is not live."""
