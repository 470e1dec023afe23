"""What a session is made of, by the names that its file uses: a record stands there as its fields, told by this table.

A name in the table is for ever; a field that is added needs a value that it has where older files leave it out.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import msgspec

from explorer.data import Choices, DataSet, Lines, Scaling
from explorer.engine.errors import ExplorerError
from explorer.engine.initialisers import Init
from explorer.engine.network import Network
from explorer.engine.problem import Memory, Objective, Problem, Update
from explorer.engine.schedules import Schedule
from explorer.files import WeightsInfo
from explorer.session.checkpoints import Pass
from explorer.session.drawing import Drawing
from explorer.session.guests import Drawn, HeldOut, Walk
from explorer.session.history import Evaluation, History
from explorer.session.image_style import ImageStyle
from explorer.session.moment import Moment
from explorer.session.run import Run
from explorer.session.runs import KeptRun
from explorer.session.settings import Settings
from explorer.session.stored.saved import Saved
from explorer.session.stored.window_view import WindowView
from explorer.session.strokes import Stroke
from explorer.session.subject import Past, Subject

RECORDS: dict[str, type] = {
    "session": Saved,
    "moment": Moment,
    "kept run": KeptRun,
    "run": Run,
    "evaluation": Evaluation,
    "pass": Pass,
    "memory": Memory,
    "settings": Settings,
    "schedule": Schedule,
    "subject": Subject,
    "weights": Past,
    "weights info": WeightsInfo,
    "problem": Problem,
    "objective": Objective,
    "update": Update,
    "init": Init,
    "data set": DataSet,
    "choices": Choices,
    "lines": Lines,
    "scaling": Scaling,
    "held out": HeldOut,
    "drawn": Drawn,
    "walk": Walk,
    "drawing": Drawing,
    "image style": ImageStyle,
    "stroke": Stroke,
    "view": WindowView,
}
NAMES = {kind: name for name, kind in RECORDS.items()}
PASSING = {(Moment, "document")}
"""Fields that mean nothing once the window is closed."""
OBJECTS = {*NAMES, Network, History}


@cache
def fields_of(kind: type) -> Mapping[str, Any]:
    """Return the fields of a record with what may stand in each."""
    return {name: hint for name, hint in get_type_hints(kind).items() if (kind, name) not in PASSING}


def made(name: str, fields: Mapping[str, object]) -> Any:
    """Return the record of that name with these fields; one that is left out has its usual value.

    Raises
    ------
    ExplorerError
        If there is no such record or field, or something else is expected in one.
    """
    kind = RECORDS.get(name)
    if kind is None:
        raise ExplorerError(f"it holds a {name!r}, which this program does not know: update it")
    hints = fields_of(kind)
    for key in fields:
        if key not in hints:
            raise ExplorerError(f"the {name} in it has a field {key!r}, which this program does not know: update it")
    return kind(**{key: fitting(value, hints[key]) for key, value in fields.items()})


def fitting(value: object, hint: Any) -> Any:
    """Return a value as a field wants it, e.g. a tuple for a list.

    Raises
    ------
    ValidationError
        If it is something else.
    """
    arguments = get_args(hint)
    kinds = tuple(each for each in (hint, *arguments) if each in OBJECTS)
    if not kinds:
        return msgspec.convert(value, hint, dec_hook=converted)
    allowed = (*kinds, NoneType) if NoneType in arguments else kinds
    if get_origin(hint) is tuple and isinstance(value, list):
        return tuple(checked(each, allowed) for each in value)
    return checked(value, allowed)


def checked(value: object, kinds: tuple[type, ...]) -> object:
    """Return a value that is of one of these kinds.

    Raises
    ------
    ValidationError
        If it is of none.
    """
    if not isinstance(value, kinds):
        raise msgspec.ValidationError(f"Expected {kinds[0].__name__}, got `{type(value).__name__}`")
    return value


def converted(kind: type, value: object) -> object:
    """Return a path for its text; what is no value of JSON, an array say, is there already."""
    return Path(value) if kind is Path and isinstance(value, str) else value
