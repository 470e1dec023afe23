"""Runs that are kept: what they share, when they are kept, shown again, renamed and let go of."""

import pytest
from msgspec.structs import replace

from explorer.engine.errors import ExplorerError
from explorer.session import RunStatus, Session
from explorer.session import runs as budgets
from explorer.session.opening import open_data
from explorer.session.runs import COLOURS, LONGEST_NAME, MOST_QUIET, held_bytes
from explorer.session.runs_commands import DeleteRuns, RecolourRun, RenameRun
from tests.session.kept import names, numbers, session_of, train
from tests.session.moments import snapshot


def test_a_kept_run_shares_what_it_holds_and_is_never_written() -> None:
    session = session_of()
    train(session)
    session.keep_run("first")
    (run,) = session.state.runs
    assert run.moment.network is session.state.network
    assert run.history is session.history
    before = run.history.losses.view().tobytes(), len(run.history.evaluations), run.moment.network.theta.tobytes()
    train(session, 7)
    assert len(session.history.losses) == 12
    assert (run.history.losses.view().tobytes(), len(run.history.evaluations)) == before[:2]
    assert run.moment.network.theta.tobytes() == before[2]
    assert (run.moment.run.step, run.evaluation and run.evaluation.step) == (5, 5)


def test_keeping_while_training_runs_leaves_it_alone() -> None:
    session = session_of()
    train(session, 5, RunStatus.RUNNING)
    run = session.state.run
    session.keep_run()
    assert session.state.run is run
    assert names(session) == ["run 1"]
    assert session.state.runs[0].moment.run.status is RunStatus.PAUSED
    session.undo()
    assert (session.state.run, names(session)) == (run, [])
    session.redo()
    assert (session.state.run, names(session)) == (run, ["run 1"])


def test_a_run_is_kept_once() -> None:
    session = session_of()
    with pytest.raises(ExplorerError, match="train first"):
        session.keep_run()
    train(session)
    session.keep_run()
    with pytest.raises(ExplorerError, match="kept already, as run 1"):
        session.keep_run()
    session.reset()
    assert names(session) == ["run 1"]


def test_reset_and_new_settings_keep_the_run_before_quietly() -> None:
    session = session_of()
    train(session)
    session.reset()
    train(session, 6)
    session.configure(replace(session.state.settings, batch_size=8))
    assert session.state.notice is not None
    assert session.state.notice.text == "New settings begin a new run: the 6 steps before are kept as run 2."
    assert [(run.name, run.quiet, run.moment.run.step) for run in session.state.runs] == [
        ("run 1", True, 5),
        ("run 2", True, 6),
    ]
    assert len({run.colour for run in session.state.runs}) == 2
    session.undo()
    assert (names(session), session.state.run.step) == (["run 1"], 6)


def test_quiet_runs_give_way_to_newer_ones_and_those_asked_for_stay() -> None:
    session = session_of()
    for steps in range(2, 9):
        train(session, steps)
        if steps == 3:
            session.keep_run("mine")
        session.reset()
    assert names(session) == ["mine", *(f"run {number}" for number in range(7 - MOST_QUIET + 1, 8))]
    session.do(RenameRun(session.state.runs[1].id, "also mine"))
    train(session, 9)
    session.reset()
    assert names(session)[:2] == ["mine", "also mine"]


def test_branching_keeps_the_run_that_is_left() -> None:
    session = session_of()
    train(session)
    train(session)
    session.look_at(5)
    session.continue_here()
    assert session.state.run.step == 5
    assert [(run.name, run.moment.run.step) for run in session.state.runs] == [("run 1", 10)]


def test_changes_of_the_list_are_undone_one_by_one_and_leave_the_run_alone() -> None:
    session = session_of()
    train(session)
    session.keep_run("a")
    train(session)
    session.keep_run("b")
    first, second = session.state.runs
    session.do(RenameRun(first.id, "  the  first "))
    session.do(RecolourRun(second.id, 5))
    session.do(DeleteRuns((first.id,)))
    assert [(run.name, run.colour) for run in session.state.runs] == [("b", 5)]
    assert session.undo_text == "deleting the first"
    train(session, 3)
    session.undo()
    state, run_id = session.state, session.state.run.id
    session.undo()
    assert names(session) == ["the first", "b"]
    assert (session.state.network, session.state.run.id) == (state.network, run_id)
    session.undo()
    assert session.state.runs[1] is second
    session.undo()
    assert session.state.runs == (first, second)
    for _ in range(3):
        session.redo()
    assert [(run.name, run.colour) for run in session.state.runs] == [("b", 5)]


