"""Work beside the window: it is told of as it goes, given up at once, and its errors are sentences."""

import threading
from collections.abc import Generator, Iterator

import pytest
from pytestqt.qtbot import QtBot

from explorer.bridge.background import Background
from explorer.engine.errors import ExplorerError

WAIT_MS = 10_000


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    made = Background()
    yield made
    made.shutdown()


def counting(count: int, seen: list[int]) -> Generator[int, None, str]:
    """Count, note the thread, and return a word."""
    for number in range(count):
        seen.append(threading.get_ident())
        yield number
    return "done"


def endless(closed: threading.Event) -> Generator[int, None, None]:
    """Never end, and note when it is closed."""
    try:
        while True:
            yield 1
    finally:
        closed.set()


def failing(error: Exception) -> Generator[int, None, None]:
    """Fail at the second step."""
    yield 1
    raise error


def test_a_work_runs_on_another_thread_and_returns_its_result(qtbot: QtBot, background: Background) -> None:
    seen: list[int] = []
    with qtbot.waitSignal(background.done, timeout=WAIT_MS) as done:
        background.start(counting(100, seen))
    assert done.args == ["done"]
    assert len(seen) == 100
    assert threading.get_ident() not in seen
    assert not background.working


def test_how_far_it_is_is_told(qtbot: QtBot, background: Background) -> None:
    with qtbot.waitSignal(background.progressed, timeout=WAIT_MS) as told:
        background.start(endless(threading.Event()))
    assert told.args == [1]
    background.give_up()


def test_what_is_given_up_is_closed_and_heard_no_more(qtbot: QtBot, background: Background) -> None:
    closed = threading.Event()
    with qtbot.waitSignal(background.progressed, timeout=WAIT_MS):
        background.start(endless(closed))
    background.give_up()
    assert not background.working
    with qtbot.assertNotEmitted(background.progressed), qtbot.assertNotEmitted(background.done):
        qtbot.waitUntil(closed.is_set, timeout=WAIT_MS)


def test_another_work_takes_the_place_of_the_first(qtbot: QtBot, background: Background) -> None:
    closed = threading.Event()
    with qtbot.waitSignal(background.progressed, timeout=WAIT_MS):
        background.start(endless(closed))
    with qtbot.waitSignal(background.done, timeout=WAIT_MS):
        background.start(counting(3, []))
    assert closed.is_set()


@pytest.mark.parametrize(
    ("error", "words", "detailed"),
    [
        (ExplorerError("line 3 is odd: mend it"), "line 3 is odd: mend it", False),
        (MemoryError(), "memory", True),
        (KeyError("x"), "KeyError", True),
    ],
)
def test_an_error_is_a_sentence_and_the_thread_goes_on(
    qtbot: QtBot, background: Background, error: Exception, words: str, detailed: bool
) -> None:
    with qtbot.waitSignal(background.refused, timeout=WAIT_MS) as refused:
        background.start(failing(error))
    assert words in refused.args[0]
    assert bool(refused.args[1]) is detailed
    with qtbot.waitSignal(background.done, timeout=WAIT_MS):
        background.start(counting(1, []))


def test_it_ends_in_the_middle_of_a_work(qtbot: QtBot, background: Background) -> None:
    closed = threading.Event()
    with qtbot.waitSignal(background.progressed, timeout=WAIT_MS):
        background.start(endless(closed))
    background.shutdown()
    assert closed.is_set()
    background.shutdown()
