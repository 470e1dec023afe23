"""The actions that change numbers: what they say when something goes with them."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from explorer.data import load_dataset
from explorer.panels.edit_actions import EditActions
from explorer.session import RunStatus, Session, Settings, Subject
from tests.panels.training.test_time_line import train


def told(session: Session) -> str:
    """Return what the banner says."""
    return session.state.notice.text if session.state.notice else ""


def test_an_update_at_an_older_step_says_that_the_later_ones_are_gone(look: QApplication) -> None:
    settings = Settings((8,), "tanh", 0.1, 16, 1)
    session = Session(Subject.of_data(load_dataset("moons"), settings), settings)
    actions = {name: QAction(name) for name in ("undo", "redo", "next_update", "previous_update")}
    edits = EditActions(session, actions)
    edits.next_update()
    assert not told(session)
    train(session)
    newest = session.state.network_step
    session.look_at(20)
    here = session.state.network_step
    edits.next_update()
    assert told(session).startswith(
        f"The run goes on from step {here}: its later steps {here + 1} to {newest} are gone"
    )
    edits.undo()
    assert session.state.network_step == newest
    assert told(session).startswith("Undone: ")


def test_undoing_training_says_how_far_it_went_back_and_what_brings_it_again(look: QApplication) -> None:
    settings = Settings((8,), "tanh", 0.1, 16, 1)
    session = Session(Subject.of_data(load_dataset("moons"), settings), settings)
    actions = {name: QAction(name) for name in ("undo", "redo", "next_update", "previous_update")}
    actions["redo"].setShortcut("Ctrl+Shift+Z")
    edits = EditActions(session, actions)
    train(session)
    newest = session.state.run.step
    what = session.undo_text
    while session.state.run.step:
        edits.undo()
    assert told(session) == (f"Undone: {what} (step {newest:,} → 0). Redo (Ctrl+Shift+Z) takes that back.")
    while session.redo_text:
        edits.redo()
    assert session.state.run.step == newest
    assert told(session).startswith("Done again: ")


def test_training_that_jumps_to_the_newest_step_says_so(look: QApplication) -> None:
    settings = Settings((8,), "tanh", 0.1, 16, 1)
    session = Session(Subject.of_data(load_dataset("moons"), settings), settings)
    train(session)
    newest = session.state.run.step
    session.look_at(20)
    here = session.state.network_step
    session.set_status(RunStatus.RUNNING)
    assert told(session).startswith(f"Training goes on from the newest step, {newest}, and not from step {here} ")
    assert session.state.network_step == newest
