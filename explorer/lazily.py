"""Names that are imported when they are first asked for: whoever does not ask does not wait for their modules."""

from collections.abc import Callable, Mapping
from importlib import import_module


def importer(homes: Mapping[str, str], names: dict[str, object]) -> Callable[[str], object]:
    """Return the ``__getattr__`` of a module.

    Parameters
    ----------
    homes
        The module in which each name is defined.
    names
        The ``globals()`` of the module that offers them; a name is kept there once it is found.
    """

    def found(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {names['__name__']!r} has no attribute {name!r}")
        names[name] = value = getattr(import_module(homes[name]), name)
        return value

    return found
