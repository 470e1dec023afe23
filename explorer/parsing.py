"""What each command takes; apart from the command line itself, for the window needs none of it."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from explorer.output import PROGRAM, REFUSED, flush_output
from explorer.resources import program_version
from explorer.train_options import add_train

CRITERIA = ("explorer", "cs224d", "cs231n", "deeplearning.ai")
"""The criteria of a gradient check, written out so that ``--help`` loads nothing; a test holds them to the table."""


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one line."""

    def error(self, message: str) -> NoReturn:
        """Refuse a command line in one sentence; the exit code is 2."""
        self.exit(REFUSED, f"{PROGRAM}: {message}; see '{self.prog} --help'\n")


class Version(argparse.Action):
    """Says which version this is, which takes longer to find out than all else that is parsed."""

    def __call__(self, parser: argparse.ArgumentParser, *_given: object) -> None:
        """Say it and end the program."""
        parser.exit(message=f"{PROGRAM} {program_version()}\n")


def parser() -> Parser:
    """Return the parser of every command."""
    top = Parser(
        prog=PROGRAM,
        description="See backpropagation happen. Without a command, opens the window.",
        epilog=f"'{PROGRAM} FILE' opens the window on a problem, a session, weights or data.",
    )
    top.add_argument("--version", action=Version, nargs=0, help="show the program's version and end")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    window = commands.add_parser("window", help="open the window (the same as no command)")
    window.add_argument(
        "file", nargs="?", metavar="FILE", help="a problem, session or weights file, a shelf problem or a data set"
    )
    commands.add_parser("shelf", help="list the built-in problems")
    add_trace(commands.add_parser("trace", help="print one recorded pass"))
    add_check(
        commands.add_parser(
            "check", help="compare every gradient with differences of the loss; exit code 1 if one fails"
        )
    )
    add_train(commands.add_parser("train", help="train without a window"))
    tour = commands.add_parser("tour", help="do the main job without a screen and leave pictures of each stage")
    tour.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder for the pictures and files")
    return top


def add_trace(trace: argparse.ArgumentParser) -> None:
    """Add what ``trace`` takes."""
    trace.add_argument("problem", metavar="PROBLEM", help="a problem file or the name of a shelf problem")
    trace.add_argument(
        "--format", default="markdown", choices=("json", "markdown", "latex", "html"), help="(default: markdown)"
    )
    trace.add_argument(
        "--notation",
        default=None,
        metavar="NAME",
        help="how it is written: row, column, bracket, delta or write-up-004 (the problem's own if left out); "
        "the arrays of json stay in rows",
    )
    trace.add_argument(
        "--layout",
        default="denominator",
        choices=("denominator", "numerator"),
        help="whether a gradient has the shape of what it is taken by, or the transposed shape (default: denominator)",
    )
    trace.add_argument("--after", type=int, default=0, metavar="K", help="the pass after K updates (0 if left out)")
    trace.add_argument("--out", type=Path, metavar="FILE", help="write to a file and not to standard output")


def add_check(check: argparse.ArgumentParser) -> None:
    """Add what ``check`` takes."""
    check.add_argument("problem", metavar="PROBLEM", help="a problem file or the name of a shelf problem")
    check.add_argument("--json", action="store_true", help="print the report as JSON")
    check.add_argument(
        "--criterion", default=CRITERIA[0], choices=CRITERIA, help=f"what counts as agreement (default: {CRITERIA[0]})"
    )
    check.add_argument(
        "--method",
        default="central",
        choices=("central", "complex"),
        help="central differences, or complex steps, which are exact but for rounding (default: central)",
    )
    check.add_argument(
        "--answer",
        action="append",
        metavar="STEP=FILE",
        help="judge an own answer to a step in place of the gradients, such as dJ/dW1=mine.txt; may be given often",
    )


def parsed(given: Sequence[str]) -> argparse.Namespace:
    """Return the options; what ``--help`` and ``--version`` print is written out before they end the program."""
    try:
        return parser().parse_args(given)
    finally:
        flush_output()
