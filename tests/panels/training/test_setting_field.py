"""The fields: nothing is clipped without a sign, the whole value is at hand; how values are read, written, moved."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from explorer.engine import ExplorerError
from explorer.panels.training import setting_kinds as kinds
from explorer.panels.training.setting_field import EDGES, SettingField
from explorer.session import Settings

TINY = 1e-320
"""A denormal number: its first digits written out are longer than its name."""


@pytest.fixture
def holder(qtbot: QtBot, look: QApplication) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    QVBoxLayout(made).addWidget(QLineEdit())
    made.show()
    made.activateWindow()
    return made


def field_in(holder: QWidget, kind: kinds.SettingKind, value: object, width: int = 84) -> SettingField:
    """A field in a window whose focus is in another one."""
    made = SettingField(kind)
    made.setFixedWidth(width)
    column = holder.layout()
    assert column is not None
    column.addWidget(made)
    made.show()
    made.show_value(value)
    holder.findChildren(QLineEdit)[0].setFocus()
    return made


def test_the_shortest_form_of_a_rate_is_written() -> None:
    assert kinds.write_number(TINY) == "1e-320"
    assert kinds.write_number(0.1) == "0.1"
    assert kinds.write_number(1.0) == "1"
    assert kinds.write_number(0.1 + 0.2) == "0.30000000000000004"


@pytest.mark.parametrize(
    ("kind", "value", "sign"),
    [
        (kinds.RATE, 0.123456789012, "≈0.12"),
        (kinds.RATE, 1.23456789e-300, "≈1"),
        (kinds.SEED, 4_294_967_295, "429"),
        (kinds.HIDDEN, (4096,) * 8, "4096"),
    ],
)
def test_what_does_not_fit_is_shortened_with_a_sign(
    holder: QWidget, kind: kinds.SettingKind, value: object, sign: str
) -> None:
    edit = field_in(holder, kind, value)
    whole = kind.write(value)
    assert edit.text() != whole
    assert edit.text().startswith(sign)
    assert "≈" in edit.text() or edit.text().endswith("…")
    assert edit.fontMetrics().horizontalAdvance(edit.text()) <= edit.width() - EDGES
    assert edit.toolTip().startswith(f"{whole}\n")


def test_the_whole_value_comes_back_for_typing(qtbot: QtBot, holder: QWidget) -> None:
    edit = field_in(holder, kinds.RATE, 0.123456789012)
    with qtbot.assertNotEmitted(edit.chosen):
        edit.setFocus()
        assert edit.text() == "0.123456789012"
        QTest.keyClick(edit, Qt.Key.Key_Return)
    assert edit.text().startswith("≈")
    assert "0.123456789012" in edit.toolTip()


def test_what_fits_is_not_touched(qtbot: QtBot, holder: QWidget) -> None:
    edit = field_in(holder, kinds.RATE, TINY)
    assert edit.text() == "1e-320"
    assert edit.toolTip() == edit.kind.tip
    edit.setFixedWidth(40)
    qtbot.waitUntil(lambda: edit.text() != "1e-320")
    edit.setFixedWidth(84)
    qtbot.waitUntil(lambda: edit.text() == "1e-320")


@pytest.mark.parametrize("rate", [1e-9, 0.013, 0.1, 0.5, 30.0, 1e5])
def test_the_ladder_of_rates_leads_up_and_down(rate: float) -> None:
    higher, lower = kinds.move_rate(rate, True), kinds.move_rate(rate, False)
    assert lower < rate < higher
    assert higher / lower < 11


@pytest.mark.parametrize(("size", "up", "down"), [(1, 2, 1), (2, 4, 1), (5, 8, 4), (16, 32, 8), (1347, 2048, 1024)])
def test_batches_move_by_powers_of_two(size: int, up: int, down: int) -> None:
    assert (kinds.move_batch(size, True), kinds.move_batch(size, False)) == (up, down)


def test_what_is_written_reads_back() -> None:
    for value in (0.1, 1.0, 1e-7, 0.123456789012, 1e6):
        assert kinds.read_number(kinds.write_number(value)) == value
    assert kinds.read_layers(kinds.write_layers((16, 8))) == (16, 8)
    with pytest.raises(ExplorerError, match="expected whole numbers"):
        kinds.read_layers("16-8")
    assert replace(Settings(), seed=kinds.SEED.read("1,024")).seed == 1024
