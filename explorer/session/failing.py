"""What is said of a run that failed, for as long as it is the one that is shown. No Qt."""

from msgspec.structs import replace

from explorer.session.divergence import last_good
from explorer.session.history import History
from explorer.session.notice import Lasts, Notice, Tone
from explorer.session.run import Run, RunStatus
from explorer.session.state import State

BACK, LOWER, SCALE = "back_to_good", "lower_rate", "scale_inputs"
"""The actions that a notice of divergence offers: go back; with the rate that is proposed; open the samples scaled."""


def failure_notice(run: Run, history: History) -> Notice | None:
    """Return the notice of a failed run, with the way back to a good step where one is kept; None of any other run."""
    if run.status is not RunStatus.FAILED or not run.failure:
        return None
    goes_back = run.diverged_at is not None and last_good(history) is not None
    offer = SCALE if run.scales else "" if not goes_back else LOWER if run.remedy_rate else BACK
    return Notice(run.failure, details=run.failure_details, offer=offer, lasts=Lasts.FAILED)


def told_again(old: State, new: State, history: History) -> State:
    """Return the new state; where another notice that stood in the place of a failure is gone, the failure is back."""
    before = old.notice
    if new.notice is not None or before is None or before.lasts is Lasts.FAILED:
        return new
    failure = failure_notice(new.run, history)
    return new if failure is None else replace(new, notice=failure)


def remedy_notice(state: State) -> Notice | None:
    """Return what is still to be done after going back from a divergence, for it would diverge again; or None."""
    run, rate = state.run, state.settings.learning_rate
    if run.scales:
        text, offer = "The inputs are still as large as they were, so the run will diverge again: scale them.", SCALE
    elif run.remedy_rate:
        text = f"The learning rate is still {rate:g}, so the run may diverge again: set it to {run.remedy_rate:g}."
        offer = LOWER
    else:
        return None
    return Notice(text, Tone.INFORMATION, offer=offer, lasts=Lasts.SETTINGS)
