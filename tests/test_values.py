"""What holds of every value of the program, whatever room it is of."""

import collections.abc
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import get_args, get_origin

import numpy as np
import pytest
from msgspec import Struct

import explorer


def values() -> Iterator[type[Struct]]:
    """Give every kind of value."""
    for found in walk_packages(explorer.__path__, "explorer."):
        if found.name.endswith("__main__"):
            continue
        module = import_module(found.name)
        for kind in vars(module).values():
            if isinstance(kind, type) and issubclass(kind, Struct) and kind.__module__ == found.name:
                yield kind


def holds_arrays(hint: object) -> bool:
    """Tell whether a field of that annotation holds an array, or a container of some."""
    origin = get_origin(hint)
    return origin is np.ndarray or (origin is not collections.abc.Callable and any(map(holds_arrays, get_args(hint))))


KINDS = tuple(values())


def test_values_are_found() -> None:
    assert len(KINDS) > 150


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_what_holds_arrays_equals_only_itself(kind: type[Struct]) -> None:
    """Two arrays have no one truth by which values could be equal, and no hash: both would fail, and late."""
    fields = (hint for each in kind.__mro__ for hint in vars(each).get("__annotations__", {}).values())
    assert not (kind.__struct_config__.eq and any(map(holds_arrays, fields)))
