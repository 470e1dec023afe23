"""The worksheet of the pass that is shown, which says of what it is."""

from explorer.session.columns import place_in_file
from explorer.session.counting import updates_words
from explorer.session.guests_told import guest_words
from explorer.session.state import State
from explorer.tape.formats.worksheet import to_worksheet


def worksheet(state: State, digits: int) -> str:
    """Return the shown pass as a worksheet with so many significant digits: a page as HTML."""
    return to_worksheet(state.tape, state.script, state.subject.title, digits, about(state))


def about(state: State) -> str:
    """Return which pass it is: of which samples, and after how many updates."""
    return f"The pass of {samples(state)}, {updates_words(state)}."


def samples(state: State) -> str:
    """Return which samples the pass is of."""
    where = f" ({found})" if (found := place_in_file(state)) else ""
    if state.guest is not None:
        return guest_words(state).partition(";")[0] + where
    if not state.whole:
        return "the sample" if state.samples == 1 else f"sample {state.sample + 1:,} of {state.samples:,}{where}"
    count = len(state.minibatch)
    return f"all {count:,} samples" if count == state.samples else f"a minibatch of {count:,} samples"
