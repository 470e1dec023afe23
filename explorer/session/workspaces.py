"""The arrangements of the window by their names, which a session comes back with. No Qt."""

from collections.abc import Mapping
from typing import Literal, get_args

Workspace = Literal["Explore", "Train", "Learn"]
WORKSPACES: Mapping[str, Workspace] = {name: name for name in get_args(Workspace)}
"""By their names, which are strings to a signal of Qt's."""
