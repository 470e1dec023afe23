"""The arrangements of the window by their names, which its first frame and saved sessions need and nothing else."""

from collections.abc import Mapping
from typing import Literal, get_args

Workspace = Literal["Explore", "Train", "Learn"]
WORKSPACES: Mapping[str, Workspace] = {name: name for name in get_args(Workspace)}
"""By their names, which are strings to a signal of Qt's."""
