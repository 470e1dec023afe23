"""What is told of all runs together: which curves are drawn, how much is kept, which of those compared was best."""

import math

from explorer.panels.runs.lines import NOTHING
from explorer.panels.runs.mistakes_told import is_of_mistakes, mistakes_verdict
from explorer.panels.theme import Palette
from explorer.panels.training.overlays import Overlay
from explorer.session import Lasts, Notice, State, Tone
from explorer.session.comparable import why_apart
from explorer.session.runs import MOST_BYTES, Runs, coming_colours, drawn_beside, held_bytes
from explorer.session.runs_comparing import Lane

MEGABYTE = 2**20


def kept_notice(name: str, gone: str = "", *, listed: bool) -> Notice:
    """Return that a run is kept, and what gave way to it; where the list is not in sight, with the way to it."""
    offer = "" if listed else "show_runs"
    return Notice(" ".join(filter(None, (f"Kept {name}.", gone))), Tone.INFORMATION, offer=offer, lasts=Lasts.READ)


def overlays_of(state: State, shown_run: int | None, lanes: tuple[Lane, ...], look: Palette) -> tuple[Overlay, ...]:
    """Return what is drawn behind the shown run: runs on the same data, kept ones but for itself, and compared ones."""
    kept = [run for run in visible_runs(state) if run.id != shown_run]
    coming = zip(lanes, coming_colours(state.runs, len(lanes), visible_runs(state)), strict=True)
    compared = [(lane, colour) for lane, colour in coming if not why_apart(lane.subject, state.subject)]
    return (
        *(Overlay(run.name, look.runs[run.colour], run.history) for run in kept),
        *(Overlay(lane.name, look.runs[colour], lane.history) for lane, colour in compared),
    )


def visible_runs(state: State) -> Runs:
    """Return the kept runs whose curves are drawn: those that compare with what is shown, unless they are hidden."""
    return drawn_beside(state.runs, state.subject, state.hidden_runs)


def memory_words(state: State, share: float | None, lanes: int) -> str:
    """Return "3 runs kept · 1.2 of 256 MB", or how far a comparison is."""
    if share is not None:
        return f"comparing {lanes} runs: {share:.0%}"
    if not state.runs:
        return NOTHING
    count = f"{len(state.runs)} run{'s' * (len(state.runs) > 1)} kept"
    apart = sum(bool(why_apart(run.moment.subject, state.subject)) for run in state.runs)
    if apart:
        count = f"{count}, {apart} of other data or units"
    return f"{count} · {held_bytes(state.runs, state.subject) / MEGABYTE:.1f} of {MOST_BYTES / MEGABYTE:.0f} MB"


def ending(lanes: tuple[Lane, ...], failures: tuple[str, ...], wanted: int) -> str:
    """Return what a comparison came to.

    Parameters
    ----------
    failures
        The sentences of the runs that broke by a fault.
    wanted
        The updates that each run was to make.
    """
    if is_of_mistakes(lanes) and lanes[0].run.step:
        return mistakes_verdict(lanes, failures)
    made = [lane for lane in lanes if lane.run.step]
    if not made:
        return "the comparison ended before its first update: choose what to compare anew"
    return verdict(made, wanted)


def verdict(lanes: list[Lane], wanted: int = 0) -> str:
    """Return which of the compared runs came off best, with the number; of runs that were stopped, where they stood.

    Parameters
    ----------
    wanted
        The updates that each run was to make.
    """
    losses = {lane.name: final_loss(lane) for lane in lanes if math.isfinite(final_loss(lane))}
    lost = [lane.name for lane in lanes if lane.run.diverged_at is not None]
    stopped = [lane.run.step for lane in lanes if not lane.done]
    words = f"Compared {len(lanes)} runs, stopped {steps_words(stopped, wanted)}" if stopped else ""
    words = words or f"Compared {len(lanes)} runs"
    if losses:
        best = min(losses, key=losses.__getitem__)
        where = "then" if stopped else "at the end"
        words = f"{words}: the lowest {part_of(lanes)} loss {where}, {losses[best]:.4g}, is that of {best}"
    return f"{words}; {', '.join(lost)} diverged." if lost else f"{words}."


def steps_words(steps: list[int], wanted: int) -> str:
    """Return "at 594 to 604 of 2,000 steps"."""
    low, high = min(steps), max(steps)
    here = f"{low:,}" if low == high else f"{low:,} to {high:,}"
    return f"at {here} of {wanted:,} steps" if wanted else f"at step {here}"


def part_of(lanes: list[Lane]) -> str:
    """Return on which samples the losses of runs are measured: test, or train where none are held out."""
    measured = [lane.run.evaluation for lane in lanes if lane.run.evaluation is not None]
    return "test" if any(not math.isnan(each.test_loss) for each in measured) else "train"


def final_loss(lane: Lane) -> float:
    """Return the last loss on the held-out samples, else on the training samples; NaN where the run diverged."""
    newest = lane.run.evaluation
    if newest is None or lane.run.diverged_at is not None:
        return math.nan
    return newest.train_loss if math.isnan(newest.test_loss) else newest.test_loss
