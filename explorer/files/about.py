"""What a weights file says beside its numbers: enough to use them again, and to know them again."""

import json
import math
from collections.abc import Mapping
from typing import Annotated

import msgspec
import numpy as np
from msgspec import Struct, field
from msgspec.structs import asdict, force_setattr, replace

from explorer.engine.errors import ExplorerError
from explorer.engine.network import Network
from explorer.resources import program_version

FORMAT = "backprop-explorer/weights"
VERSION = 1
Count = Annotated[int, msgspec.Meta(ge=0)]


class WeightsInfo(Struct, frozen=True, kw_only=True):
    """Where weights come from.

    Attributes
    ----------
    loss, beta, activations, sizes, dtype
        The network's; ``write_weights`` takes them from the network that it writes.
    seed
        Of the initial weights and of the order of the samples.
    steps
        Updates made.
    update
        How the last of them were made, under the keys of a problem file's ``update``; empty if unknown or none was.
    data
        Name of the data set or problem that was trained on; empty if unknown.
    scaling
        What was done to the inputs, e.g. "pixels / 16": whoever uses the weights must do it, too.
    inputs
        The same as numbers: x = (raw - shift) / scale, one number a column or one for all; empty if nothing was done.
    targets
        What was done to targets that are numbers: an output p means p * scale + shift; empty if nothing was.
    choices
        How a file of samples was read: target, separator, share held out, ...; empty for what the program decides.
    split
        Which samples were held out: ``seed``, ``test_share``, ``samples``, ``of_class``, ``rows``, ``lines``; empty
        where none were, or where that is not known.
    points
        The samples, where a person drew some; empty where they are those of ``data``.
    settings
        Under which settings the run was: batch size, initialiser, epochs, ...; empty if unknown.
    classes
        Names of the outputs, where they are classes.
    test_loss
        Loss on the held-out samples, with the penalty if there is one; None where it was not measured.
    test_accuracy
        Share of the held-out samples classified right; None where it was not measured (NaN becomes None).
    program
        Version of the program that wrote the file; empty if unknown.
    """

    loss: str = "softmax_cross_entropy"
    beta: float = 1.0
    activations: tuple[str, ...] = ()
    sizes: tuple[int, ...] = ()
    seed: Count = 0
    steps: Count = 0
    update: dict[str, object] = field(default_factory=dict)
    data: str = ""
    scaling: str = ""
    inputs: dict[str, object] = field(default_factory=dict)
    targets: dict[str, object] = field(default_factory=dict)
    choices: dict[str, object] = field(default_factory=dict)
    split: dict[str, object] = field(default_factory=dict)
    points: dict[str, object] = field(default_factory=dict)
    settings: dict[str, object] = field(default_factory=dict)
    classes: tuple[str, ...] = ()
    test_loss: float | None = None
    test_accuracy: float | None = None
    program: str = field(default_factory=program_version)
    dtype: str = "float64"

    def __post_init__(self) -> None:
        for name in ("test_loss", "test_accuracy"):
            value = getattr(self, name)
            if value is not None and math.isnan(value):
                force_setattr(self, name, None)

    def about(self, network: Network) -> "WeightsInfo":
        """Return the same story with the architecture of ``network``."""
        return replace(
            self,
            loss=network.loss,
            beta=network.beta,
            activations=network.activations,
            sizes=network.sizes,
            dtype=network.dtype.name,
        )


def to_values(info: WeightsInfo) -> dict[str, object]:
    """Return the metadata as values that JSON can hold: format and version, then each field."""
    return {"format": FORMAT, "version": VERSION, **asdict(info)}


def as_json(value: object) -> str:
    """Return a value of the metadata as JSON.

    Raises
    ------
    ExplorerError
        If it holds an infinity or a NaN, which JSON has no words for, or something that is no value.
    """
    try:
        return json.dumps(value, allow_nan=False, default=plain)
    except (ValueError, TypeError) as error:
        raise ExplorerError(f"its metadata cannot be told in JSON ({error}): give finite numbers and texts") from error


def plain(value: object) -> object:
    """Return the Python number in a NumPy number."""
    if isinstance(value, np.generic):
        number: object = value.item()
        return number
    raise TypeError(f"{type(value).__name__} is neither number nor text")


def from_values(values: Mapping[str, object]) -> WeightsInfo | None:
    """Return the story that ``to_values`` told, or None where the values are another program's.

    Raises
    ------
    ExplorerError
        If they are ours, but of another version or damaged.
    """
    if values.get("format") != FORMAT:
        return None
    if values.get("version") != VERSION:
        raise ExplorerError(f"this program reads version {VERSION} of its weights files, not this one: update it")
    known = {key: value for key, value in values.items() if key in WeightsInfo.__struct_fields__}
    try:
        return msgspec.convert({"program": "", **known}, WeightsInfo)
    except msgspec.ValidationError as error:
        raise ExplorerError(f"its metadata are damaged ({error}): export the weights again") from error
