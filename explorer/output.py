"""Standard output and error as a command may find them: full, closed, cut off, or unable to write a ∂."""

import io
import os
import sys
from contextlib import suppress

from explorer.engine.errors import ExplorerError

PROGRAM = "backprop-explorer"
REFUSED = 2
"""The exit code of what is refused."""


def prepare_output() -> None:
    """Write what the terminal's encoding lacks as its escape, and not as a traceback."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def say(text: str) -> None:
    """Write a text that ends its line to standard output, at once.

    Raises
    ------
    ExplorerError
        If it cannot be written.
    BrokenPipeError
        If the reader went away.
    """
    if sys.stdout is None:
        raise ExplorerError("standard output is closed: leave it open, or send it to a file with > FILE")
    try:
        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
    except OSError as error:
        raise refusal(error) from error
    flush_output()


def flush_output() -> None:
    """Write out what waits, here and not at the exit of Python, where nobody can tell a failure in a sentence."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as error:
        raise refusal(error) from error


def refusal(error: OSError) -> OSError | ExplorerError:
    """Return what a failed write means: a broken pipe stays one; nothing more is written to either."""
    silence_output()
    if isinstance(error, BrokenPipeError):
        return error
    words = error.strerror or type(error).__name__
    return ExplorerError(f"standard output cannot be written ({words}): make room, or send it to another place")


def silence_output() -> None:
    """Send what still waits for standard output nowhere, as the end of the program would try again to write it."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(sentence: str) -> None:
    """Write one line to standard error, if there is one."""
    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.write(f"{PROGRAM}: {sentence}\n")
            sys.stderr.flush()