def test_a_run_is_shown_again_to_the_last_bit_and_back() -> None:
    session = session_of()
    train(session)
    session.keep_run()
    kept = snapshot(session)
    session.configure(replace(session.state.settings, hidden=(3,), optimizer="adam", learning_rate=0.01))
    train(session, 8)
    other = snapshot(session)
    assert session.shown_run() is None
    session.show_run(1)
    assert snapshot(session) == kept
    assert session.shown_run() == 1
    assert names(session) == ["run 1", "run 2"]
    train(session, 2)
    session.undo()
    session.undo()
    assert snapshot(session) == other
    assert names(session) == ["run 1"]


def test_the_step_that_is_looked_at_is_found_again_where_a_run_has_fewer() -> None:
    session = Session(*numbers("none"))
    train(session)
    session.keep_run()
    session.open(*open_data("moons", session.state.settings))
    train(session)
    last = len(session.state.tape) - 1
    session.go_to(last)
    session.show_run(1)
    assert len(session.state.tape) < last + 1
    assert session.state.step.id == "J+"
    session.undo()
    assert session.state.position == last


def test_showing_the_shown_run_is_no_change() -> None:
    session = session_of()
    train(session)
    session.keep_run()
    session.show_run(1)
    assert session.undo_text == "keeping run 1"
    with pytest.raises(ExplorerError, match="run 7 is not kept"):
        session.show_run(7)


def test_another_subject_leaves_the_runs() -> None:
    session = session_of()
    train(session)
    session.keep_run()
    session.show_curves(1, visible=False)
    session.open(*open_data("iris"))
    assert (names(session), session.state.hidden_runs) == (["run 1"], frozenset({1}))
    session.show_curves(1, visible=True)
    session.show_run(1)
    assert (session.state.subject.name, session.state.hidden_runs) == ("moons", frozenset())


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (RenameRun(1, " "), "expected 1 to 40 characters, got 0"),
        (RenameRun(1, "x" * 41), "expected 1 to 40 characters, got 41"),
        (RenameRun(1, "b"), "another run is called b"),
        (RenameRun(9, "c"), "run 9 is not kept"),
        (RecolourRun(9, 1), "run 9 is not kept"),
        (DeleteRuns((1, 9)), "run 9 is not kept"),
    ],
)
def test_what_cannot_be_done_is_refused(command: RenameRun | RecolourRun | DeleteRuns, sentence: str) -> None:
    session = session_of()
    train(session)
    session.keep_run("a")
    train(session)
    session.keep_run("b")
    runs = session.state.runs
    with pytest.raises(ExplorerError, match=sentence):
        session.do(command)
    assert session.state.runs is runs


def test_colours_go_round_and_names_stay_apart() -> None:
    session = session_of()
    for _ in range(COLOURS + 1):
        train(session)
        session.keep_run("same")
    assert [run.colour for run in session.state.runs] == [*range(COLOURS), 0]
    assert names(session)[:3] == ["same", "same (2)", "same (3)"]


def test_a_free_colour_is_one_that_no_drawn_run_has() -> None:
    session = session_of()
    for _ in range(COLOURS):
        train(session)
        session.keep_run()
    session.show_curves(3, visible=False)
    train(session)
    session.keep_run("beside")
    assert session.state.runs[-1].colour == session.state.runs[2].colour


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    session = session_of()
    train(session)
    session.keep_run("kept")
    one = held_bytes(session.state.runs, session.state.subject)
    assert 0 < one < 2**20
    monkeypatch.setattr(budgets, "MOST_BYTES", one + 4096)
    session.reset()
    train(session)
    session.reset()
    assert names(session) == ["kept"]
    train(session, 4)
    with pytest.raises(ExplorerError, match="delete a run of the list first"):
        session.keep_run("too much")
    assert names(session) == ["kept"]
    session.do(DeleteRuns((1,)))
    session.keep_run("instead")
    assert names(session) == ["instead"]


def test_a_name_with_a_number_is_not_too_long() -> None:
    session = session_of()
    for _ in range(3):
        train(session)
        session.keep_run("x" * LONGEST_NAME)
    assert names(session)[1:] == ["x" * (LONGEST_NAME - 4) + f" ({number})" for number in (2, 3)]


def test_opening_something_else_keeps_the_run_as_a_reset_does() -> None:
    session = session_of()
    train(session)
    network = session.state.network
    session.open(*open_data("iris"))
    assert [(run.moment.network is network, run.quiet) for run in session.state.runs] == [(True, True)]
    session.undo()
    assert session.state.runs == ()
    assert session.state.network is network
