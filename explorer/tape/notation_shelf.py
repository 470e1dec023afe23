"""The notations that there are: data files among the assets, each read and laid out once."""

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import get_args

from msgspec.structs import replace

from explorer.engine.errors import ExplorerError
from explorer.resources import assets
from explorer.tape.notation import Notation
from explorer.tape.orientation import Layout

DEFAULT = "row"


@cache
def notations() -> Mapping[str, Notation]:
    """Return every notation among the assets, by name, the usual one first."""
    found: dict[str, Notation] = {}
    for path in (assets() / "notations").glob("*.toml"):
        keys = tomllib.loads(path.read_text(encoding="utf-8"))
        names = {int(depth): table for depth, table in keys.pop("names", {}).items()}
        found[path.stem] = Notation(path.stem, names=names, **{"lone": {}, "gradients": {}, **keys})
    return dict(sorted(found.items(), key=lambda item: (item[0] != DEFAULT, item[0])))


def notation(name: str = DEFAULT, layout: Layout = "denominator") -> Notation:
    """Return the notation of that name, in a layout of gradients.

    Raises
    ------
    ExplorerError
        If there is no such notation or layout.
    """
    if name not in notations():
        raise ExplorerError(f"notation {name!r} is unknown: use one of {', '.join(notations())}")
    if layout not in get_args(Layout):
        raise ExplorerError(f"layout {layout!r} is unknown: use one of {', '.join(get_args(Layout))}")
    return laid_out(name, layout)


@cache
def laid_out(name: str, layout: Layout) -> Notation:
    """Return a notation in a layout: each is made once."""
    usual = notations()[name]
    return usual if layout == usual.layout else replace(usual, layout=layout)
