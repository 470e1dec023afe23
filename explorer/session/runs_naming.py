"""What runs that are compared are called: by what sets them apart from the kept runs of the same name. No Qt."""

from collections.abc import Callable

from explorer.session.moment import Moment
from explorer.session.runs import LONGEST_NAME, Runs, unused
from explorer.session.runs_table import activation_words, batch_words, network_words

APART: tuple[Callable[[Moment], str], ...] = (
    lambda moment: moment.subject.title,
    network_words,
    activation_words,
    lambda moment: f"batch {batch_words(moment)}",
    lambda moment: f"seed {moment.settings.seed}",
)
"""What may stand behind a name, in the order it is tried."""


def name_apart(runs: Runs, name: str, moment: Moment) -> str:
    """Return a name that no kept run has: "SGD 0.1", or "SGD 0.1 · Circles" where that is of other data.

    Where a run of the same name differs in nothing that can be told in so few words, a number follows.
    """
    words = name
    while (rival := next((run.moment for run in runs if run.name == words), None)) is not None:
        term = next((tell(moment) for tell in APART if tell(moment) != tell(rival)), "")
        if not term or len(f"{words} · {term}") > LONGEST_NAME:
            break
        words = f"{words} · {term}"
    return unused({run.name for run in runs}, words)
