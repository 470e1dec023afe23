"""Where the assets lie: inside the installed package, or at the top of a checkout."""

from functools import cache
from pathlib import Path


@cache
def assets() -> Path:
    """Return the folder of data sets, problems, notations, fonts, icons and pictures."""
    package = Path(__file__).resolve().parent
    installed = package / "assets"
    return installed if installed.is_dir() else package.parent / "assets"
