"""A list of NumPy calls, recorded once and replayed: what a training step is made of.

Formulas are written as plain NumPy with ``out=``. Run once on arrays that note each call instead of making it, they
leave the calls themselves, bound to their arrays. To replay these spares the lookups, the parsing of arguments and the
conversion of numbers, which cost a small network more time than its arithmetic does.
"""

from collections.abc import Callable, Iterable
from copy import copy
from functools import partial
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]
Result = TypeVar("Result")

Calls = list[Callable[[], object]]

METHODS: dict[object, str] = {np.dot: "dot"}
"""Functions that are quicker as methods of their first argument."""
KEYWORD_OUT = {np.maximum, np.minimum}
"""Ufuncs that want ``out`` by name; the others read it faster by position."""


class Program:
    """Calls that NumPy makes, in order; they read and write the arrays that they were recorded with."""

    def __init__(self) -> None:
        self.calls: Calls = []

    def record(self, formula: Callable[..., Result], *arguments: object) -> Result:
        """Run ``formula``, noting its NumPy calls without making them, and return what it returns.

        Every call must write into an array that is there (``out=``). Arguments are arrays, or objects that have arrays
        as attributes; numbers in a call are kept as they are now.
        """
        return formula(*(noting(argument, self) for argument in arguments))

    def note(self, function: Callable[..., object], arguments: Iterable[Any], options: dict[str, Any]) -> None:
        """Add a call."""
        bound = [plain(value) for value in arguments]
        if function in METHODS:
            function, bound = getattr(bound[0], METHODS[function]), bound[1:]
        self.calls.append(partial(function, *bound, **{name: plain(value) for name, value in options.items()}))


class NotedArray(np.ndarray[Any, np.dtype[np.floating]]):
    """A view of an array whose NumPy calls are noted in a program; its own views are such views too."""

    program: Program | None

    def __array_finalize__(self, parent: object) -> None:
        """Hand the program on to views."""
        self.program = getattr(parent, "program", None)

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Any:
        """Note a call of a ufunc, or of a method of it.

        Numbers become 0-d arrays, which need no conversion.
        """
        (out,) = options.pop("out")
        kind = next(value.dtype for value in inputs if isinstance(value, np.ndarray) and value.ndim)
        values = [np.asarray(value, kind) if isinstance(value, int | float) else value for value in inputs]
        if method == "__call__" and ufunc not in KEYWORD_OUT:
            self.owner.note(ufunc, (*values, out), options)
        else:
            self.owner.note(getattr(ufunc, method), values, {**options, "out": out})
        return out

    def __array_function__(self, func: Any, _types: Any, args: Any, kwargs: Any) -> Any:
        """Note a call of a function such as ``numpy.dot``."""
        options = dict(kwargs)
        out = options.pop("out", None)
        self.owner.note(func, args if out is None else (*args, out), options)
        return out

    @property
    def owner(self) -> Program:
        """The program that notes this array's calls."""
        if self.program is None:
            raise TypeError("an array made while recording has no program: write into one that is there (out=)")
        return self.program


def noting(argument: Any, program: Program) -> Any:
    """Return a twin of an array, or of an object that has arrays, that notes calls in the program."""
    if isinstance(argument, np.ndarray):
        return noted(argument, program) if argument.ndim else argument
    if not hasattr(argument, "__dict__"):
        return argument
    twin = copy(argument)
    for name, value in vars(argument).items():
        if isinstance(value, np.ndarray):
            setattr(twin, name, noting(value, program))
    return twin


def noted(array: Array, program: Program) -> NotedArray:
    """Return a view of the array that notes its calls in the program."""
    view = array.view(NotedArray)
    view.program = program
    return view


def plain(value: Any) -> Any:
    """Return the array itself of one that notes its calls; anything else as it is."""
    return value.view(np.ndarray) if isinstance(value, NotedArray) else value
