"""Changes of the drawn image: each can be undone, and leaves the run alone that goes on meanwhile. No Qt."""

from collections.abc import Hashable

from msgspec import Struct
from msgspec.structs import replace

from explorer.engine.errors import ExplorerError
from explorer.session.drawing import Drawing, blank, class_row
from explorer.session.guests import Drawn
from explorer.session.image_style import can_draw_image, drawn_name
from explorer.session.pictures.confusion import class_names
from explorer.session.showing import retaped
from explorer.session.state import State
from explorer.session.strokes import Points, Stroke


class DrawingCommand(Struct, frozen=True):
    """A change of the drawn image."""


class Draw(DrawingCommand, frozen=True):
    """A stroke, or more of one.

    Attributes
    ----------
    points
        (x, y) in pixels of the image, right and down from its corner.
    number
        What is drawn under one number is one stroke, and one change.
    """

    points: Points
    number: int
    erases: bool = False

    def key(self, _state: State) -> Hashable:
        """Return the number of the stroke."""
        return "stroke", self.number

    def text(self, _state: State) -> str:
        """Return what it is called."""
        return "a stroke of the eraser" if self.erases else "a stroke"

    def apply(self, state: State) -> State:
        """Return the state with the stroke, at the drawn image's pass.

        Raises
        ------
        ExplorerError
            If samples are no images of classes.
        """
        return shown(state, drawing_of(state).with_stroke(Stroke(self.points, self.erases, self.number)))


class ClearDrawing(DrawingCommand, frozen=True):
    """An empty canvas."""

    def key(self, _state: State) -> Hashable:
        """Return nothing: each is by itself."""
        return None

    def text(self, state: State) -> str:
        """Return what it is called."""
        return f"clearing the {drawn_name(state.subject)}"

    def apply(self, state: State) -> State:
        """Return the state without ink; the same where there is none."""
        drawing = state.drawing
        return state if drawing is None or drawing.is_blank else shown(state, drawing.cleared())


class MeanClass(DrawingCommand, frozen=True):
    """Another class that the drawn image is meant to be; None for the one that the network takes it for."""

    label: int | None

    def key(self, _state: State) -> Hashable:
        """Return the same for all: one looks at several in a row."""
        return "meant"

    def text(self, state: State) -> str:
        """Return which class."""
        name = "what the network says" if self.label is None else class_names(state.subject)[self.label]
        return f"{drawn_name(state.subject)} meant to be {name}"

    def apply(self, state: State) -> State:
        """Return the state with that target.

        Raises
        ------
        ExplorerError
            If there is no such class.
        """
        names, outputs = class_names(state.subject), state.subject.problem.Y.shape[1]
        if self.label is not None and not 0 <= self.label < len(names):
            raise ExplorerError(f"there is no class {self.label}: choose one of 0 to {len(names) - 1}")
        target = None if self.label is None else tuple(class_row(self.label, outputs)[0].tolist())
        drawing = drawing_of(state)
        return state if drawing.target == target else shown(state, replace(drawing, target=target))


class FitDrawing(DrawingCommand, frozen=True):
    """Scale and move the drawn image to lie as the images of the set do, or leave it as it lies."""

    fitted: bool

    def key(self, _state: State) -> Hashable:
        """Return nothing: each is by itself."""
        return None

    def text(self, state: State) -> str:
        """Return what it is called."""
        return f"{drawn_name(state.subject)} {'fitted' if self.fitted else 'as it lies'}"

    def apply(self, state: State) -> State:
        """Return the state with it so."""
        drawing = drawing_of(state)
        return state if drawing.fitted == self.fitted else shown(state, replace(drawing, fitted=self.fitted))


def drawing_of(state: State) -> Drawing:
    """Return the drawing, a blank one where there is none yet.

    Raises
    ------
    ExplorerError
        If samples are no images of classes.
    """
    if not can_draw_image(state.subject):
        raise ExplorerError(f"the samples of {state.subject.title} are no images of classes: open such a set to draw")
    return blank(state.subject) if state.drawing is None else state.drawing


def shown(state: State, drawing: Drawing) -> State:
    """Return the state at the pass of the drawn image."""
    return retaped(replace(state, drawing=drawing, guest=Drawn(), walk=None, whole=False))
