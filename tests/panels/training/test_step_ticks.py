"""Numbers along the horizontal axis of the curves: few, round, short, and never one over another."""

from itertools import pairwise

import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.panels.theme import SMALL, number_font
from explorer.panels.training.axis import round_axis
from explorer.panels.training.plot_area import STEPS_FROM, STEPS_GAP, PlotArea
from explorer.panels.training.step_ticks import step_ticks


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        ((0, 10), ["0", "5", "10"]),
        ((0, 11_526), ["0", "5k", "10k"]),
        ((0, 178_864), ["0", "50k", "100k", "150k"]),
        ((0, 2_500_000), ["0", "1M", "2M"]),
        ((1_000, 3_000), ["1k", "2k", "3k"]),
        ((1_165, 1_169), ["1,166", "1,168"]),
        ((117_560, 117_580), ["117,560", "117,570", "117,580"]),
        ((990_000, 1_010_000), ["990k", "1M", "1.01M"]),
        ((7, 7), []),
    ],
    ids=str,
)
def test_steps_are_round_and_short(ends: tuple[int, int], words: list[str]) -> None:
    made = step_ticks(*ends, 4)
    assert [text for _, text in made] == words
    assert all(ends[0] <= step <= ends[1] for step, _ in made)


@pytest.mark.parametrize("ends", [(0.0, 10.0), (0.0, 178_864.0), (117_560.0, 117_580.0), (1e6, 1e6 + 10)])
def test_numbers_stand_apart_below_the_plane(qtbot: QtBot, look: QApplication, ends: tuple[float, float]) -> None:
    area = PlotArea()
    qtbot.addWidget(area)
    area.resize(225, 106)
    area.set_curves({}, round_axis(1.0), ends, "")
    metrics = QFontMetricsF(number_font(SMALL))
    places = [(area.place_of(step), metrics.horizontalAdvance(words) / 2) for step, words in area.steps]
    assert 2 <= len(places) <= 4
    for (x, half), (after, wide) in pairwise(places):
        assert after - wide - (x + half) > STEPS_GAP / 4
    assert area.height() - area.plane.bottom() >= metrics.height()


def numbers(area: PlotArea) -> list[str]:
    return [words for _, words in area.steps]


def test_a_low_plot_and_an_empty_one_have_none(qtbot: QtBot, look: QApplication) -> None:
    area = PlotArea()
    qtbot.addWidget(area)
    area.resize(225, STEPS_FROM - 1)
    area.set_curves({}, round_axis(1.0), (0, 100), "")
    assert not numbers(area)
    area.resize(225, STEPS_FROM)
    assert numbers(area)
    area.set_curves({}, round_axis(1.0), (0, 100), "no training yet")
    assert not numbers(area)
