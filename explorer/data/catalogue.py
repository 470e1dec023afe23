"""The table of built-in sets: a new one is one entry, and appears wherever a set can be chosen."""

from collections.abc import Callable

from msgspec import Struct

from explorer.data.blank import drawn_curve, drawn_points
from explorer.data.bundled import iris, wine
from explorer.data.curves import sine
from explorer.data.dataset import DataSet
from explorer.data.digits import digits
from explorer.data.generated import blobs, circles, moons, spiral, xor
from explorer.engine.errors import ExplorerError


class DataEntry(Struct, frozen=True):
    """A built-in set: its title, its source in a few words, and ``load(seed)``; where nothing is drawn, any seed."""

    title: str
    source: str
    load: Callable[[int], DataSet]


DRAWN = "drawn by this program"

DATASETS: dict[str, DataEntry] = {
    "xor": DataEntry("XOR", DRAWN, lambda seed: xor(seed=seed)),
    "moons": DataEntry("Two moons", DRAWN, lambda seed: moons(seed=seed)),
    "spiral": DataEntry("Spiral", DRAWN, lambda seed: spiral(seed=seed)),
    "circles": DataEntry("Circles", DRAWN, lambda seed: circles(seed=seed)),
    "blobs": DataEntry("Blobs", DRAWN, lambda seed: blobs(seed=seed)),
    "sine": DataEntry("Noisy sine", DRAWN, lambda seed: sine(seed=seed)),
    "iris": DataEntry("Iris flowers", "R. A. Fisher, 1936; UCI, CC BY 4.0", lambda _seed: iris()),
    "wine": DataEntry("Wines", "S. Aeberhard, M. Forina, 1992; UCI, CC BY 4.0", lambda _seed: wine()),
    "digits": DataEntry("Handwritten digits", "E. Alpaydin, C. Kaynak, 1998; UCI, CC BY 4.0", lambda _seed: digits()),
}

BY_HAND = "drawn by hand, by you"

BLANKS: dict[str, DataEntry] = {
    "drawn-2": DataEntry("Drawn points, 2 classes", BY_HAND, lambda _seed: drawn_points(2)),
    "drawn-3": DataEntry("Drawn points, 3 classes", BY_HAND, lambda _seed: drawn_points(3)),
    "drawn-curve": DataEntry("Drawn curve", BY_HAND, lambda _seed: drawn_curve()),
}
"""Sets that are drawn in the window: nothing to train on without it."""
SETS = DATASETS | BLANKS
"""All that the window can open by name."""


def load_dataset(name: str, seed: int = 0) -> DataSet:
    """Return the built-in set of that name, or one to be drawn by hand; from the seed where it is generated.

    Raises
    ------
    ExplorerError
        If there is no such set; the sentence lists the names.
    """
    if name not in SETS:
        raise ExplorerError(f"data set {name!r} is unknown: use one of {', '.join(DATASETS)}")
    return SETS[name].load(seed)
