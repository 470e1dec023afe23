"""The table of built-in sets: a new one is one entry, and appears wherever a set can be chosen."""

from collections.abc import Callable
from dataclasses import dataclass

from explorer.data.bundled import iris, wine
from explorer.data.curves import sine
from explorer.data.dataset import DataSet
from explorer.data.digits import digits
from explorer.data.generated import blobs, circles, moons, spiral, xor
from explorer.engine.errors import ExplorerError


@dataclass(frozen=True, slots=True)
class DataEntry:
    """A built-in set: its title, and ``load(seed)``, which ignores the seed where nothing is drawn."""

    title: str
    load: Callable[[int], DataSet]


DATASETS: dict[str, DataEntry] = {
    "xor": DataEntry("XOR", lambda seed: xor(seed=seed)),
    "moons": DataEntry("Two moons", lambda seed: moons(seed=seed)),
    "spiral": DataEntry("Spiral", lambda seed: spiral(seed=seed)),
    "circles": DataEntry("Circles", lambda seed: circles(seed=seed)),
    "blobs": DataEntry("Blobs", lambda seed: blobs(seed=seed)),
    "sine": DataEntry("Noisy sine", lambda seed: sine(seed=seed)),
    "iris": DataEntry("Iris flowers", lambda _seed: iris()),
    "wine": DataEntry("Wines", lambda _seed: wine()),
    "digits": DataEntry("Handwritten digits", lambda _seed: digits()),
}


def load_dataset(name: str, seed: int = 0) -> DataSet:
    """Return the built-in set of that name, drawn from the seed where it is generated.

    Raises
    ------
    ExplorerError
        If there is no such set; the sentence lists the names.
    """
    if name not in DATASETS:
        raise ExplorerError(f"data set {name!r} is unknown: use one of {', '.join(DATASETS)}")
    return DATASETS[name].load(seed)
