"""The count of updates after an early stop, and of weights that a file says were trained: one count everywhere."""

from pathlib import Path

from msgspec.structs import replace

from explorer.files import write_weights
from explorer.panels.training.run_line import progress_words
from explorer.panels.training.training_controls import told
from explorer.session import RunStatus, Session
from explorer.session.counting import pass_words, updates_words
from explorer.session.opening import open_named
from explorer.session.passes import NextUpdate
from explorer.session.runs_table import side_by_side
from explorer.session.saving import weights_info
from explorer.session.worksheet import about
from tests.session.kept import session_of, train


def early_stopped() -> Session:
    """A run of 40 updates that went back to the best weights, those after 20, as the engine would report it."""
    session = session_of()
    train(session, 20)
    best = session.state.network, session.state.memory
    train(session, 20)
    session.set_status(RunStatus.RUNNING)
    run = session.state.run
    session.receive(run.id, 40, run.epoch, session.history.losses.view()[:0], (), *best)
    session.set_status(RunStatus.PAUSED, "best of epoch 2", kept_step=20)
    return session


def line(session: Session) -> str:
    return progress_words(session.state.run, None, told(session.state))


def results(session: Session) -> dict[str, str]:
    return {row.title: row.cells[0] for row in side_by_side([session.moment()]) if row.is_result}


def test_after_an_early_stop_the_best_step_is_told_everywhere() -> None:
    session = early_stopped()
    length = session.state.steps_per_epoch
    assert line(session) == "shown: step 20 of 40"
    assert pass_words(session.state) == "pass 21, after 20 updates"
    assert about(session.state).endswith(", after 20 updates.")
    assert session.state.told_step == weights_info(session.state).steps == 20
    told_of = results(session)
    assert (told_of["steps"], told_of["epochs"]) == ("20", str(20 // length))


def test_weights_that_went_on_from_the_best_ones_are_told_by_the_step_of_the_run() -> None:
    session = early_stopped()
    train(session, 5)
    assert session.state.memory.updates == 25
    assert line(session).startswith("step 45 · ")
    assert pass_words(session.state) == "pass 46, at step 45"
    assert about(session.state).endswith(", at step 45.")


def test_weights_of_a_file_are_not_before_any_update(tmp_path: Path) -> None:
    session = session_of()
    train(session, 20)
    file = tmp_path / "w.npz"
    write_weights(file, session.state.network, replace(weights_info(session.state), steps=1213))
    opened = Session(*open_named(str(file)))
    assert updates_words(opened.state) == "after 1,213 + 0 updates"
    opened.do(NextUpdate())
    assert updates_words(opened.state) == "after 1,213 + 1 update"
