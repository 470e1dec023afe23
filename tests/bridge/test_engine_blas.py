"""The window's runs and the linear algebra's threads."""

from pytestqt.qtbot import QtBot
from threadpoolctl import threadpool_info, threadpool_limits

from explorer.bridge import TrainingEngine
from explorer.session import Session
from explorer.session.opening import open_data

WAIT_MS = 10_000


def threads() -> list[int]:
    return [library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"]


def test_a_tiny_run_takes_one_thread_once_it_trains_and_gives_the_others_back(qtbot: QtBot) -> None:
    with threadpool_limits(2, user_api="blas"):
        before = threads()
        session = Session(*open_data("xor"))
        engine = TrainingEngine(session)
        assert threads() == before
        engine.step()
        assert threads() == [1] * len(before)
        qtbot.waitUntil(lambda: session.state.run.step == 1, timeout=WAIT_MS)
        engine.reset()
        assert threads() == [1] * len(before)
        engine.shutdown()
        assert threads() == before


def test_what_could_be_shared_takes_one_thread_before_it_is_evaluated(qtbot: QtBot) -> None:
    with threadpool_limits(2, user_api="blas"):
        before = threads()
        session = Session(*open_data("digits"))
        engine = TrainingEngine(session)
        assert threads() == [1] * len(before)
        qtbot.waitUntil(lambda: session.state.run.evaluation is not None, timeout=WAIT_MS)
        engine.shutdown()
        assert threads() == before
