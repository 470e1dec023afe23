"""Units found dead or saturated on many samples are marked, counted in the legend, and explained with the number."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.engine import Network, Problem
from explorer.graph.describing import describe_fold
from explorer.graph.geometry import Kind
from explorer.graph.idle import Idle, counts, idle_units, kinds, reasons, strokes
from explorer.graph.legend import Legend
from explorer.graph.picture import Picture
from explorer.graph.places import FoldPlace
from explorer.session import Session, Settings, Subject
from explorer.session.pictures.flow import Flow, flow
from explorer.session.pictures.flow import idle_units as flow_lines
from tests.graph.showing import Stage, at

SIZES = (3, 4, 5, 2)


def session_of(activation: str, bias: float, sizes: tuple[int, ...] = SIZES) -> Session:
    """Every second unit of each hidden layer is pushed by a bias so large that no sample moves it."""
    network = Network.random(sizes, activation, seed=3)
    for layer in network.layers[:-1]:
        layer.bias[::2] = bias
    X = np.random.default_rng(0).normal(size=(20, sizes[0]))
    problem = Problem(network, X, np.eye(sizes[-1])[np.zeros(20, int)])
    return at(Session(Subject.of_problem("idle", problem), Settings.of_problem(problem)), "J")


def flow_of(session: Session) -> Flow:
    problem = session.state.subject.problem
    return flow(session.state.network, problem.X, problem.Y, 0)


@pytest.fixture
def stages(look: QApplication, qtbot: QtBot) -> Iterator["list[Stage]"]:
    made: list[Stage] = []
    yield made
    for stage in made:
        stage.view.close()


def shown(made: list[Stage], session: Session) -> Stage:
    made.append(Stage(session))
    return made[-1]


def picture_of(stage: Stage) -> Picture:
    picture = stage.view._picture
    assert picture is not None
    return picture


def inks(stage: Stage) -> int:
    """Pixels of the first hidden unit that are as dark as ink."""
    image, middle = stage.view.viewport().grab().toImage(), stage.view.mapFromScene(stage.unit(1, 0))
    spots = [(middle.x() + x, middle.y() + y) for x in range(-30, 31) for y in range(-20, 21)]
    return sum(image.pixelColor(*spot).lightness() < 90 for spot in spots)


def legend(stage: Stage) -> Legend:
    return stage.view.findChildren(Legend)[0]


def test_a_dead_unit_is_marked_only_while_it_is_known_to_be(stages: list[Stage]) -> None:
    stage = shown(stages, session_of("relu", -50.0))
    before = inks(stage)
    measured = flow_of(stage.session)
    dead = sum(map(len, measured.dead))
    stage.view.show_measured(measured)
    assert inks(stage) > before + 20
    assert dead >= 2 + 3
    assert counts(picture_of(stage))[Idle.DEAD] == dead
    assert f"{dead} dead" in legend(stage).accessibleName()
    assert "every sample looked at" in legend(stage).toolTip()
    stage.view.show_measured(None)
    assert inks(stage) == before
    assert "dead" not in legend(stage).accessibleName()


def test_the_mouse_says_the_number_behind_a_mark(stages: list[Stage]) -> None:
    stage = shown(stages, session_of("relu", -50.0))
    stage.view.show_measured(flow_of(stage.session))
    stage.point_at(stage.unit(1, 0))
    assert stage.view.hint.text().endswith("dead: so on all 20 samples looked at")


def test_saturated_tells_the_share_of_samples(stages: list[Stage]) -> None:
    stage = shown(stages, session_of("tanh", 9.0))
    stage.view.show_measured(flow_of(stage.session))
    told = "saturated: slope below 5 % of the steepest on 100 % of 20 samples looked at"
    assert reasons(picture_of(stage), 1, 0) == (told,)
    assert reasons(picture_of(stage), 1, 1) == ()


def test_a_measurement_of_another_network_marks_nothing(stages: list[Stage]) -> None:
    stage = shown(stages, session_of("tanh", 9.0))
    stage.view.show_measured(flow_of(session_of("tanh", 9.0, (3, 6, 2))))
    assert counts(picture_of(stage)) == {}


@pytest.mark.parametrize(("hidden", "kind"), [(4, Kind.NUMBERS), (40, Kind.DOTS), (200, Kind.DOTS)])
def test_every_drawn_idle_unit_has_its_mark_inside_its_bounds(stages: list[Stage], hidden: int, kind: Kind) -> None:
    stage = shown(stages, session_of("tanh", 9.0, (3, hidden, 2)))
    stage.view.show_measured(flow_of(stage.session))
    column, idle = stage.view.network.layout.columns[1], idle_units(picture_of(stage), 1)
    drawn = kinds(column, idle)
    assert column.kind is kind
    assert [what is Idle.SATURATED for what in drawn] == (column.units % 2 == 0).tolist()
    lines = strokes(column, idle)
    assert len(lines) == drawn.count(Idle.SATURATED) * (2 if kind is Kind.NUMBERS else 1)
    assert (np.abs(lines[:, [0, 2]] - column.x) <= column.half_width).all()


def test_folded_idle_units_are_counted_at_the_fold_and_ticked_unfolded(stages: list[Stage]) -> None:
    stage = shown(stages, session_of("tanh", 9.0, (3, 200, 2)))
    stage.view.show_measured(flow_of(stage.session))
    layout, picture = stage.view.network.layout, picture_of(stage)
    assert "of all 200: 100 saturated" in describe_fold(layout, picture, FoldPlace(1))
    stage.view.toggle_fold()
    column = stage.view.network.layout.columns[1]
    assert column.kind is Kind.STRIP
    assert len(strokes(column, idle_units(picture, 1))) == 100


def dead_output(loss: str = "softmax_cross_entropy") -> Session:
    """The first of three outputs, a ReLU each, is pushed below 0 on every sample, and no hidden unit is."""
    network = Network.random((3, 4, 3), "tanh", output_activation="relu", loss=loss, seed=3)
    network.layers[-1].bias[...] = [-50.0, 5.0, 5.0]
    X = np.random.default_rng(0).normal(size=(20, 3))
    problem = Problem(network, X, np.eye(3)[np.zeros(20, int)])
    return at(Session(Subject.of_problem("idle", problem), Settings.of_problem(problem)), "J")


def test_a_dead_logit_is_marked_counted_and_explained(stages: list[Stage]) -> None:
    stage = shown(stages, dead_output())
    assert counts(picture_of(stage)) == {Idle.OFF: 1}
    measured = flow_of(stage.session)
    assert measured.dead_outputs.tolist() == [0]
    assert flow_lines(measured) == "outputs: 1 dead"
    stage.view.show_measured(measured)
    picture = picture_of(stage)
    assert counts(picture) == {Idle.DEAD_OUTPUT: 1}
    assert idle_units(picture, 2)[Idle.DEAD_OUTPUT].tolist() == [0]
    assert len(strokes(stage.view.network.layout.columns[2], idle_units(picture, 2))) == 4
    assert "1 dead as output" in legend(stage).accessibleName()
    assert "its logit is 0 on every sample looked at; p cannot rise by it" in legend(stage).toolTip()
    stage.point_at(stage.unit(2, 0))
    told = "off: value 0, slope 0; nothing comes back\ndead: its logit is 0 on all 20 samples looked at; "
    assert told + "its probability cannot rise by it" in stage.view.hint.text()


def test_a_dead_output_without_probabilities_is_no_logit(stages: list[Stage]) -> None:
    stage = shown(stages, dead_output("half_squared_error"))
    stage.view.show_measured(flow_of(stage.session))
    told = "dead: its value is 0 on all 20 samples looked at; no gradient reaches its weights"
    assert reasons(picture_of(stage), 2, 0)[-1] == told


def test_outputs_without_an_activation_are_never_dead(stages: list[Stage]) -> None:
    stage = shown(stages, session_of("relu", -50.0))
    assert flow_of(stage.session).dead_outputs.tolist() == []
