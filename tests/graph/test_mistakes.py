"""The drawing of a pass with mistakes: an array whose shape has no room there is left out, all others stand as ever."""

import pytest
from PySide6.QtWidgets import QApplication, QGraphicsSimpleTextItem
from pytestqt.qtbot import QtBot

from explorer.graph.choosing import make_picture
from explorer.graph.places import EdgePlace, UnitPlace, place_of
from explorer.graph.view import NetworkView
from explorer.session import Session, Settings, Subject
from explorer.tape import notation
from explorer.tape.mistakes import MISTAKES
from tests.graph.showing import Stage
from tests.tape.making import making, problem


def session_of(mistake: str, sizes: tuple[int, ...]) -> Session:
    made = making(problem("relu" if mistake == "forgotten_relu_mask" else "tanh", sizes), mistake)
    return Session(Subject.of_problem(mistake, made), Settings.of_problem(made))


@pytest.mark.parametrize("sizes", [(3, 4, 2), (1, 4, 2), (3, 3, 3)])
@pytest.mark.parametrize("mistake", MISTAKES)
def test_every_position_has_numbers_for_its_units_and_edges(mistake: str, sizes: tuple[int, ...]) -> None:
    session = session_of(mistake, sizes)
    for position in range(len(session.state.tape)):
        session.go_to(position)
        picture = make_picture(session.state, notation())
        for layer, column in enumerate(picture.columns):
            for values in (column.values, *(note.values for note in (*column.notes, *column.aside))):
                assert values is None or values.shape == (sizes[layer],)
        for layer, edges in enumerate(picture.edges):
            assert edges.values is None or edges.values.shape == sizes[layer : layer + 2]


def test_a_turned_gradient_leaves_the_weights_where_they_stand() -> None:
    session = session_of("printed_layout", (3, 4, 2))
    session.go_to_step("dJ/dW1")
    assert make_picture(session.state, notation()).edges[0].name == "W1"


def test_the_weights_that_are_updated_already_are_named_so() -> None:
    session = session_of("sequential_update", (3, 4, 2))
    session.go_to_step("dJ/dh1")
    picture = make_picture(session.state, notation())
    assert picture.edges[1].latex == r"(W_2^{+})^\top"
    assert "(W₂⁺)" in picture.caption


def test_a_cell_without_a_place_has_none() -> None:
    sizes = (3, 4, 2)
    assert place_of(("dJ/dW1", (3, 1)), 0, sizes) is None
    assert place_of(("dJ/dW1", (2, 3)), 0, sizes) == EdgePlace(1, 2, 3)
    assert place_of(("dJ/dx", (0, 3)), 0, sizes) is None
    assert place_of(("b1+", (0, 3)), 0, sizes) == UnitPlace(1, 3)


def test_what_a_mistake_changes_is_marked_beside_its_shape(look: QApplication, qtbot: QtBot) -> None:
    """The mark stands once the array is computed, and goes with the mistake."""
    stage = Stage(session_of("sign_slip", (3, 4, 2)))
    qtbot.addWidget(stage.view)
    stage.view.network.mark_changed({"dJ/dz2", "dJ/dW2"})
    marks = []
    for step in ("J", "dJ/dz2", "dJ/dW2"):
        stage.go_to(step)
        marks.append(sum(text.startswith("≠ ") for text in texts_of(stage.view)))
    assert marks == [0, 1, 2]
    stage.view.network.mark_changed(frozenset())
    assert not any("≠" in text for text in texts_of(stage.view))
    stage.view.close()


def texts_of(view: NetworkView) -> list[str]:
    """Return what stands in the drawing as plain text."""
    return [item.text() for item in view.network.items() if isinstance(item, QGraphicsSimpleTextItem)]
