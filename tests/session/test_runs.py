"""Runs that are kept: shared and never written, renamed, recoloured, deleted and shown again, each to be undone."""

from dataclasses import replace

import numpy as np
import pytest

from explorer.engine.errors import ExplorerError
from explorer.session import Edit, Evaluation, RunStatus, Session, Settings
from explorer.session import runs as budgets
from explorer.session.opening import open_data
from explorer.session.runs import COLOURS, LONGEST_NAME, MOST_QUIET, KeptRun, held_bytes
from explorer.session.runs_commands import DeleteRuns, KeepRuns, RecolourRun, RenameRun
from explorer.session.runs_comparing import lane_moment, lane_of
from explorer.session.runs_table import Row, rate_words, settings_words, side_by_side
from explorer.tape.mistaken_trainer import trainer_of
from tests.session.moments import snapshot

SETTINGS = Settings((4,), "tanh", 0.1, 16)


def session_of(name: str = "moons") -> Session:
    return Session(*open_data(name, SETTINGS))


def train(session: Session, steps: int = 5, status: RunStatus = RunStatus.PAUSED) -> None:
    """What the engine does, without its thread."""
    session.set_status(RunStatus.RUNNING)
    state = session.state
    problem = state.subject.problem.with_network(state.network.copy(), state.memory)
    trainer = trainer_of(problem, state.settings.batch_size, state.settings.seed)
    trainer.resume(state.run.step, state.memory)
    losses = np.empty(steps)
    trainer.run(steps, losses)
    measured = Evaluation(trainer.step, losses[-1], 0.5, losses[-1], 0.5)
    memory = replace(state.memory, updates=trainer.optimizer.steps, vectors=trainer.optimizer.state)
    session.receive(
        state.run.id, trainer.step, trainer.epoch, losses.astype(np.float32), (measured,), problem.network, memory
    )
    session.set_status(status)


def names(session: Session) -> list[str]:
    return [run.name for run in session.state.runs]


def table(*runs: KeptRun) -> dict[str, Row]:
    return {row.title: row for row in side_by_side([run.moment for run in runs])}


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


def test_the_table_marks_what_differs() -> None:
    session = session_of()
    train(session)
    session.keep_run("a")
    session.configure(replace(session.state.settings, optimizer="adam", learning_rate=0.02, seed=2))
    train(session, 9)
    session.keep_run("b")
    rows = table(*session.state.runs)
    assert rows["optimiser"].cells == ("SGD", "Adam")
    assert rows["rate"].cells == ("0.1", "0.02")
    assert rows["beta1"].cells == ("—", "0.9")
    assert rows["steps"].cells == ("5", "9")
    assert {title for title, row in rows.items() if row.differs and not row.is_result} == {
        *("seed", "optimiser", "rate", "beta1", "beta2", "epsilon"),
    }
    assert "momentum" not in rows
    assert settings_words(session.state.runs[1].moment) == "2-4-2 tanh · Adam 0.02 · batch 16 · seed 2"


def test_a_run_tells_the_rates_of_its_own_updates() -> None:
    session = session_of()
    train(session)
    session.configure(replace(session.state.settings, learning_rate=0.5))
    train(session, 3)
    session.configure(replace(session.state.settings, learning_rate=0.7))
    session.keep_run()
    assert rate_words(session.state.runs[0].moment) == "0.1 → 0.5"
    session.look_at(5)
    session.continue_here()
    train(session, 2)
    session.keep_run()
    assert rate_words(session.state.runs[-1].moment) == "0.1 → 0.7"


def test_what_was_changed_by_hand_is_told() -> None:
    session = session_of()
    train(session)
    session.keep_run()
    session.do(Edit(("W1", (0, 0)), 0.5))
    train(session, 2)
    session.keep_run()
    assert table(*session.state.runs)["changed by hand"].cells == ("—", "W1")


def test_compared_runs_are_called_by_what_sets_them_apart() -> None:
    session = session_of()

    def keep_compared() -> str:
        lane = lane_of(session.state, "sgd", 0.1)
        session.do(KeepRuns(((lane.name, lane_moment(session.state, lane)),)))
        return lane.name

    assert [keep_compared(), keep_compared()] == ["SGD 0.1", "SGD 0.1 (2)"]
    session.configure(replace(session.state.settings, batch_size=8))
    assert keep_compared() == "SGD 0.1 · batch 8"
    session.open(*open_data("circles", session.state.settings))
    assert keep_compared() == "SGD 0.1 · Circles"
    session.configure(replace(session.state.settings, seed=3, hidden=(5,)))
    assert [keep_compared(), keep_compared()] == ["SGD 0.1 · Circles · 2-5-2", "SGD 0.1 · Circles · 2-5-2 (2)"]
    assert names(session) == list(dict.fromkeys(names(session)))


def test_a_name_with_a_number_is_not_too_long() -> None:
    session = session_of()
    for _ in range(3):
        train(session)
        session.keep_run("x" * LONGEST_NAME)
    assert names(session)[1:] == ["x" * (LONGEST_NAME - 4) + f" ({number})" for number in (2, 3)]
