"""What stands under the mouse, in words: names, indices from 1, and exact values."""

from explorer.graph.geometry import Layout
from explorer.graph.idle import idle_units, reasons
from explorer.graph.picture import Note, Picture, Shown
from explorer.graph.places import EdgePlace, FoldPlace, Place, UnitPlace
from explorer.tape.entries import Cell, Index
from explorer.tape.orientation import written_index
from explorer.tape.symbols import cell_text


def cell_of(picture: Picture, place: Place) -> Cell:
    """Return the cell of the array that is shown at a place."""
    match place:
        case UnitPlace(layer, unit):
            return picture.unit_cell(layer, unit)
        case EdgePlace(layer, source, target):
            return picture.edge_cell(layer, source, target)
        case _:
            return picture.loss.name, ()


def describe(picture: Picture, place: Place) -> tuple[str, ...]:
    """Return lines for a place: the shown array's first, then what else is there."""
    name, index = cell_of(picture, place)
    shown, at = shown_at(picture, place)
    value = None if shown.values is None else float(shown.values[at])
    first = cell_text(name, written_index(index, flipped=shown.flipped), value, shown.text)
    return (
        first,
        *input_lines(picture, place),
        *(note_line(picture, note, at) for note in (*shown.notes, *shown.aside)),
        *(reasons(picture, place.layer, place.unit) if isinstance(place, UnitPlace) else ()),
        *class_lines(picture, place),
    )


def shown_at(picture: Picture, place: Place) -> tuple[Shown, Index]:
    """Return what is shown at a place, and where its value is."""
    match place:
        case UnitPlace(layer, unit):
            return picture.columns[layer], (unit,)
        case EdgePlace(layer, source, target):
            return picture.edges[layer - 1], (source, target)
        case _:
            return picture.loss, (0,)


def note_line(picture: Picture, note: Note, at: Index) -> str:
    """Return the line of a secondary array."""
    index = at
    if len(at) == 1:
        index = picture.unit_index(note.shape, at[0]) if note.shape else ()
    value = None if note.values is None else float(note.values[at])
    return cell_text(note.name, written_index(index, flipped=note.flipped), value, note.text)


def input_lines(picture: Picture, place: Place) -> tuple[str, ...]:
    """Return what an input is called, and what it was before scaling."""
    if not isinstance(place, UnitPlace) or place.layer or picture.inputs is None:
        return ()
    column = picture.columns[0]
    x = column.values
    if column.name != "x":
        x = next((note.values for note in (*column.notes, *column.aside) if note.name == "x"), None)
    return () if x is None else (picture.inputs.told(place.unit, float(x[place.unit])),)


def class_lines(picture: Picture, place: Place) -> tuple[str, ...]:
    """Return the class of an output."""
    if isinstance(place, UnitPlace) and place.layer == picture.depth and picture.classes:
        return (f"class {picture.classes[place.unit]}",)
    return ()


def describe_fold(layout: Layout, picture: Picture, place: FoldPlace) -> tuple[str, ...]:
    """Return lines for the words of a fold: how many units there are, which learn nothing, how to see more or fewer."""
    column, idle = layout.columns[place.layer], idle_units(picture, place.layer)
    found = ", ".join(f"{len(units)} {kind.value}" for kind, units in idle.items() if len(units))
    idle_line = (f"of all {column.total}: {found}",) if found else ()
    if column.folded:
        return (f"{column.folded} of {column.total} units are folded", *idle_line, "click or U: show all")
    return (f"all {column.total} units are shown", *idle_line, "click or U: fold them")
