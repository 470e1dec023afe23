"""The commands that print: shelf, trace, check; with ``train``, all that need no Qt."""

import argparse
from collections.abc import Callable
from pathlib import Path

from explorer.answer_command import answers_json, answers_text, judged_answers
from explorer.data import DATASETS
from explorer.engine.errors import ExplorerError
from explorer.engine.problem import Problem
from explorer.files import FORMATS as WEIGHTS_FORMATS
from explorer.files import check_writable, write_atomically
from explorer.files.sessions import is_session
from explorer.output import complain, say
from explorer.problems import load_problem, shelf, shelf_names
from explorer.problems.reading import is_file
from explorer.progress import progress
from explorer.tape import notation, record
from explorer.tape.checking.gradcheck import check_gradients
from explorer.tape.checking.gradtext import table, to_json
from explorer.tape.finite import departure, first_not_finite
from explorer.tape.formats import FORMATS
from explorer.tape.record import updated
from explorer.training_command import train

BAR_AFTER = 1.0
"""Seconds of work after which a progress bar appears."""


def print_shelf(_options: argparse.Namespace) -> int:
    """List the built-in problems by name."""
    entries = shelf()
    width = max(len(entry.name) for entry in entries)
    say("\n".join(f"{entry.name:<{width}}  {entry.title}" for entry in entries))
    return 0


def named_problem(name: str) -> Problem:
    """Return the problem of that file or on the shelf; what only the window or ``train`` takes is told so."""
    if is_file(Path(name)):
        if is_session(name):
            raise ExplorerError(f"{name} is a session and no problem: 'backprop-explorer {name}' opens it")
        if Path(name).suffix.lower() in WEIGHTS_FORMATS:
            raise ExplorerError(f"{name} is a weights file and no problem: 'backprop-explorer {name}' opens it")
    elif name in DATASETS and name not in shelf_names():
        raise ExplorerError(
            f"{name} is a data set and no problem: 'backprop-explorer train --data {name}' trains on it"
        )
    return load_problem(name)


def print_trace(options: argparse.Namespace) -> int:
    """Print a tape, or write it to a file."""
    if options.after < 0:
        raise ExplorerError(f"--after {options.after}: expected 0 or more updates")
    problem = named_problem(options.problem)
    written = notation(options.notation or problem.notation, options.layout)
    if options.out is not None:
        check_writable(options.out)
    tape = record(after_updates(problem, options.after))
    text = FORMATS[options.format](tape, written, problem.title)
    if options.out is None:
        say(text)
    else:
        write_atomically(options.out, text.encode())
    broken = first_not_finite(tape)
    if broken:
        complain(f"{departure(broken)}: lower the learning rate, or scale the inputs or the weights down")
    return 0


def after_updates(problem: Problem, count: int) -> Problem:
    """Return the problem after so many full-batch updates, which show a progress bar if they take long."""
    with progress(count, "update", delay=BAR_AFTER) as bar:
        for _ in range(count):
            problem = updated(problem, record(problem))
            bar.update()
    return problem


def print_check(options: argparse.Namespace) -> int:
    """Print the gradient check of every block, or what is to be said of answers; 1 where one fails."""
    problem = named_problem(options.problem)
    if options.answer:
        verdicts = judged_answers(problem, options.answer)
        say(answers_json(verdicts) if options.json else answers_text(verdicts))
        return 0 if all(verdict.is_right for verdict in verdicts.values()) else 1
    report = check_gradients(problem, criterion=options.criterion, method=options.method)
    say(to_json(report) if options.json else table(report))
    return 0 if report.passed else 1


TEXT_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "shelf": print_shelf,
    "trace": print_trace,
    "check": print_check,
    "train": train,
}
