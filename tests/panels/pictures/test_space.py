"""The hidden space of a regression: each sample is of the colour of its target, which the caption explains."""

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.data import DataSet
from explorer.graph.colors import coloured
from explorer.panels.pictures.samples import marks_of
from explorer.panels.pictures.space_view import SpaceView
from explorer.panels.theme import DARK, LIGHT, Palette
from explorer.session import Session, Settings, Subject
from explorer.session.pictures.insides import space
from explorer.session.pictures.signals import finished
from tests.panels.pictures.picturing import session_of, shown


def numbers() -> Subject:
    X = np.random.default_rng(3).uniform(-2, 2, (80, 2))
    prices = 100 + 20 * X[:, :1] * X[:, 1:]
    data = DataSet(
        "prices", "prices", X, np.zeros(80, np.intp), (), None, ("a", "b"), "", "", "", "",
        targets=prices, quantities=("price",), fitting="standardise",
    )  # fmt: skip
    return Subject.of_data(data, Settings((6,)))


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_samples_of_a_regression_are_of_their_targets_colours(look: Palette) -> None:
    subject = numbers()
    found = finished(space(subject, subject.problem.network, 300))
    groups = marks_of(subject, (found.train, found.test))
    largest = max(float(np.abs(Y).max()) for _, Y in subject.parts)
    for group, (_, Y) in zip(groups, subject.parts, strict=True):
        expected = coloured(look.values, Y[:, 0], largest)
        assert [[each.red(), each.green(), each.blue()] for each in group.colours(look)] == expected.tolist()
        assert group.classes.tolist() == (Y[:, 0] < 0).tolist()
    assert len({colour.name() for colour in groups[0].colours(look)}) > 30


def test_the_caption_says_which_targets_have_which_colour(qtbot: QtBot, look: QApplication) -> None:
    subject = numbers()
    panel = shown(qtbot, Session(subject, Settings((6,))))
    panel.choose("space")
    panel.finish()
    assert isinstance(panel.view, SpaceView)
    words = panel.note.text()
    assert subject.targets is not None
    middle = float(subject.targets.shift[0])
    assert "target price " in words
    assert f": orange (squares) below {middle:.4g}" in words
    assert ends_of(words) == pytest.approx([min(prices_of(subject)), max(prices_of(subject))], rel=1e-3)
    dark_before = panel.view.grab().toImage()
    panel.set_palette(DARK)
    assert panel.view.grab().toImage() != dark_before
    panel.hide()


def ends_of(words: str) -> list[float]:
    least, _, most = words.partition("target price ")[2].partition(":")[0].split(" ")
    return [float(least), float(most)]


def prices_of(subject: Subject) -> list[float]:
    assert subject.targets is not None
    return list(np.concatenate([subject.targets.undone(Y) for _, Y in subject.parts])[:, 0])


def test_classes_keep_their_colours(qtbot: QtBot, look: QApplication) -> None:
    panel = shown(qtbot, session_of("moons"))
    panel.choose("space")
    panel.finish()
    assert "target" not in panel.note.text()
    assert all(group.shares is None for group in marks_of(session_of("moons").state.subject, (np.zeros((0, 2)),) * 2))
    panel.hide()
