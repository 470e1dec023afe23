"""How many updates led to the shown weights: counted as the run counts them, in the same words everywhere. No Qt."""

from explorer.session.state import State


def updates_made(state: State) -> int:
    """Return the step of the run whose weights are shown; where it rests at its best weights, the step of these."""
    rests_at_best = state.front is None and state.run.kept_step is not None
    return state.run.shown_step if rests_at_best else state.network_step


def pass_words(state: State) -> str:
    """Return "pass 3, after 2 updates"."""
    return f"pass {updates_made(state) + 1:,}, {updates_words(state)}"


def updates_words(state: State) -> str:
    """Return "before any update", "after 2 updates" or, with those of a weights file, "after 900 + 2 updates".

    Where early stopping has thrown updates away, the run counts them, and the weights have not had them: "at step 9".
    """
    made, before = updates_made(state), updates_before(state)
    if made != state.memory.updates:
        return f"at step {made:,}"
    if before:
        return f"after {before:,} + {counted(made)}"
    return f"after {counted(made)}" if made else "before any update"


def updates_before(state: State) -> int:
    """Return the updates that a weights file tells of its weights; none where the shown run did not begin at these."""
    past = state.subject.past
    return 0 if past is None else past.info.steps


def counted(updates: int) -> str:
    """Return "1 update" or "2 updates"."""
    return f"{updates:,} update{'' if updates == 1 else 's'}"
