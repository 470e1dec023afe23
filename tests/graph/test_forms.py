"""Tests of the kept forms of pictures: numbers of a new pass, the words of the one before."""

import numpy as np
import pytest
from msgspec.structs import replace

from explorer.graph.choosing import make_picture
from explorer.graph.forms import Forms
from explorer.graph.picture import Note, Picture, Shown
from explorer.problems import load_problem
from explorer.session import Session, Settings, State, Subject


def trained(state: State, position: int) -> State:
    """Return a state with another pass of the same network, at a position."""
    problem = state.subject.problem
    network = problem.network.copy()
    network.theta *= 1.5
    session = Session(state.subject, state.settings)
    session.receive(state.run.id, 1, 0, np.ones(1, np.float32), (), network)
    return replace(session.state, position=position)


def numbers(note: Note | Shown) -> list[float] | None:
    """Return what stands there as a list; None where it is not computed."""
    return None if note.values is None else np.asarray(note.values).ravel().tolist()


def told(picture: Picture) -> list[object]:
    """Return everything that a picture tells."""
    places = (*picture.columns, *picture.edges, picture.loss)
    words = [(p.name, p.latex, p.shape, p.light, p.signed, p.largest, p.written_shape) for p in places]
    off = [None if p.off is None else p.off.tolist() for p in places]
    notes = [(n.name, n.label, numbers(n)) for p in places for n in (*p.notes, *p.aside)]
    rest = picture.caption, picture.row, picture.rows, picture.targets.tolist(), picture.classes
    return [words, [numbers(p) for p in places], off, notes, rest]


@pytest.mark.parametrize("name", ["net-s", "dead-relu"])
def test_a_filled_form_is_the_picture_made_anew(name: str) -> None:
    problem = load_problem(name)
    first = Session(Subject.of_problem(name, problem), Settings.of_problem(problem)).state
    forms = Forms()
    for position in range(len(first.tape)):
        before, after = replace(first, position=position), trained(first, position)
        assert after.tape.is_like(before.tape)
        forms.picture(before, before.script, None)
        assert told(forms.picture(after, after.script, None)) == told(make_picture(after, after.script))
