"""The command line: which command is meant, and one sentence and exit code 2 for whatever is wrong with it."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from explorer.engine.errors import ExplorerError
from explorer.output import PROGRAM, REFUSED, complain, prepare_output

if TYPE_CHECKING:
    from argparse import Namespace

DONE, STOPPED = 0, 130
CHOICES = ("target", "without", "task", "missing", "labels", "header", "separator", "scaling", "decimal", "test-share")
"""The options of ``train`` for which the window has a dialog of its own; a test holds them to those."""
COMMANDS = ("window", "shelf", "trace", "check", "train", "tour")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0 done, 1 a check failed, 2 bad input or usage, 130 stopped by Ctrl-C."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        prepare_output()
        if not given or not (given[0] in COMMANDS or given[0].startswith("-")):
            refuse_misspelled(given)
            refuse_choices(given)
            if len(given) < 2:
                return open_window(*given)
            given = ["window", *given]
        from explorer.parsing import parsed

        return run(parsed(given))
    except ExplorerError as error:
        complain(str(error))
        return REFUSED
    except BrokenPipeError:
        return DONE
    except KeyboardInterrupt:
        complain("stopped")
        return STOPPED


def refuse_misspelled(given: Sequence[str]) -> None:
    """Refuse a first word with more behind it: the window takes one file and nothing else.

    Raises
    ------
    ExplorerError
        With the command that was meant, where one is near.
    """
    if len(given) > 1 and not given[1].startswith("-"):
        from difflib import get_close_matches

        near = get_close_matches(given[0], COMMANDS, 1)
        hint = (
            f"did you mean '{PROGRAM} {near[0]}'?" if near else f"use one of {', '.join(COMMANDS)}, or one FILE alone"
        )
        raise ExplorerError(f"{given[0]!r} is no command: {hint}")


def refuse_choices(given: Sequence[str]) -> None:
    """Refuse how a file is to be read beside it: the window asks for that itself.

    Raises
    ------
    ExplorerError
        With the first option that is one of ``train``.
    """
    option = next((word.partition("=")[0] for word in given[1:] if word.startswith("--")), "")
    if option.removeprefix("--") in CHOICES:
        raise ExplorerError(f"{option} is an option of 'train': leave it out here, the window asks how a file is read")


def open_window(name: str | None = None) -> int:
    """Open the window, on what is named."""
    from explorer.app import run_window

    return run_window(name)


def run(options: "Namespace") -> int:
    """Carry out a parsed command; each imports only what it needs."""
    if options.command == "window":
        return open_window(options.file)
    if options.command == "tour":
        from explorer.tour import tour

        return tour(options.out)
    from explorer.commands import TEXT_COMMANDS

    return TEXT_COMMANDS[options.command](options)
