"""The two arrangements of the window: in Train the training has most of it, and all that is shown is shown whole."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from explorer.panels.main_window import MainWindow

pytestmark = pytest.mark.opens("iris")


def place(window: MainWindow, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint()), widget.size())


def area(rectangle: QRect) -> int:
    return rectangle.width() * rectangle.height()


def switch(window: MainWindow, name: str, size: tuple[int, int] | None = None) -> None:
    if size is not None:
        window.resize(*size)
    window.action(f"workspace_{name}").trigger()
    QApplication.processEvents()


@pytest.mark.parametrize("size", [(1160, 680), (1280, 800), (1920, 1080)])
def test_train_gives_the_training_most_of_the_window(window: MainWindow, size: tuple[int, int]) -> None:
    switch(window, "train", size)
    training, network, card = (place(window, w) for w in (window.training, window.network, window.step_panel))
    assert area(training) > 0.55 * size[0] * size[1]
    assert network.right() < training.left()
    assert card.right() < training.left()
    assert network.bottom() < card.top()
    parts = window.training.controls, window.training.loss, window.training.accuracy, window.training.time
    for panel in (window.training, window.step_panel, window.transport, window.network):
        assert window.rect().contains(place(window, panel))
    places = [place(window, part) for part in (*parts, window.training.pictures)]
    for number, one in enumerate(places):
        assert training.contains(one)
        assert not any(one.intersects(other) for other in places[number + 1 :])


def test_explore_is_as_it_was_after_train(window: MainWindow) -> None:
    panels = window.steps, window.network, window.transport, window.step_panel, window.training
    before = [place(window, panel) for panel in panels]
    for name in ("train", "train", "explore", "explore"):
        switch(window, name)
    assert [place(window, panel) for panel in panels] == before
    assert all(panel.isVisible() for panel in panels)


def test_who_has_the_keys_keeps_them(window: MainWindow, qtbot: QtBot) -> None:
    window.training.loss.setFocus()
    for name in ("train", "explore"):
        switch(window, name)
        assert window.focusWidget() is window.training.loss
    window.steps.take_keys()
    switch(window, "train")
    assert window.focusWidget() is window.network
    qtbot.keyClick(window.network, Qt.Key.Key_Right)
    assert window.session.state.position == 1


@pytest.mark.parametrize("sheet", ["chain_view", "enlarge_picture"])
def test_sheets_lie_over_the_larger_part(window: MainWindow, sheet: str) -> None:
    opened_sheet = window.chain_sheet if sheet == "chain_view" else window.picture_sheet
    window.action(sheet).trigger()
    for name, covered in (("train", window.training), ("explore", window.step_panel), ("train", window.training)):
        switch(window, name)
        assert place(window, opened_sheet).contains(place(window, covered))
        assert place(window, window.network).intersects(place(window, opened_sheet)) is (name == "explore")
    window.action(sheet).trigger()
    assert window.training.pictures.isVisible()


def test_the_transport_leaves_words_out_and_cuts_none(window: MainWindow) -> None:
    label, keys = window.transport.findChildren(type(window.transport._label))[:2]
    assert (label.text(), keys.isVisible()) == ("step 1 of 21", True)
    switch(window, "train", (1160, 680))
    assert (label.text(), label.isVisible(), keys.isVisible()) == ("1 of 21", True, False)
    assert label.width() >= label.sizeHint().width()
    assert window.transport.slider.geometry().right() < label.x()
    assert window.transport.slider.accessibleDescription() == "step 1 of 21"


def test_a_low_corner_gives_the_chain_s_room_to_the_matrices(window: MainWindow) -> None:
    card = window.step_panel
    switch(window, "train")
    assert not card.chain.isVisible()
    for view in card.equation.views:
        assert view.visibleRegion().boundingRect().size() == view.size(), view.block.name
    switch(window, "train", (1920, 1080))
    assert card.chain.isVisible()
    switch(window, "explore", (1160, 680))
    assert card.chain.isVisible()


def test_a_wide_strip_lets_its_settings_be_read_in_full(window: MainWindow) -> None:
    widths = []
    for size in ((1160, 680), (1280, 800), (1920, 1080)):
        switch(window, "explore", size)
        widths.append(window.training.controls.width())
    assert widths[0] == widths[1] < widths[2]
    form = window.training.controls.form
    window.session.configure(replace(window.session.state.settings, hidden=(20, 20, 20), activation="sigmoid"))
    QApplication.processEvents()
    assert form.activation.whole_width <= form.activation.width()
    assert form.fields["hidden"].whole_width <= form.fields["hidden"].width()


def test_keys_without_a_home_go_to_what_is_seen(window: MainWindow) -> None:
    for name, home in (("train", window.network), ("explore", window.steps)):
        switch(window, name)
        window.training.loss.setFocus()
        window.picture_sheet.homeless.emit()
        focused = window.focusWidget()
        assert focused is home or home.isAncestorOf(focused)
