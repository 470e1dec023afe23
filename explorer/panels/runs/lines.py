"""What the list of runs shows of each: a kept one, or one that is being compared. No Qt."""

import math
from collections.abc import Sequence

from msgspec import Struct

from explorer.session import Evaluation, Run, State
from explorer.session.comparable import why_apart
from explorer.session.runs import KeptRun, coming_colours, drawn_beside
from explorer.session.runs_comparing import Lane
from explorer.session.runs_table import settings_words
from explorer.tape.numbers import shown

DIGITS, ROOM = 3, 7
"""Of the numbers: their digits, and characters at most."""
NOTHING = "no run kept"
"""What is said of an empty list."""


class Line(Struct, frozen=True):
    """A line of the list.

    Attributes
    ----------
    run_id
        Of a kept run; None for one that is being compared.
    visible
        True where its curves are drawn.
    here
        True where the window shows that run, as it was kept.
    loss, accuracy
        On the held-out samples where there are any, else on the training samples.
    part
        Which of these: "test" or "train"; empty where nothing is measured.
    quiet
        True where nobody asked for it to be kept.
    tip
        Its settings, and whether it gives way to newer ones.
    """

    run_id: int | None
    name: str
    colour: int
    visible: bool
    here: bool
    loss: str
    accuracy: str
    steps: str
    tip: str
    part: str = ""
    quiet: bool = False


def lines_of(state: State, shown_run: int | None, lanes: Sequence[Lane]) -> tuple[Line, ...]:
    """Return a line for each run that is being compared, for these are looked at, and then for each kept one."""
    drawn = drawn_beside(state.runs, state.subject, state.hidden_runs)
    colours = coming_colours(state.runs, len(lanes), drawn)
    return (
        *(line_of_lane(lane, state, colour) for lane, colour in zip(lanes, colours, strict=True)),
        *(line_of_run(run, state, shown_run) for run in state.runs),
    )


def line_of_run(run: KeptRun, state: State, shown_run: int | None) -> Line:
    """Return the line of a kept run; where it does not compare with what is shown, its curves are not drawn."""
    moment = run.moment
    apart = why_apart(moment.subject, state.subject)
    tip = [f"{moment.subject.title}: {settings_words(moment)}", *([apart] if apart else [])]
    if run.quiet:
        tip.append("Kept by itself (in italics): gives way to newer ones unless longest, renamed or kept (menu).")
    visible = not apart and run.id not in state.hidden_runs
    numbers = number_words(moment.run, run.evaluation)
    part, here = part_of(run.evaluation), run.id == shown_run
    return Line(run.id, run.name, run.colour, visible, here, *numbers, "\n".join(tip), part, run.quiet)


def line_of_lane(lane: Lane, state: State, colour: int) -> Line:
    """Return the line of a run that is being compared; its curves are drawn where the window shows its data."""
    apart = why_apart(lane.subject, state.subject)
    tip = f"Being compared on {lane.subject.title}. {apart}" if apart else "being compared"
    numbers = number_words(lane.run, lane.run.evaluation)
    return Line(None, lane.name, colour, not apart, False, *numbers, tip, part_of(lane.run.evaluation))


def part_of(evaluation: Evaluation | None) -> str:
    """Return which samples the loss of a line is measured on."""
    return "" if evaluation is None else "train" if math.isnan(evaluation.test_loss) else "test"


def number_words(run: Run, evaluation: Evaluation | None) -> tuple[str, str, str]:
    """Return loss, accuracy and steps."""
    if run.diverged_at is not None:
        return "diverged", "", f"{run.diverged_at:,}"
    if evaluation is None:
        return "", "", f"{run.step:,}"
    held_out = not math.isnan(evaluation.test_loss)
    loss = evaluation.test_loss if held_out else evaluation.train_loss
    accuracy = evaluation.test_accuracy if held_out else evaluation.train_accuracy
    return number(loss), number(accuracy), f"{run.shown_step:,}"


def number(value: float) -> str:
    """Return a number in words; nothing where there is none."""
    return "" if math.isnan(value) else shown(value, DIGITS, room=ROOM)
