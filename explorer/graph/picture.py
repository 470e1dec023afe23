"""What the drawing shows of a state: for every place an array of the tape, computed or not, read or written. No Qt."""

from enum import Enum
from functools import cached_property
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.graph.colors import scale_for
from explorer.graph.places import is_transposed
from explorer.session.columns import Columns
from explorer.session.pictures.flow import Flow
from explorer.tape.entries import Cell, Index
from explorer.tape.names import Role, parse

Array = NDArray[np.floating]


class Light(Enum):
    """What the current step does with what stands there."""

    NONE = "none"
    READ = "read"
    WRITTEN = "written"
    BOTH = "read and written"


class Note(Struct, frozen=True, eq=False):
    """A secondary array of a column: its name, how it is written, and its row; None where not computed yet.

    ``text`` is its whole symbol, ``flipped`` says that it is written as the transpose of what the tape holds.
    """

    name: str
    label: str
    values: Array | None
    shape: tuple[int, ...]
    text: str = ""
    flipped: bool = False


class Shown(Struct, frozen=True, eq=False):
    """The array that stands at one place now.

    Attributes
    ----------
    name, latex
        Its name on the tape and as LaTeX on one line.
    shape
        Of the whole array.
    values
        The shown row, (units,); the whole matrix, (D, H), at edges; (1,) at the loss. None where not computed yet.
    light
        Whether the current step reads or writes an array that has its place here.
    whole
        The array with all its rows: a batch has one scale of colours, in the drawing as in the matrices.
    text, flipped, written_shape
        The symbol in plain text; whether the array is written as the transpose of what the tape holds; its shape then.
    notes, aside
        Secondary arrays: for the small text below and under the mouse, and for the mouse alone.
    off
        The units, (units,), that pass nothing on and let nothing back, as a ReLU below zero; None where none is known.
    """

    name: str
    latex: str
    shape: tuple[int, ...]
    values: Array | None
    light: Light
    whole: Array | None = None
    notes: tuple[Note, ...] = ()
    aside: tuple[Note, ...] = ()
    text: str = ""
    flipped: bool = False
    written_shape: tuple[int, ...] = ()
    off: NDArray[np.bool_] | None = None

    @property
    def signed(self) -> bool:
        """Gradients and slopes are written with their sign."""
        return parse(self.name).role in {Role.GRADIENT, Role.FACTOR}

    def shares(self, index: tuple[Any, ...]) -> NDArray[np.float64]:
        """Return some of the values over the largest, finite, in one row; zeros where there are none yet."""
        values = np.zeros(self.edge_shape) if self.values is None else self.values
        share = np.asarray(values[index], np.float64).ravel() / self.largest
        return np.nan_to_num(share, nan=0.0, posinf=1.0, neginf=-1.0)

    @property
    def edge_shape(self) -> tuple[int, ...]:
        """The shape of ``values`` at edges, (D, H), also before there are any."""
        return self.shape[::-1] if is_transposed(self.name) else self.shape

    @property
    def largest(self) -> float:
        """The size of value that has the full colour: 1 for probabilities, else the largest there is."""
        return 1.0 if self.whole is None else scale_for(self.name, self.whole)


class Picture(Struct, frozen=True, eq=False, dict=True):
    """Everything that the drawing shows at one position of a tape.

    Attributes
    ----------
    sizes
        Units of the input and of each layer.
    image_shape
        Rows and columns of the input where it is an image.
    columns
        What stands at the units of each layer, the input's first.
    edges
        What stands at the edges into each layer, from layer 1.
    loss
        What stands at the loss.
    caption
        What the edges show, as a sentence part.
    row
        The row of per-sample arrays that is shown, and how many there are.
    classes
        Names of the outputs; empty where they have none.
    targets
        The shown row of y, (C,).
    measured
        What was measured on many samples: units that are dead or saturated; None where nobody has looked.
    inputs
        What an input's column is called, and what its value was before scaling, in words; None where it has no name.
    """

    sizes: tuple[int, ...]
    image_shape: tuple[int, int] | None
    columns: tuple[Shown, ...]
    edges: tuple[Shown, ...]
    loss: Shown
    caption: str
    row: int
    rows: int
    classes: tuple[str, ...]
    targets: Array
    measured: Flow | None = None
    inputs: Columns | None = None

    @property
    def architecture(self) -> tuple[object, ...]:
        """What decides where things stand; the numbers do not."""
        return self.sizes, self.image_shape, self.classes

    @cached_property
    def depth(self) -> int:
        """Number of layers L."""
        return len(self.edges)

    def unit_cell(self, layer: int, unit: int) -> Cell:
        """Return the cell of the array shown at a unit."""
        shown = self.columns[layer]
        return shown.name, self.unit_index(shown.shape, unit)

    def unit_index(self, shape: tuple[int, ...], unit: int) -> Index:
        """Return the index of a unit's cell in an array of that shape: with the shown row, if it has rows."""
        return (self.row, unit) if len(shape) == 2 else (unit,)

    def edge_cell(self, layer: int, source: int, target: int) -> Cell:
        """Return the cell of the array shown at an edge."""
        shown = self.edges[layer - 1]
        transposed = shown.name.startswith("dz")
        return shown.name, (target, source) if transposed else (source, target)
