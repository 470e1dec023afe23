"""The arrangements of the window by their names, for the outline, which waits for nothing else, and for saved sessions."""

from collections.abc import Mapping
from typing import Literal, get_args

Workspace = Literal["Explore", "Train", "Learn"]
WORKSPACES: Mapping[str, Workspace] = {name: name for name in get_args(Workspace)}
"""By their names, which are strings to a signal of Qt's."""
