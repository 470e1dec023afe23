"""The drawing read aloud: what the network is, what the step does in it, and what stands at a chosen place."""

from collections.abc import Sequence

from explorer.engine.activations import ACTIVATIONS
from explorer.graph.describing import class_lines, shown_at
from explorer.graph.idle import counts, reasons
from explorer.graph.picture import Light, Note, Picture, Shown
from explorer.graph.places import EdgePlace, LayerPlace, LossPlace, Place, UnitPlace
from explorer.tape.aloud import aloud
from explorer.tape.entries import Index
from explorer.tape.numbers import MINUS
from explorer.tape.numbers import shown as shown_number


def network_aloud(picture: Picture, activations: Sequence[str]) -> str:
    """Return what the network is: "network 2-3-2: 2 inputs, 3 sigmoid units, 2 outputs"."""
    first = counted(picture.sizes[0], "input")
    if picture.image_shape is not None:
        first = "an image of {} by {} pixels".format(*picture.image_shape)
    layers = zip(picture.sizes[1:-1], activations, strict=False)  # the outputs have an activation too
    hidden = [counted(size, f"{ACTIVATIONS[name].title} unit") for size, name in layers]
    parts = ", ".join((first, *hidden, counted(picture.sizes[-1], "output")))
    return f"network {'-'.join(map(str, picture.sizes))}: {parts}"


def counted(number: int, thing: str) -> str:
    """Return "1 unit" or "3 units"."""
    return f"{number} {thing}" + "s" * (number != 1)


def marks_aloud(picture: Picture) -> str:
    """Return what the step writes and reads, and where, and how many units learn nothing."""
    spots = [(layer_aloud(picture, layer), shown) for layer, shown in enumerate(picture.columns)]
    spots += [(edges_aloud(picture, layer), shown) for layer, shown in enumerate(picture.edges, start=1)]
    spots.append(("the loss", picture.loss))
    found = []
    for verb, lights in (("writes", (Light.WRITTEN, Light.BOTH)), ("reads", (Light.READ,))):
        arrays = [f"{aloud(shown.text)} at {spot}" for spot, shown in spots if shown.light in lights]
        found += [f"the step {verb} {' and '.join(arrays)}"] if arrays else []
    found += [f"{counted(number, 'unit')} {kind.value}" for kind, number in counts(picture).items()]
    return "; ".join(found)


def described(picture: Picture, chosen: Place | None) -> str:
    """Return what is chosen and what the step does."""
    first = "" if chosen is None else f"chosen: {place_aloud(picture, chosen)}"
    return "; ".join(filter(None, (first, marks_aloud(picture))))


def place_aloud(picture: Picture, place: Place) -> str:
    """Return what stands at a place: "layer 1, unit 2 of 3, dJ by dz1 0.0596, h 0.1189"."""
    at: Index
    match place:
        case UnitPlace(layer, unit):
            where, at = f"{layer_aloud(picture, layer)}, unit {unit + 1} of {picture.sizes[layer]}", (unit,)
        case EdgePlace(layer, source, target):
            ends = f"edge from unit {source + 1} of {layer_aloud(picture, layer - 1)}"
            where, at = f"{ends} to unit {target + 1} of {layer_aloud(picture, layer)}", (source, target)
        case LossPlace():
            where, at = "the loss", (0,)
        case LayerPlace(layer, edges):
            return edges_aloud(picture, layer) if edges else f"all of {layer_aloud(picture, layer)}"
    shown, _ = shown_at(picture, place)
    arrays: tuple[Shown | Note, ...] = (shown, *shown.notes)
    values = [value_aloud(array, at) for array in arrays]
    idle = reasons(picture, place.layer, place.unit) if isinstance(place, UnitPlace) else ()
    return ", ".join((where, *values, *idle, *class_lines(picture, place)))


def value_aloud(array: Shown | Note, at: Index) -> str:
    """Return an array's name and its number at a place."""
    name = aloud(array.text)
    if array.values is None:
        return f"{name} not computed yet"
    return f"{name} {shown_number(float(array.values[at])).replace(MINUS, 'minus ')}"


def layer_aloud(picture: Picture, layer: int) -> str:
    """Return what a layer of units is called."""
    return "the input" if layer == 0 else "the output layer" if layer == picture.depth else f"layer {layer}"


def edges_aloud(picture: Picture, layer: int) -> str:
    """Return what the edges into a layer are called."""
    return f"the edges into {layer_aloud(picture, layer)}"
