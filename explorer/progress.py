"""The progress bar on standard error: one way for every command that may take long."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from tqdm import tqdm


@contextmanager
def progress(
    total: int, unit: str, *, quiet: bool = False, delay: float = 0, scaled: bool = False
) -> Iterator["tqdm[NoReturn]"]:
    """Show a progress bar on standard error, if there is one, after ``delay`` seconds; ``scaled`` counts in k, M, G."""
    tqdm.monitor_interval = 0  # no thread that watches the bar: its units are short
    hidden = quiet or sys.stderr is None
    with tqdm(
        total=total,
        unit=unit,
        disable=hidden,
        delay=delay,
        file=sys.stderr,
        dynamic_ncols=True,
        unit_scale=scaled,
        unit_divisor=1024 if scaled else 1000,
    ) as bar:
        yield bar
