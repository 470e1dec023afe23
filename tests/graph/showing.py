"""Sessions at a step, and views that show them, for the tests of the drawing."""

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from explorer.data import load_dataset
from explorer.engine import Network, Problem
from explorer.graph.motion import Motion
from explorer.graph.typeset import Typesetter
from explorer.graph.view import NetworkView
from explorer.panels.theme import PALETTES, graph_style
from explorer.problems import load_problem
from explorer.session import Session, Settings, Subject
from explorer.tape import notation

WIDTH, HEIGHT = 700, 540
GROUND = QColor(PALETTES["light"].card)


def shelf_session(name: str, step: str | int = 0) -> Session:
    problem = load_problem(name)
    return at(Session(Subject.of_problem(name, problem), Settings.of_problem(problem)), step)


def digits_session(step: str | int = 0) -> Session:
    settings = Settings(hidden=(32,))
    return at(Session(Subject.of_data(load_dataset("digits"), settings), settings), step)


def random_session(sizes: tuple[int, ...], step: str | int = 0) -> Session:
    rng = np.random.default_rng(0)
    network = Network.random(sizes, "tanh", seed=1)
    problem = Problem(network, rng.normal(size=(1, sizes[0])), np.eye(1, sizes[-1]))
    return at(Session(Subject.of_problem("random", problem), Settings.of_problem(problem)), step)


def at(session: Session, step: str | int) -> Session:
    if isinstance(step, str):
        session.go_to_step(step)
    else:
        session.go_to(step)
    return session


class Stage:
    """A shown view of a session, with a mouse."""

    def __init__(self, session: Session, look: str = "light", motion: Motion | None = None) -> None:
        self.typesetter = Typesetter()
        self.session = session
        self.view = NetworkView(self.typesetter, motion=motion)
        self.view.set_style(graph_style(PALETTES[look]))
        self.view.resize(WIDTH, HEIGHT)
        self.view.show()
        self.show()

    def show(self) -> None:
        self.view.show_state(self.session.state, notation())
        self.typesetter.finish()

    def go_to(self, step: str) -> None:
        self.session.go_to_step(step)
        self.show()

    def unit(self, layer: int, k: int) -> QPointF:
        column = self.view.network.layout.columns[layer]
        return QPointF(column.x, float(column.y[k]))

    def colour(self, point: QPointF) -> QColor:
        image = self.view.viewport().grab().toImage()
        return image.pixelColor(self.view.mapFromScene(point))

    def off_centre(self, layer: int, k: int) -> QColor:
        """The fill of a unit, beside its number."""
        return self.colour(self.unit(layer, k) + QPointF(0, 20))

    def point_at(self, point: QPointF) -> None:
        QTest.mouseMove(self.view.viewport(), self.view.mapFromScene(point))

    def click(self, point: QPointF) -> None:
        QTest.mouseClick(self.view.viewport(), Qt.MouseButton.LeftButton, pos=self.view.mapFromScene(point))

    def drag(self, start: QPoint, end: QPoint) -> None:
        ground = self.view.viewport()
        QTest.mousePress(ground, Qt.MouseButton.LeftButton, pos=start)
        QTest.mouseMove(ground, end)
        QTest.mouseRelease(ground, Qt.MouseButton.LeftButton, pos=end)
