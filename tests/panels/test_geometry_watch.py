"""What lies over widgets is told of their moves and sizes, and of nothing once it does not ask any longer."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from explorer.panels.geometry_watch import GeometryWatch


def test_moves_and_sizes_are_told_while_they_are_watched(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    first, second = QWidget(holder), QWidget(holder)
    told: list[int] = []
    watch = GeometryWatch(holder)
    watch.changed.connect(lambda: told.append(1))
    holder.show()
    first.move(5, 5)
    assert not told
    watch.watch((first,))
    first.move(9, 9)
    assert len(told) == 1
    first.resize(40, 40)
    assert len(told) == 2
    second.move(3, 3)
    assert len(told) == 2
    watch.watch((second,))
    first.move(1, 1)
    second.move(6, 6)
    assert len(told) == 3
    watch.watch(())
    second.move(7, 7)
    assert len(told) == 3
