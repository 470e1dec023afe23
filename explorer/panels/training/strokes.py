"""How each curve of a plot is drawn: the run's own in the colours of the look, further runs in theirs, raw pale."""

from collections.abc import Sequence

from msgspec import Struct

from explorer.panels.stylesheet import mixed
from explorer.panels.theme import Palette
from explorer.panels.training.overlays import Overlay

MINIBATCH, TRAIN, TEST = "minibatch", "train", "test"
FURTHER = "overlay"
PALE = 0.55
"""How far the colour of the minibatches' curve lies from the training curve's towards the card's."""
BEHIND = 0.82
"""The same where further runs are drawn, in front of the minibatches: their noise would hide what is compared."""
GHOST = 0.72
"""How far the colour of a raw curve lies from its smoothed one's towards the card's."""


class Stroke(Struct, frozen=True):
    """A curve's colour, "#RRGGBB", and whether it is stronger at rest, or dashed."""

    colour: str
    strong: bool = True
    dashed: bool = False


def raw(name: str) -> str:
    """Return the name of a curve as it was measured, where the curve itself is smoothed."""
    return f"{name} raw"


def further(place: int, name: str) -> str:
    """Return the name of a curve of the overlay at that place."""
    return f"{FURTHER} {place} {name}"


def is_further(name: str) -> bool:
    """Tell whether a curve is an overlay's."""
    return name.startswith(FURTHER)


def strokes(
    look: Palette, *, minibatches: bool, smoothing: bool, overlays: Sequence[Overlay] = ()
) -> dict[str, Stroke]:
    """Return each curve's stroke, from the lowest curve to the topmost."""
    measured, noisy = {TRAIN: look.train, TEST: look.test}, bool(overlays) and not smoothing
    batches = {MINIBATCH: mixed(look.train, look.card, BEHIND if noisy else PALE)} if minibatches else {}
    own = measured if noisy else {**batches, **measured}
    made: dict[str, Stroke] = {}
    if noisy:
        made = {name: Stroke(colour, strong=False) for name, colour in batches.items()}
    if smoothing:
        made = {raw(name): Stroke(mixed(colour, look.card, GHOST), strong=False) for name, colour in own.items()}
    for place, overlay in enumerate(overlays):
        made[further(place, TRAIN)] = Stroke(overlay.colour, strong=False)
        made[further(place, TEST)] = Stroke(overlay.colour, strong=False, dashed=True)
    return made | {name: Stroke(colour, strong=name != MINIBATCH) for name, colour in own.items()}
