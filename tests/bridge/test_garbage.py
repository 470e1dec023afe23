"""Garbage that holds widgets is taken apart on the window's thread, whoever allocates."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Signal, Slot
from pytestqt.qtbot import QtBot

from explorer.bridge.garbage import YOUNG, Garbage, garbage
from explorer.bridge.thread import WorkerThread


class Cycle:
    """Garbage that can only be collected, and tells on which thread it was."""

    taken_apart_on: list[int]

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        self.taken_apart_on.append(threading.get_ident())


class Allocator(QObject):
    """Allocates enough on its thread that Python would collect there."""

    kept: list[list[int]] | None = None

    @Slot()
    def allocate(self) -> None:
        self.kept = [[number] for number in range(100 * YOUNG)]

    @Slot()
    def quit(self) -> None:
        self.thread().quit()


class Asking(QObject):
    allocate = Signal()
    quit = Signal()


@pytest.fixture
def allocator() -> Iterator[tuple[Asking, Allocator]]:
    worker, asking = Allocator(), Asking()
    thread = WorkerThread(worker, "allocating")
    asking.allocate.connect(worker.allocate)
    asking.quit.connect(worker.quit)
    thread.start()
    yield asking, worker
    asking.quit.emit()
    assert thread.wait(5000)


def test_garbage_is_taken_apart_on_the_window_s_thread(allocator: tuple[Asking, Allocator], qtbot: QtBot) -> None:
    Cycle.taken_apart_on = []
    Cycle()
    asking, worker = allocator
    asking.allocate.emit()
    qtbot.waitUntil(lambda: worker.kept is not None)
    assert Cycle.taken_apart_on == []
    garbage().collect_some()
    gc.collect()
    assert Cycle.taken_apart_on == [threading.get_ident()]


def test_python_collects_again_once_no_thread_is_left(allocator: tuple[Asking, Allocator], qtbot: QtBot) -> None:
    assert not gc.isenabled()
    garbage().hold()
    garbage().release()
    assert not gc.isenabled()


def test_collecting_is_left_to_python_without_threads(qtbot: QtBot) -> None:
    assert gc.isenabled()


def test_older_garbage_is_collected_in_its_turn(allocator: tuple[Asking, Allocator], qtbot: QtBot) -> None:
    Cycle.taken_apart_on = []
    collector, old = Garbage(), Cycle()  # whatever earlier tests left: after a long collection the next one waits
    gc.collect()
    del old
    assert Cycle.taken_apart_on == []
    for _ in range(100):
        kept = [[number] for number in range(2 * YOUNG)]
        collector.collect_some()
        del kept
    assert Cycle.taken_apart_on == [threading.get_ident()]
