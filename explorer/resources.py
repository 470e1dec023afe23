"""What travels with the program: its assets, in the installed package or at the top of a checkout, and its version."""

from functools import cache
from pathlib import Path

DISTRIBUTION = "backprop-explorer"


@cache
def assets() -> Path:
    """Return the folder of data sets, problems, notations, fonts, icons and pictures."""
    package = Path(__file__).resolve().parent
    installed = package / "assets"
    return installed if installed.is_dir() else package.parent / "assets"


@cache
def program_version() -> str:
    """Return the version of the installed program, or "unknown" where it runs without being installed."""
    from importlib import metadata  # noqa: PLC0415 (20 ms that no window waits for)

    try:
        return metadata.version(DISTRIBUTION)
    except metadata.PackageNotFoundError:
        return "unknown"
