"""The guest of a state: whether it is there still, what it is called, and why nothing is trained on it."""

from msgspec.structs import replace

from explorer.session.guests import Drawn, HeldOut, Walk
from explorer.session.image_style import drawn_name
from explorer.session.pictures.confusion import class_names, classes_of, taken_words
from explorer.session.state import State


def still_there(state: State) -> State:
    """Return the state without a guest or a walk that its subject has no longer."""
    guest, walk, drawing = state.guest, state.walk, state.drawing
    if drawing is not None and drawing.style.shape != state.subject.image_shape:
        drawing = None
    if isinstance(guest, HeldOut) and guest.index >= len(state.subject.test_X):
        guest = None
    if isinstance(guest, Drawn) and drawing is None:
        guest = None
    if walk is not None and not walk.fits(state.subject):
        walk = None
    same = guest is state.guest and walk is state.walk and drawing is state.drawing
    return state if same else replace(state, guest=guest, walk=walk, drawing=drawing)


def guest_name(state: State) -> str:
    """Return what the guest is called; empty where the pass shows a sample to train on."""
    if isinstance(state.guest, HeldOut):
        return f"held-out sample {state.guest.index + 1:,}"
    return drawn_name(state.subject) if isinstance(state.guest, Drawn) else ""


def guest_words(state: State) -> str:
    """Return which sample it is that is not trained on, or one of some that are gone through; else nothing."""
    if isinstance(state.guest, Drawn):
        return f"{guest_name(state)}, {meant_words(state)}; its update is not made"
    common = f", {common_words(state, state.walk)}" if state.walk is not None else ""
    if state.guest is not None:
        return f"{guest_name(state)}{common}; its update is not made"
    return f"sample {state.sample + 1:,}{common}" if common else ""


def common_words(state: State, walk: Walk) -> str:
    """Return what samples of a walk have in common; where the shown one has it no longer, also what holds of it now."""
    given = state.tape.given
    true, taken = (int(classes_of(rows[:1])[0]) for rows in (given["y"], state.network.predict_proba(given["x"])))
    now = taken_words(class_names(state.subject), true, taken)
    if now == walk.words:
        return now
    listed = walk.words.removeprefix(f"{now.partition(' taken ')[0]} ")
    return f"now {now} (listed: {listed})"


def meant_words(state: State) -> str:
    """Return which class the drawn image is meant to be, and who says so."""
    drawing, names = state.drawing, class_names(state.subject)
    if drawing is None or (drawing.is_blank and drawing.target is None):
        return "nothing is drawn yet"
    if drawing.target is None:
        name = names[int(classes_of(state.tape.given["y"][:1])[0])]
        return f"taken for {name}, so y is {name}"
    return "y is chosen" if drawing.label is None else f"y is {names[drawing.label]}, as chosen"


def refusal_to_train(state: State) -> str:
    """Return the sentence that says why no update is made with what is shown; empty where one is."""
    if state.guest is None:
        return ""
    why = "kept for measuring" if isinstance(state.guest, HeldOut) else "none of the data"
    return f"{guest_name(state)} is {why}, and not trained on: show a sample to train on (Esc), then make the update"
