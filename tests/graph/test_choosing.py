"""Which array stands where, at every position of a tape."""

import numpy as np
import pytest

from explorer.graph.choosing import make_picture
from explorer.graph.describing import describe
from explorer.graph.picture import Light, Picture
from explorer.graph.places import EdgePlace, LossPlace, UnitPlace, place_of
from explorer.session import Session
from explorer.tape import notation
from tests.graph.showing import digits_session, shelf_session


def picture(session: Session) -> Picture:
    return make_picture(session.state, notation())


def names(shown: Picture) -> list[str]:
    return [column.name for column in shown.columns]


def test_what_is_not_computed_yet_has_no_values() -> None:
    shown = picture(shelf_session("net-s", "z1"))
    assert names(shown) == ["x", "z1", "z2"]
    assert shown.columns[1].values is not None
    assert shown.columns[2].values is None
    assert shown.loss.values is None


def test_in_the_backward_phase_units_show_the_gradient_once_it_is_computed() -> None:
    shown = picture(shelf_session("net-s", "dJ/dz1"))
    assert names(shown) == ["x", "dJ/dz1", "dJ/dz2"]
    assert shown.columns[1].values is not None
    assert shown.columns[1].values.tolist() == pytest.approx([0.355624, 0.059581], abs=5e-7)
    assert [note.label for note in shown.columns[1].notes] == ["∂J/∂h", "σ′"]
    assert shown.columns[0].notes[0].values is None


def test_edges_show_values_then_gradients_then_the_updated() -> None:
    session = shelf_session("net-s", "dJ/dz1")
    assert [edge.name for edge in picture(session).edges] == ["W1", "dJ/dW2"]
    assert picture(session).caption == "edges: left W₁ (value), right ∂J/∂W₂ (gradient)"
    session.go_to_step("J+")
    assert [edge.name for edge in picture(session).edges] == ["W1+", "W2+"]
    assert picture(session).loss.name == "J+"


@pytest.mark.parametrize(
    ("step", "units", "edges", "loss"),
    [
        ("z1", ["R", "W", "-"], ["R", "-"], "-"),
        ("J", ["-", "-", "R"], ["-", "-"], "W"),
        ("dJ/dW2", ["-", "R", "R"], ["-", "W"], "-"),
        ("dJ/dh1", ["-", "W", "R"], ["-", "R"], "-"),
        ("dJ/dx", ["W", "R", "-"], ["R", "-"], "-"),
        ("W1+", ["-", "-", "-"], ["B", "-"], "-"),
        ("h1", ["-", "B", "-"], ["-", "-"], "-"),
        ("dJ/dz1", ["-", "B", "-"], ["-", "-"], "-"),
        ("J+", ["-", "R", "R"], ["R", "R"], "W"),
    ],
)
def test_lights_tell_what_is_read_and_written(step: str, units: list[str], edges: list[str], loss: str) -> None:
    letters = {Light.NONE: "-", Light.READ: "R", Light.WRITTEN: "W", Light.BOTH: "B"}
    shown = picture(shelf_session("net-s", step))
    assert [letters[column.light] for column in shown.columns] == units
    assert [letters[edge.light] for edge in shown.edges] == edges
    assert letters[shown.loss.light] == loss


@pytest.mark.parametrize("name", ["net-s", "mazur", "xor", "dead-relu", "softmax-edge"])
def test_what_a_step_writes_is_shown_with_its_value(name: str) -> None:
    session = shelf_session(name)
    for position, step in enumerate(session.state.tape.steps):
        session.go_to(position)
        shown = picture(session)
        lit = [s for s in (*shown.columns, *shown.edges, shown.loss) if s.light in {Light.WRITTEN, Light.BOTH}]
        assert [s.name for s in lit] == [step.id]
        assert lit[0].values is not None


def test_a_transposed_factor_is_drawn_on_the_edges_it_is_made_of() -> None:
    shown = picture(shelf_session("homework-10-5-10", "dz2/dh1")).edges[1]
    assert shown.values is not None
    assert shown.values.shape == (5, 10)
    assert shown.shape == (10, 5)


def test_the_row_of_the_sample_is_shown() -> None:
    session = shelf_session("xor", "h1")
    session.show_sample(2)
    shown = picture(session)
    np.testing.assert_array_equal(shown.columns[1].values, session.state.tape.value("h1")[2])
    assert shown.unit_cell(1, 0) == ("h1", (2, 0))
    assert (shown.row, shown.rows) == (2, 4)


def test_cells_have_places_whatever_array_they_are_of() -> None:
    assert place_of(("dJ/dW2", (1, 0)), 0, (2, 2, 2)) == EdgePlace(2, 1, 0)
    assert place_of(("dz2/dh1", (1, 0)), 0, (2, 2, 2)) == EdgePlace(2, 0, 1)
    assert place_of(("dh1/dz1", (0, 1)), 0, (2, 2, 2)) == UnitPlace(1, 1)
    assert place_of(("b2", (1,)), 0, (2, 2, 2)) == UnitPlace(2, 1)
    assert place_of(("y", (0, 1)), 0, (2, 2, 2)) == UnitPlace(2, 1)
    assert place_of(("J", ()), 0, (2, 2, 2)) == LossPlace()
    assert place_of(("x", (3, 1)), 0, (2, 2, 2)) is None
    assert place_of(None, 0, (2, 2, 2)) is None


def test_words_under_the_mouse_are_exact() -> None:
    session = shelf_session("net-s", "dJ/dz1")
    value = float(session.state.tape.value("dJ/dz1")[0, 0])
    lines = describe(picture(session), UnitPlace(1, 0))
    assert lines[0] == f"∂J/∂z₁[1, 1] = +{value!r}"
    assert "h[1, 1] = 0.6224593312018546" in lines
    assert describe(picture(session), UnitPlace(0, 1))[1] == "∂J/∂x[1, 2]: not computed yet"
    assert describe(picture(session), EdgePlace(1, 0, 1)) == ("W₁[1, 2] = −0.5",)
    assert describe(picture(session), EdgePlace(2, 0, 1))[1] == "W₂[1, 2] = −1.0"
    assert describe(picture(session), LossPlace())[0].startswith("J = 1.41319461")


def test_an_output_names_its_class() -> None:
    shown = picture(digits_session("p"))
    assert describe(shown, UnitPlace(2, 7))[-1] == "class 7"
    assert shown.image_shape == (8, 8)
