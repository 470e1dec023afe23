"""How late the window's events come while a large table of one's own is read, framed, scaled, opened and given up.

    QT_QPA_PLATFORM=offscreen uv run python -m tests.benchmarks.bench_reading [--megabytes 1000]

The table is written to a temporary folder: ten columns of numbers and a class. Lateness is that of a precise timer on
the window's thread; other programs on the machine add to it.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from msgspec.structs import replace

from explorer.app import application, create_window
from explorer.panels.data.data_dialog import DataDialog
from tests.benchmarks.bench_engine import machine, say
from tests.benchmarks.bench_live import Lateness, live
from tests.benchmarks.bench_window import resident

if TYPE_CHECKING:
    from explorer.panels.main_window import MainWindow

TURN = 0.02
LONGEST = 300.0
ROWS = 50_000
GIVEN_UP_AFTER = (0.05, 0.5, 2.0)
"""Seconds of reading after which it is given up."""


def write_table(path: Path, megabytes: float) -> None:
    """Write a table of about that size."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(ROWS, 10))
    lines = [",".join(f"{value:.6f}" for value in row) for row in X.tolist()]
    block = "".join(f"{line},{int(row[0] > row[1])}\n" for line, row in zip(lines, X, strict=True))
    with path.open("w", encoding="ascii") as file:
        file.write(",".join([*(f"c{column}" for column in range(10)), "y"]) + "\n")
        for _ in range(max(round(megabytes * 1e6 / len(block)), 1)):
            file.write(block)


def until(condition: Callable[[], bool]) -> float:
    """Let the window live until the condition holds, and return the seconds."""
    begin = time.perf_counter()
    while not condition() and time.perf_counter() - begin < LONGEST:
        live(TURN)
    return time.perf_counter() - begin


def told(what: str, seconds: float, lateness: Lateness) -> None:
    """Print how long something took and how late the timer came meanwhile, and begin anew."""
    late, lateness.late = lateness.late, []
    p50, p99, most = np.percentile(late, (50, 99, 100)) if late else (0.0, 0.0, 0.0)
    say(f"{what:<28} {seconds:7.2f} s   late p50 {p50:5.1f} p99 {p99:5.1f} max {most:6.1f} ms   {resident():6.0f} MB")


def dialog_of(window: "MainWindow") -> DataDialog:
    """Return the dialog that is open."""
    found = window.files.opener.dialog
    if not isinstance(found, DataDialog):
        raise TypeError("no dialog of data is open")
    return found


def measure(window: "MainWindow", path: Path, lateness: Lateness, pace: float) -> None:
    """Read, frame, scale, open and train; then read again and give up."""
    window.files.open_named(str(path))
    dialog = dialog_of(window)
    told("read", until(dialog.open_button.isEnabled), lateness)
    dialog.choose(replace(dialog.choices, target="c0"))
    told("another target", until(dialog.open_button.isEnabled), lateness)
    dialog.choose(replace(dialog.choices, target=None, fitting="range"))
    told("target and scaling", until(dialog.open_button.isEnabled), lateness)
    dialog.open_samples()
    told("scaled and opened", until(lambda: window.session.state.subject.name == str(path)), lateness)
    live(pace)
    window.action("train").trigger()
    live(3 * pace)
    told("trained", 3 * pace, lateness)
    window.action("train").trigger()
    until(lambda: not window.engine.running)
    window.files.open_named("net-s")
    live(pace)
    told("left", pace, lateness)


def give_up(window: "MainWindow", path: Path, seconds: float, lateness: Lateness) -> None:
    """Give a reading up, and print how long the window and its thread take to be rid of it."""
    window.files.open_named(str(path))
    dialog = dialog_of(window)
    live(seconds)
    begin = time.perf_counter()
    dialog.reject()
    gone = time.perf_counter() - begin
    live(0.5)
    told(f"given up after {seconds:.3g} s", gone, lateness)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--megabytes", type=float, default=1000.0)
    parser.add_argument("--file", type=Path, help="a table that is there already")
    parser.add_argument("--pace", type=float, default=1.0, help="multiplies what is waited for (1 s)")
    options = parser.parse_args(arguments)
    say(machine())
    application()
    window = create_window("net-s")
    window.show()
    live(1.0)
    lateness = Lateness()
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = options.file or Path(folder) / "large.csv"
            if options.file is None:
                write_table(path, options.megabytes)
            with lateness.watching():  # not before: while the table is written here, no event comes
                live(options.pace)
                told("at rest", options.pace, lateness)
                for seconds in GIVEN_UP_AFTER:
                    give_up(window, path, seconds * options.pace, lateness)
                measure(window, path, lateness, options.pace)
    finally:
        window.close()


if __name__ == "__main__":
    main()
