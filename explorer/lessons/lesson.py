"""A lesson as values: what its page says, what it lets a person try, what it asks. See ``reading.py``."""

from typing import Literal

from msgspec import Struct

from explorer.tape.notation_shelf import DEFAULT
from explorer.tape.orientation import Layout

Kind = Literal["number", "vector", "matrix", "shape", "choice"]


class Link(Struct, frozen=True):
    """A way from the page into the window: "step:dz2/dh1" shows that step.

    Attributes
    ----------
    kind
        A key of ``LINKS``.
    target
        What it is done with.
    """

    text: str
    kind: str
    target: str


LINKS: dict[str, str] = {
    "problem": "open a problem of the shelf",
    "data": "open a built-in data set",
    "step": "go to a step of the pass",
    "entry": "go to a step and choose an entry of it: dJ/dW1[0,1]",
    "notation": "write everything in a notation",
    "do": "trigger an action of the window, by its object name",
    "mistake": "make a mistake of the lab, or none",
    "set": "change a number: W1[0,1] = 0.5",
    "settings": "train by other settings: hidden=50-50,activation=relu",
    "lesson": "open another lesson, by its name",
}
"""What a link can do, by the word before its colon."""


class Heading(Struct, frozen=True, tag=True):
    """The title of a section."""

    text: str


class Prose(Struct, frozen=True, tag=True):
    """A paragraph, or the points of a list; each as it is marked up in the file."""

    paragraphs: tuple[str, ...]
    mark: Literal["", "bullet", "number"] = ""


class Display(Struct, frozen=True, tag=True):
    """A formula in LaTeX on a line of its own."""

    latex: str


class Slider(Struct, frozen=True, forbid_unknown_fields=True):
    """A number that a person moves; from 0 to 1 by 1 it is a switch.

    Attributes
    ----------
    name
        By which expressions know it.
    text
        What a person reads; the name, if left out.
    """

    name: str
    least: float
    most: float
    start: float
    step: float = 0.1
    text: str = ""

    @property
    def is_switch(self) -> bool:
        """Whether it has two places."""
        return (self.least, self.most, self.step) == (0, 1, 1)


class Bars(Struct, frozen=True, forbid_unknown_fields=True):
    """A vector as bars: ``value`` is an expression, ``least`` and ``most`` the ends of the scale.

    What goes past an end takes it along, for all bars of that scale in an experiment. Where ``most`` is 0, the largest
    value has the whole length. They stand above the matrices, or ``below`` them.
    """

    title: str
    value: str
    least: float = 0.0
    most: float = 1.0
    names: tuple[str, ...] = ()
    below: bool = False


class Line(Struct, frozen=True, forbid_unknown_fields=True):
    """A formula with the number that it has, in so many digits: 17 for all."""

    latex: str
    value: str
    digits: int = 8


class Grid(Struct, frozen=True, forbid_unknown_fields=True):
    """A matrix in colours with its numbers; a click on a cell takes its row and column into two sliders, if named."""

    title: str
    value: str
    picks: tuple[str, ...] = ()


class Curve(Struct, frozen=True, forbid_unknown_fields=True):
    """Curves over a variable.

    Attributes
    ----------
    over, least, most
        The variable, and its range; of powers of ten, where ``logarithmic``.
    lines
        Expressions by their names.
    point
        The slider that has a mark on the curves; none if left out.
    slope
        An expression: the first curve's slope at that mark, drawn as a tangent.
    logarithmic
        Both axes.
    """

    title: str
    over: str
    least: float
    most: float
    lines: dict[str, str]
    point: str = ""
    slope: str = ""
    logarithmic: bool = False


class Note(Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence that is said while an expression is not 0."""

    when: str
    text: str


class Experiment(Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """Sliders, and what follows from them: all by expressions, in the order in which it is shown."""

    slider: tuple[Slider, ...] = ()
    let: dict[str, str] = {}
    bars: tuple[Bars, ...] = ()
    grid: tuple[Grid, ...] = ()
    curve: tuple[Curve, ...] = ()
    line: tuple[Line, ...] = ()
    note: tuple[Note, ...] = ()


class Question(Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """A question whose answer is computed.

    Attributes
    ----------
    ask
        The words; {x} stands for what ``given`` says x is.
    answer
        An expression: the answer; of a choice, the number of the right one, from 0.
    digits
        Significant digits that are asked for.
    hint, why
        A help before the answer, and the reason for it.
    given
        An expression for each name, of the question as it is first asked.
    another
        The same for further ones: with functions that draw from a seed. None are asked if it is left out.
    let
        Names for what follows from those: {x} in words, which then fit the numbers that were drawn.
    near
        How far off an answer may be, as a share of it, where it is asked for about.
    choices
        What can be chosen.
    """

    ask: str
    answer: str
    kind: Kind = "number"
    digits: int = 4
    hint: str = ""
    why: str = ""
    given: dict[str, str] = {}
    another: dict[str, str] = {}
    let: dict[str, str] = {}
    near: float = 0.0
    choices: tuple[str, ...] = ()


Part = Heading | Prose | Display | Experiment | Question


class Lesson(Struct, frozen=True):
    """One page.

    Attributes
    ----------
    name
        Of its file: "08-backprop".
    items
        The statements of the documents that it covers: "004.(16)".
    opens
        The key of what the window shows beside it, "problem:net-s"; empty for what it shows already.
    step
        The step at which it begins.
    notation, layout
        In which the window writes while the page is open: rows, and gradients in the shape of what they are taken by.
    training
        Whether the training is shown below.
    """

    name: str
    title: str
    summary: str
    items: tuple[str, ...]
    parts: tuple[Part, ...]
    opens: str = ""
    step: str = ""
    notation: str = DEFAULT
    layout: Layout = "denominator"
    training: bool = False

    @property
    def number(self) -> int:
        """Its place in the order, from 1."""
        return int(self.name.partition("-")[0])

    @property
    def questions(self) -> tuple[Question, ...]:
        """What it asks, in order."""
        return tuple(part for part in self.parts if isinstance(part, Question))
