"""The data of the command ``train``: a built-in set or a file, read under a progress bar, and their preview in text."""

import argparse
from pathlib import Path

from msgspec.structs import replace

from explorer.data import DATASETS, TEST_SHARE, Choices, DataSet, load_dataset, preview_of_data
from explorer.data.preview_text import preview_text
from explorer.engine.errors import ExplorerError
from explorer.files.datasets import Loaded, reading
from explorer.files.sessions import is_session
from explorer.output import say
from explorer.problems.checks import suggestion
from explorer.problems.reading import is_file, shown
from explorer.progress import progress

SEPARATORS = {"tab": "\t", "\\t": "\t", "space": " ", "comma": ",", "semicolon": ";"}
MOST_TOLD = 8
"""Columns that are told one by one why they are left out."""
OF_FILES = {
    "target": None,
    "without": None,
    "taken": None,
    "labels": None,
    "header": None,
    "separator": None,
    "decimal": None,
    "scaling": None,
}
"""The options that mean something to a file only, as they are where they are left out."""


def chosen_data(options: argparse.Namespace) -> DataSet:
    """Return the samples that the options name.

    Raises
    ------
    ExplorerError
        If there is no such set and no such file, or the file cannot be trained on.
    """
    if is_built_in(options):
        return replace(load_dataset(options.data), test_share=checked_share(options.test_share))
    found = loaded(options)
    data = found.samples()
    if not options.json:
        say_left_out(found, choices_of(options))
    return data


def say_left_out(found: Loaded, choices: Choices) -> None:
    """Say which columns of a table are left out though nobody said so, and why."""
    wanted = frozenset() if found.table is None else choices.left_out(found.table.names)
    out = [f"{line.name} {line.why}" for j, line in enumerate(found.preview.columns) if line.why and j not in wanted]
    more = f", and {len(out) - MOST_TOLD:,} more" if len(out) > MOST_TOLD else ""
    if out:
        say(f"left out: {', '.join(out[:MOST_TOLD])}{more} (--with takes columns in)")


def print_preview(options: argparse.Namespace) -> None:
    """Print what is in the data.

    Raises
    ------
    ExplorerError
        If they cannot be read, or, after the preview, if they cannot be trained on.
    """
    if is_built_in(options):
        say(preview_text(preview_of_data(load_dataset(options.data))))
        return
    found = loaded(options)
    say(preview_text(found.preview))
    found.samples()


def is_built_in(options: argparse.Namespace) -> bool:
    """Tell whether the name is that of a built-in set; what is neither that nor a file is refused."""
    name, path = options.data, Path(options.data)
    if name not in DATASETS:
        if not (is_file(path) or path.exists()):
            near = suggestion(name, DATASETS) or f": use one of {', '.join(DATASETS)}, or name a file"
            raise ExplorerError(f"{shown(name)} is no data set and no file{near}")
        if is_session(path):
            raise ExplorerError(f"{shown(name)} is a session and no samples: 'backprop-explorer FILE' opens it")
        return False
    for option, usual in OF_FILES.items():
        if getattr(options, option) != usual:
            told = "with" if option == "taken" else option
            raise ExplorerError(f"--{told} means nothing to the built-in set {name}: it is for files")
    return True


def loaded(options: argparse.Namespace) -> Loaded:
    """Read the file under a progress bar, which comes only if it takes long."""
    steps = reading(options.data, choices_of(options))
    with progress(0, "B", quiet=options.json, delay=0.5, scaled=True) as bar:
        while True:
            try:
                step = next(steps)
            except StopIteration as end:
                found: Loaded = end.value
                return found
            bar.total = step.total
            bar.update(step.done - bar.n)


def checked_share(share: float | None) -> float:
    """Return the share of the samples that is held out.

    Raises
    ------
    ExplorerError
        If it is no share.
    """
    if share is not None and not 0 < share < 1:
        raise ExplorerError(f"--test-share {share}: expected a number above 0 and below 1, such as 0.25")
    return TEST_SHARE if share is None else share


def columns_named(text: str | None) -> tuple[str, ...]:
    """Return the names, or numbers, that stand between commas."""
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())


def choices_of(options: argparse.Namespace) -> Choices:
    """Return what the options say about the file.

    Raises
    ------
    ExplorerError
        If the separator is no single character.
    """
    separator = SEPARATORS.get(options.separator, options.separator)
    if separator is not None and (len(separator) != 1 or separator in '"\n\r' or separator.isalnum()):
        raise ExplorerError(f"--separator {options.separator!r}: expected one character such as ; or the word tab")
    return Choices(
        target=options.target,
        without=columns_named(options.without),
        taken=columns_named(options.taken),
        task=options.task,
        missing=options.missing,
        labels=options.labels,
        header=None if options.header is None else options.header == "yes",
        separator=separator,
        decimal=options.decimal,
        fitting=options.scaling,
        test_share=checked_share(options.test_share),
    )
