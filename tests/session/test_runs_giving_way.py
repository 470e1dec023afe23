"""Which kept runs give way to newer ones: none that was asked for, nor the longest, and never without a word."""

import pytest
from msgspec.structs import replace

from explorer.engine.errors import ExplorerError
from explorer.session import Session
from explorer.session import runs as budgets
from explorer.session.opening import open_data
from explorer.session.runs import MOST_QUIET
from tests.session.kept import SETTINGS, names, session_of, train


def left_runs(session: Session, steps: tuple[int, ...]) -> None:
    """Train for so many steps, reset; again and again."""
    for count in steps:
        train(session, count)
        session.reset()


def test_showing_a_run_lets_neither_the_longest_go_nor_the_one_that_is_shown_and_says_which_did() -> None:
    session = session_of()
    left_runs(session, (40, 2, 3, 4))
    train(session, 5)
    session.show_run(2)
    assert names(session) == ["run 1", "run 2", "run 4", "run 5"]
    assert session.shown_run() == 2
    assert session.state.notice is not None
    assert session.state.notice.text == (
        "run 3 (to step 3), which nobody had asked to keep, gave way to run 5; undo brings it back."
    )
    session.undo()
    assert names(session) == ["run 1", "run 2", "run 3", "run 4"]


def test_what_was_asked_for_is_never_given_up_though_a_run_is_shown_again_and_again() -> None:
    session = session_of()
    train(session, 30)
    session.keep_run("mine")
    for _ in range(MOST_QUIET + 3):
        session.show_run(1)
        train(session, 3)
    assert names(session)[0] == "mine"
    assert sum(run.quiet for run in session.state.runs) == MOST_QUIET


@pytest.mark.parametrize("leave", ["reset", "configure", "open", "continue"])
def test_whatever_lets_a_kept_run_go_says_so(leave: str) -> None:
    session = session_of()
    left_runs(session, (40, 2, 3, 4))
    train(session, 5)
    train(session, 5)
    if leave == "reset":
        session.reset()
    elif leave == "configure":
        session.configure(replace(session.state.settings, batch_size=8))
    elif leave == "open":
        session.open(*open_data("circles", SETTINGS))
    else:
        session.look_at(5)
        session.continue_here()
    assert names(session) == ["run 1", "run 3", "run 4", "run 5"]
    assert session.state.notice is not None
    assert session.state.notice.text.endswith(
        "run 2 (to step 2), which nobody had asked to keep, gave way to run 5; undo brings it back."
    )


def test_the_longest_run_is_not_given_up_for_room_either(monkeypatch: pytest.MonkeyPatch) -> None:
    session = session_of()
    left_runs(session, (40,))
    monkeypatch.setattr(budgets, "MOST_RUNS", 1)
    train(session, 5)
    with pytest.raises(ExplorerError, match="delete a run of the list first"):
        session.keep_run()
    assert names(session) == ["run 1"]


def test_a_run_that_cannot_be_kept_as_it_is_left_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    session = session_of()
    left_runs(session, (40,))
    monkeypatch.setattr(budgets, "MOST_RUNS", 1)
    left_runs(session, (5,))
    assert names(session) == ["run 1"]
    assert session.state.notice is not None
    assert session.state.notice.text.startswith("The run before is not kept, for 32 runs or 256 MB are the most")
