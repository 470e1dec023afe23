"""The command line: what each command takes, and one sentence and exit code 2 for whatever is wrong with it."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from explorer.engine.errors import ExplorerError
from explorer.resources import program_version

DONE, FAILED, REFUSED = 0, 1, 2
PROGRAM = "backprop-explorer"


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one line."""

    def error(self, message: str) -> NoReturn:
        """Refuse a command line in one sentence; the exit code is 2."""
        self.exit(REFUSED, f"{PROGRAM}: {message}; see '{self.prog} --help'\n")


def parser() -> Parser:
    """Return the parser of every command but the window's."""
    top = Parser(
        prog=PROGRAM,
        description="See backpropagation happen. Without a command, opens the window.",
        epilog=f"'{PROGRAM} FILE' opens the window on a problem or weights file, a shelf problem or a data set.",
    )
    top.add_argument("--version", action="version", version=f"{PROGRAM} {program_version()}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    window = commands.add_parser("window", help="open the window (the same as no command)")
    window.add_argument(
        "file", nargs="?", metavar="FILE", help="a problem or weights file, a shelf problem or a data set"
    )
    commands.add_parser("shelf", help="list the built-in problems")
    add_trace(commands.add_parser("trace", help="print one recorded pass"))
    check = commands.add_parser(
        "check", help="compare every gradient with central differences; exit code 1 if one fails"
    )
    check.add_argument("problem", metavar="PROBLEM", help="a problem file or the name of a shelf problem")
    check.add_argument("--json", action="store_true", help="print the report as JSON")
    add_train(commands.add_parser("train", help="train without a window"))
    tour = commands.add_parser("tour", help="do the main job without a screen and leave pictures of each stage")
    tour.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder for the pictures and files")
    return top


def add_trace(trace: argparse.ArgumentParser) -> None:
    """Add what ``trace`` takes."""
    trace.add_argument("problem", metavar="PROBLEM", help="a problem file or the name of a shelf problem")
    trace.add_argument("--format", default="markdown", choices=("json", "markdown", "latex", "html"))
    trace.add_argument(
        "--notation", default=None, metavar="NAME", help="how it is written (the problem's own if left out)"
    )
    trace.add_argument("--after", type=int, default=0, metavar="K", help="the pass after K updates (0 if left out)")
    trace.add_argument("--out", type=Path, metavar="FILE", help="write to a file and not to standard output")


def add_train(train: argparse.ArgumentParser) -> None:
    """Add what ``train`` takes."""
    train.add_argument("--data", required=True, metavar="NAME", help="a built-in data set: digits, moons, spiral, ...")
    train.add_argument("--hidden", default=None, metavar="64,32", help="units of the hidden layers, from the input")
    train.add_argument(
        "--activation", default=None, metavar="A", help="of the hidden layers: sigmoid, tanh, relu, identity"
    )
    train.add_argument("--optimizer", default="sgd", choices=("sgd",))
    train.add_argument("--learning-rate", type=float, default=None, metavar="R")
    train.add_argument("--batch-size", type=int, default=None, metavar="B")
    train.add_argument("--epochs", type=int, metavar="E", help="passes over the data (about 6,000 updates if left out)")
    train.add_argument("--dtype", default="float64", choices=("float32", "float64"))
    train.add_argument("--seed", type=int, default=0, metavar="S", help="of the split, the weights and the order")
    train.add_argument("--weights", type=Path, metavar="OUT", help="write the weights to OUT.npz or OUT.safetensors")
    train.add_argument("--history", type=Path, metavar="OUT.csv", help="write the curves, a row an epoch")
    train.add_argument("--json", action="store_true", help="print one summary object and no progress bar")


COMMANDS = ("window", "shelf", "trace", "check", "train", "tour")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0 done, 1 a check failed, 2 bad input or usage."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or not (given[0] in COMMANDS or given[0].startswith("-")):
        given = ["window", *given]
    try:
        return run(parser().parse_args(given))
    except ExplorerError as error:
        print(f"{PROGRAM}: {error}", file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        sys.stderr.close()
        return DONE
    except KeyboardInterrupt:
        print(f"{PROGRAM}: stopped", file=sys.stderr)
        return FAILED


def run(options: argparse.Namespace) -> int:
    """Carry out a parsed command; each imports only what it needs."""
    if options.command == "window":
        from explorer.app import run_window

        return run_window(options.file)
    if options.command == "tour":
        from explorer.tour import tour

        return tour(options.out)
    from explorer.commands import TEXT_COMMANDS

    return TEXT_COMMANDS[options.command](options)
