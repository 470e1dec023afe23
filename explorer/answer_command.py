"""``check --answer``: answers to steps, each in a text file, judged as the window judges them."""

from collections.abc import Sequence

import msgspec

from explorer.engine.errors import ExplorerError
from explorer.engine.problem import Problem
from explorer.files import read_bytes
from explorer.lessons.answers import Question, Verdict, judge_text
from explorer.problems.checks import suggestion
from explorer.tape import Tape, notation, record

MOST_BYTES = 16 * 1024 * 1024
"""Largest file of an answer that is read."""


def judged_answers(problem: Problem, given: Sequence[str]) -> dict[str, Verdict]:
    """Return the verdict on each answer, given as "dJ/dW1=mine.txt", in the problem's notation.

    Raises
    ------
    ExplorerError
        If a step is unknown, or a file cannot be read; one sentence that names it.
    """
    tape, verdicts = record(problem), {}
    for text in given:
        step, name = parted(text, tape)
        answer = read_bytes(name, MOST_BYTES).decode("utf-8-sig", errors="replace")
        try:
            verdicts[step] = judge_text(Question(problem, tape, step, notation(problem.notation)), answer)
        except ExplorerError as error:
            raise ExplorerError(f"{name}: {error}") from None
    return verdicts


def parted(text: str, tape: Tape) -> tuple[str, str]:
    """Return the step and the file of an answer; the name of a step holds no "="."""
    step, sign, name = text.partition("=")
    if not sign or not name:
        raise ExplorerError(f"--answer {text}: expected STEP=FILE, such as dJ/dW1=mine.txt")
    if step not in tape:
        steps = [step.id for step in tape.steps]
        near = suggestion(step, steps) or f": it has {', '.join(steps)}"
        raise ExplorerError(f"--answer {text}: the pass has no step {step!r}{near}")
    return step, name


def answers_text(verdicts: dict[str, Verdict]) -> str:
    """Return what is said of each answer, a line each, explanations below."""
    lines = []
    for step, verdict in verdicts.items():
        lines += [f"{step}: {verdict.sentence}", *(f"  {note}" for note in verdict.notes)]
        for found in verdict.findings:
            lines.append("  " + "; ".join(filter(None, ("" if found.sure else "perhaps", found.words, found.advice))))
    return "\n".join(lines)


def answers_json(verdicts: dict[str, Verdict]) -> str:
    """Return the verdicts as JSON, by step."""
    told = {
        step: {"right": v.is_right, "kind": v.kind, "sentence": v.sentence, "notes": v.notes, "findings": v.findings}
        for step, v in verdicts.items()
    }
    return msgspec.json.format(msgspec.json.encode(told), indent=2).decode()
