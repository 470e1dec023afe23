"""What is told where every gradient of the shown pass is checked at once. No Qt."""

from explorer.engine.errors import ExplorerError
from explorer.session.notice import Lasts, Notice, Tone
from explorer.session.showing import shown_problem
from explorer.session.state import State
from explorer.tape import checking

QUIET = (
    "A mistake is hidden, and the check would tell where: find it, name it in the mistake lab (X), or reveal it there."
)
CHECKABLE = 20_000
"""Parameters up to which checking every gradient takes about a second."""


def gradient_notice(state: State) -> Notice:
    """Return whether every gradient of the shown pass agrees with central differences, or why that is not checked."""
    problem = shown_problem(state)
    if problem.puzzle:
        return Notice(QUIET, Tone.INFORMATION, lasts=Lasts.READ)
    size = problem.network.theta.size
    if size > CHECKABLE:
        words = "parameters are too many to check at once: select an entry, and the step card checks that one"
        return Notice(f"{size:,} {words}")
    try:
        report = checking.check_gradients(problem)
    except ExplorerError as error:
        return Notice(str(error))
    return Notice(report.sentence, Tone.INFORMATION if report.passed else Tone.ERROR, lasts=Lasts.SHOWN)
