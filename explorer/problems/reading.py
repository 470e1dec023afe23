"""Reading problems: from a file, from the shelf, from text or from a dictionary."""

import json
import os
from pathlib import Path

from explorer.engine.errors import ExplorerError
from explorer.engine.problem import Problem
from explorer.problems.building import build
from explorer.problems.checks import shortened, suggestion
from explorer.problems.shelf import shelf_names, shelf_path

MOST_BYTES = 256 * 1024 * 1024
"""Largest problem file that is read."""


def load_problem(source: str | os.PathLike[str]) -> Problem:
    """Return the problem of a file, or of the shelf where no such file exists.

    Parameters
    ----------
    source
        A path, or the name of a problem on the shelf; a file that exists wins.

    Raises
    ------
    ExplorerError
        If there is neither, or the file cannot be read or is not a problem; one sentence that names the file,
        the key with its path, what was found and what was expected.
    """
    path, name = Path(source), shown(source)
    if not name:
        raise ExplorerError(f"the name is empty: give a file, or one of {', '.join(shelf_names())}")
    if os.fspath(source) in shelf_names() and not is_file(path):
        path = shelf_path(os.fspath(source))
    data = contents(path, name)
    try:
        return build(parsed(decoded(data)))
    except ExplorerError as error:
        raise ExplorerError(f"{name}: {error}") from None


def problem_from(data: dict[str, object] | str) -> Problem:
    """Return the problem that a dictionary of a problem file's keys, or its JSON text, describes.

    Raises
    ------
    ExplorerError
        In one sentence that names the key with its path, what was found and what was expected.
    """
    return build(parsed(data) if isinstance(data, str) else data)


def shown(source: str | os.PathLike[str]) -> str:
    """Return a path on one line: what cannot be printed, a line break say, as its escape."""
    text = os.fspath(source)
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def is_file(path: Path) -> bool:
    """Tell whether there is a file; a path that cannot even be asked for is none."""
    try:
        return path.is_file()
    except OSError:
        return False


def contents(path: Path, name: str) -> bytes:
    """Return the bytes of a file of a sane size."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        names = ", ".join(shelf_names())
        hint = suggestion(name, shelf_names())
        raise ExplorerError(f"{name} is neither a file nor on the shelf, which holds {names}{hint}") from None
    except IsADirectoryError:
        raise ExplorerError(f"{name} is a folder: expected a problem file") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise ExplorerError(f"{name} cannot be read ({reason}): choose a file that you may read") from None
    if len(data) > MOST_BYTES:
        raise ExplorerError(f"{name} is larger than {MOST_BYTES // 2**20} MB: expected a problem file of fewer samples")
    return data


def decoded(data: bytes) -> str:
    """Return UTF-8 text, without the byte order mark that some editors write."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExplorerError(f"byte {error.start} is not UTF-8: expected the JSON text of a problem file") from None


def parsed(text: str) -> object:
    """Return what the JSON text holds; a key that stands twice in one object is refused."""
    try:
        return json.loads(text, object_pairs_hook=unique)
    except json.JSONDecodeError as error:
        reason = error.msg[:1].lower() + error.msg[1:]
        raise ExplorerError(f"line {error.lineno}, column {error.colno} is not JSON: {reason}") from None
    except RecursionError:
        raise ExplorerError("lists or objects are nested too deeply: expected the keys of a problem file") from None
    except ValueError:
        raise ExplorerError("a whole number has thousands of digits: expected finite numbers") from None


def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return the object of those keys, each of which must stand once."""
    keys = dict(pairs)
    if len(keys) < len(pairs):
        names = [key for key, _ in pairs]
        twice = next(key for key in keys if names.count(key) > 1)
        raise ExplorerError(f"key {shortened(twice)} stands twice in one object: expected it once")
    return keys
