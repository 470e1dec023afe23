"""The names in a page's expressions, looked up before anything runs: each stands for something, or is refused."""

import ast
from collections.abc import Mapping, Sequence

from explorer.engine.errors import ExplorerError
from explorer.lessons.expressions import parsed
from explorer.lessons.functions import CONSTANTS, DRAWS, FUNCTIONS
from explorer.lessons.lesson import Bars, Experiment, Grid, Line, Question
from explorer.problems.checks import suggestion


def names_in(text: str) -> tuple[set[str], set[str]]:
    """Return the names of values, and those of functions, that an expression uses."""
    nodes = list(ast.walk(parsed(text)))
    called = {node.func.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    return {node.id for node in nodes if isinstance(node, ast.Name)} - called, called


def check(part: Experiment | Question) -> None:
    """Refuse a part with names in its expressions that nothing stands for, or whose fields do not go together.

    Raises
    ------
    ExplorerError
        If there is one.
    """
    if isinstance(part, Question):
        check_question(part)
    else:
        check_experiment(part)


def check_question(question: Question) -> None:
    """Refuse a question with unknown names, or whose parts do not go together."""
    check_all(question.given, set())
    check_all(question.another, set(), DRAWS)
    check_all(question.let, set(question.given))
    check_names(question.answer, {*question.given, *question.let})
    if set(question.another) - set(question.given):
        raise ExplorerError("another: expected names that stand in given, too")
    if (question.kind == "choice") != bool(question.choices):
        raise ExplorerError("choices: expected for a question of the kind choice, and for no other")


def check_experiment(experiment: Experiment) -> None:
    """Refuse an experiment with unknown names."""
    known = {slider.name for slider in experiment.slider}
    check_all(experiment.let, known)
    known |= set(experiment.let)
    shown: tuple[Bars | Grid | Line, ...] = (*experiment.bars, *experiment.grid, *experiment.line)
    for each in shown:
        check_names(each.value, known)
    for note in experiment.note:
        check_names(note.when, known)
    for curve in experiment.curve:
        for text in (*curve.lines.values(), *filter(None, (curve.slope,))):
            check_names(text, known | {curve.over})


def check_all(texts: Mapping[str, str], known: set[str], more: Sequence[str] | Mapping[str, object] = ()) -> None:
    """Refuse unknown names in expressions that may use those before them."""
    known = set(known)
    for name, text in texts.items():
        check_names(text, known, more)
        known.add(name)


def check_names(text: str, known: set[str], more: Sequence[str] | Mapping[str, object] = ()) -> None:
    """Refuse names that nothing stands for, or functions that there are not."""
    values, called = names_in(text)
    for used, there in ((values, {*known, *CONSTANTS}), (called, {*FUNCTIONS, *more})):
        for name in sorted(used - there):
            raise ExplorerError(f"“{text}” uses {name}, which is not known{suggestion(name, sorted(there))}")
