"""Engines that no test leaves running."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from explorer.bridge import TrainingEngine
from explorer.session import Session
from tests.bridge.engines import MakeEngine


@pytest.fixture
def make_engine(qtbot: QtBot) -> Iterator[MakeEngine]:
    """Make engines that are shut down after the test."""
    made: list[TrainingEngine] = []

    def make(session: Session) -> TrainingEngine:
        made.append(TrainingEngine(session))
        return made[-1]

    yield make
    for engine in made:
        engine.shutdown()
