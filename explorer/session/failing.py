"""What is said of a run that failed, for as long as it is the one that is shown. No Qt."""

from explorer.session.divergence import last_good
from explorer.session.history import History
from explorer.session.state import Lasts, Notice, Run, RunStatus

BACK = "back_to_good"
"""The action that a notice of divergence offers."""


def failure_notice(run: Run, history: History) -> Notice | None:
    """Return the notice of a failed run, with the way back to a good step where one is kept; None of any other run."""
    if run.status is not RunStatus.FAILED or not run.failure:
        return None
    offer = BACK if run.diverged_at is not None and last_good(history) is not None else ""
    return Notice(run.failure, details=run.failure_details, offer=offer, lasts=Lasts.FAILED)
