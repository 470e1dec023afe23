"""Many edges: a few fast ones while things move, all of them smooth at rest, and everything else smooth always."""

from collections.abc import Iterator
from time import thread_time

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QGraphicsPathItem, QGraphicsPixmapItem
from pytestqt.qtbot import QtBot

from explorer.graph.legend import Legend
from explorer.graph.places import UnitPlace
from explorer.graph.rest import Rest
from explorer.graph.wires import MOST_MOVING
from tests.graph.showing import Stage, digits_session, random_session, shelf_session


@pytest.fixture
def digits(look: QApplication, qtbot: QtBot) -> Iterator[Stage]:
    stage = Stage(digits_session("J"))
    qtbot.addWidget(stage.view)
    yield stage
    stage.view.hide()


def lines_of_paths(stage: Stage) -> int:
    """Lines that are painted as paths, in the band of the edges."""
    items = [item for item in stage.view.network.items() if isinstance(item, QGraphicsPathItem)]
    edges = [item for item in items if 1 <= item.zValue() < 1.5 and item.brush().style() == Qt.BrushStyle.NoBrush]
    return sum(item.path().elementCount() // 2 for item in edges)


def pictures(stage: Stage) -> list[QGraphicsPixmapItem]:
    items = [item for item in stage.view.network.items() if isinstance(item, QGraphicsPixmapItem)]
    return [item for item in items if item.zValue() == 1 and item.isVisible() and not item.pixmap().isNull()]


def test_the_strongest_edges_while_things_move_and_all_at_rest(digits: Stage) -> None:
    assert lines_of_paths(digits) == MOST_MOVING
    assert not pictures(digits)
    digits.view.settle()
    assert lines_of_paths(digits) == 0
    assert len(pictures(digits)) == 2
    assert len(digits.view.network.drawn.layer) == 64 * 32 + 32 * 10
    assert digits.view.network.remark == ""


def test_rest_comes_by_itself(digits: Stage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: len(pictures(digits)) == 2)


def test_a_step_that_leaves_the_edges_alone_keeps_their_picture(digits: Stage) -> None:
    digits.view.settle()
    digits.go_to("z1")
    assert len(pictures(digits)) == 2
    digits.go_to("dJ/dW2")
    assert len(pictures(digits)) == 1
    assert lines_of_paths(digits) == 32 * 10
    digits.go_to("dJ/dz2")
    digits.view.settle()
    assert len(pictures(digits)) == 2


def test_training_never_waits_for_rest_and_says_what_it_leaves_out(digits: Stage, qtbot: QtBot) -> None:
    digits.view.set_moving(True)
    assert digits.view.network.remark == "training: 1,000 of 2,368 edges"
    digits.go_to("dJ/dW1")
    assert not digits.view.network.rest.is_waiting()
    digits.view.set_moving(False)
    assert digits.view.network.rest.is_waiting()


def test_nobody_looks_nobody_works(digits: Stage) -> None:
    assert digits.view.network.rest.is_waiting()
    digits.view.hide()
    assert not digits.view.network.rest.is_waiting()
    digits.go_to("dJ/dW1")
    assert not digits.view.network.rest.is_waiting()


def test_zooming_keeps_the_picture_until_a_sharp_one_is_made(digits: Stage) -> None:
    digits.view.settle()
    before = pictures(digits)[0].pixmap().width()
    digits.view.zoom_in()
    assert pictures(digits)[0].pixmap().width() == before
    digits.view.settle()
    assert pictures(digits)[0].pixmap().width() > 1.2 * before


def shades(image: QImage) -> int:
    return len({image.pixel(x, y) for x in range(image.width()) for y in range(image.height())})


def test_units_are_smooth_while_edges_are_plain(digits: Stage) -> None:
    column = digits.view.network.layout.columns[2]
    spot = digits.view.mapFromScene(QPointF(column.x + 2, float(column.y[0]) - column.half_height))
    digits.view.viewport().grab()
    image = digits.view.viewport().grab().toImage().copy(spot.x() - 1, spot.y() - 2, 14, 14)
    assert shades(image) > 8


def test_few_edges_need_no_picture(look: QApplication, qtbot: QtBot) -> None:
    stage = Stage(shelf_session("net-s", "J"))
    qtbot.addWidget(stage.view)
    stage.view.settle()
    assert not pictures(stage)
    assert lines_of_paths(stage) == 8
    stage.view.hide()


def test_of_an_unfolded_network_the_strongest_are_drawn_and_counted(look: QApplication, qtbot: QtBot) -> None:
    stage = Stage(random_session((300, 300, 3), "J"))
    qtbot.addWidget(stage.view)
    stage.view.network.unfold({0, 1})
    assert stage.view.network.remark == "1,000 of 90,900 edges so far"
    kept = stage.view.network.drawn
    assert np.count_nonzero(kept.layer == 2) == 500
    stage.view.hide()


@pytest.fixture
def wide(look: QApplication, qtbot: QtBot) -> Iterator[Stage]:
    stage = Stage(random_session((300, 300, 3), "J"))
    qtbot.addWidget(stage.view)
    stage.view.network.unfold({0, 1})
    yield stage
    stage.view.hide()


def test_all_edges_of_an_unfolded_network_are_seen_at_rest(wide: Stage, qtbot: QtBot) -> None:
    network, legend = wide.view.network, wide.view.findChild(Legend)
    assert isinstance(legend, Legend)
    told: list[str] = []
    network.more_seen.connect(lambda: told.append(network.remark))
    qtbot.waitUntil(lambda: not network.rest.is_waiting())
    counts = [int(words.split(" ")[0].replace(",", "")) for words in told[:-1]]
    assert counts == sorted(counts)
    assert all(1000 < count < 90_900 for count in counts)
    assert told[-1] == network.remark == "all 90,900 edges, weak ones as a haze"
    assert network.remark in legend.accessibleName()
    assert len(pictures(wide)) == 2
    assert lines_of_paths(wide) == 0


def test_the_haze_goes_with_its_numbers_and_stays_through_a_zoom(wide: Stage) -> None:
    wide.view.settle()
    wide.view.zoom_in()
    assert wide.view.network.remark == "all 90,900 edges, weak ones as a haze"
    wide.go_to("dJ/dW2")
    assert wide.view.network.remark == "90,500 of 90,900 edges so far"
    wide.view.settle()
    wide.view.set_moving(True)
    assert wide.view.network.remark == "training: 1,000 of 90,900 edges"


def test_a_slice_of_the_haze_is_short(wide: Stage) -> None:
    work, spent = wide.view.network._settling(), []
    while True:
        start = thread_time()
        if next(work, True):
            break
        spent.append(thread_time() - start)
    assert len(spent) > 100
    assert np.percentile(spent, 99) < 0.008


@pytest.mark.parametrize("unfolded", [False, True])
@pytest.mark.parametrize(("layer", "edges"), [(0, 512), (1, 784 + 10), (2, 512)])
def test_a_chosen_unit_shows_all_of_its_edges_folded_or_not(
    look: QApplication, qtbot: QtBot, layer: int, edges: int, *, unfolded: bool
) -> None:
    stage = Stage(random_session((784, 512, 10), "J"))
    qtbot.addWidget(stage.view)
    network = stage.view.network
    if unfolded:
        network.unfold({0, 1})
    network.light(None, UnitPlace(layer, 3))
    assert highlit(stage) == edges
    stage.view.settle()
    assert highlit(stage) == edges
    stage.view.hide()


def highlit(stage: Stage) -> int:
    """Return the lines that are drawn in colour above all others."""
    items = [item for item in stage.view.network.items() if isinstance(item, QGraphicsPathItem)]
    return sum(item.path().elementCount() // 2 for item in items if 2.15 < item.zValue() < 2.9)


def test_work_is_left_off_where_something_changes(qapp: QApplication) -> None:
    done: list[int] = []

    def work() -> Iterator[None]:
        for k in range(3):
            done.append(k)
            yield

    rest = Rest(work, qapp)
    rest.finish()
    assert done == [0, 1, 2]
    rest.disturb()
    assert not rest.is_waiting()
    rest.allow(True)
    assert rest.is_waiting()
    rest.allow(False)
    assert not rest.is_waiting()
