"""What each action and each panel's signal does: tables, read when the window is built."""

from collections.abc import Callable
from functools import partial

from explorer.data import SETS
from explorer.panels import dialogs
from explorer.panels.actions import ACTIONS
from explorer.panels.exports import EXPORTS
from explorer.panels.looking import take_view, view_of
from explorer.panels.main_window import MainWindow
from explorer.panels.picture_actions import wire_pictures
from explorer.panels.step_actions import wire_step
from explorer.problems import shelf
from explorer.session.gradient_notice import gradient_notice
from explorer.session.opening import preparing
from explorer.session.scaling_inputs import scaled_data

Command = Callable[[], object]


def commands(window: MainWindow) -> dict[str, Command]:
    """Return what each plain action does, by its object name."""
    parts = file_commands, pass_commands, run_commands, view_commands, learn_commands
    return {name: command for part in parts for name, command in part(window).items()}


def file_commands(window: MainWindow) -> dict[str, Command]:
    """Return what the actions on files do."""
    files = window.files
    return {
        "open_problem": files.ask_open,
        "open_data": files.ask_open_data,
        "open_session": files.ask_open_session,
        "open_last": files.open_last,
        "save_session": files.sessions.save,
        "save_session_as": files.sessions.ask_save,
        **{name: partial(files.exports.ask, name) for name in EXPORTS},
        "quit": window.close,
    }


def pass_commands(window: MainWindow) -> dict[str, Command]:
    """Return what the actions on the shown pass do: through its steps, its samples, its updates and what was undone."""
    session, edits = window.session, window.edits
    return {
        "undo": edits.undo,
        "redo": edits.redo,
        "next_update": edits.next_update,
        "previous_update": edits.previous_update,
        "first_step": lambda: session.go_to(0),
        "step_back": lambda: session.go_to(session.state.position - 1),
        "step_forward": lambda: session.go_to(session.state.position + 1),
        "last_step": lambda: session.go_to(len(session.state.tape) - 1),
        "previous_sample": lambda: session.show_next_place(-1),
        "next_sample": lambda: session.show_next_place(1),
        "random_sample": session.show_random_sample,
        "gradient_check": lambda: session.tell(gradient_notice(session.state)),
    }


def run_commands(window: MainWindow) -> dict[str, Command]:
    """Return what the actions on training do, on going back in it, and on kept runs."""
    session, engine, runs = window.session, window.engine, window.runs
    return {
        "train": engine.toggle,
        "train_step": engine.step,
        "train_epoch": engine.epoch,
        "reset": engine.reset,
        "look_earlier": lambda: session.look_by(-1),
        "look_later": lambda: session.look_by(1),
        "look_newest": session.look_at_front,
        "continue_here": session.continue_here,
        "back_to_good": session.back_to_good,
        "lower_rate": session.lower_rate,
        "scale_inputs": lambda: scale_inputs(window),
        "keep_run": runs.keep,
        "show_runs": runs.show_page,
        "compare_runs": runs.lay_side_by_side,
        "compare_optimizers": runs.ask_optimizers,
        "stop_comparison": runs.stop,
    }


def view_commands(window: MainWindow) -> dict[str, Command]:
    """Return what the actions on how the window shows things do, and on what it tells of itself."""
    network, training = window.network, window.training
    return {
        "zoom_in": network.zoom_in,
        "zoom_out": network.zoom_out,
        "fit": network.fit,
        "unfold": network.toggle_fold,
        "next_picture": training.pictures.choose_next,
        "smooth_curves": training.smooth_more,
        "log_loss": training.switch_scale,
        "log_steps": training.switch_steps,
        "whole_run": training.loss.show_whole,
        "workspace_explore": lambda: window.set_workspace("Explore"),
        "workspace_train": lambda: window.set_workspace("Train"),
        "next_notation": window.session.write_in_next,
        "keys": lambda: dialogs.show_keys(window, ACTIONS),
        "about": lambda: dialogs.tell_about(window.session),
    }


def learn_commands(window: MainWindow) -> dict[str, Command]:
    """Return what the actions on lessons do."""
    learn = window.learn
    return {
        "workspace_learn": lambda: window.set_workspace("Learn"),
        "all_lessons": learn.show_all,
        "previous_lesson": lambda: learn.go_on(-1),
        "next_lesson": lambda: learn.go_on(1),
        "open_subject": learn.open_again,
        "leave_lesson": learn.go_back,
    }


def wire(window: MainWindow) -> None:
    """Connect actions and panels."""
    for name, command in commands(window).items():
        window.action(name).triggered.connect(without_argument(command))
    wire_switches(window)
    wire_step(window)
    wire_pictures(window)
    wire_pass(window)
    wire_training(window)
    wire_files(window)
    for telling in (window.banner, window.training.controls.hint):
        telling.offered.connect(lambda name: window.action(name).trigger())
    window.banner.closed.connect(lambda: window.session.tell(None))
    window.top.show_state(window.session.state)


def wire_switches(window: MainWindow) -> None:
    """Connect the actions that are on or off."""
    session = window.session
    window.action("whole_batch").triggered.connect(lambda wanted: show_whole(window, wanted=wanted))
    window.action("held_out_samples").triggered.connect(
        lambda wanted: session.show_held_out(0) if wanted else session.leave_guest()
    )
    window.action("dark").triggered.connect(lambda dark: window.set_look("dark" if dark else "light"))
    window.action("numerator_layout").triggered.connect(
        lambda turned: session.lay_out("numerator" if turned else "denominator")
    )
    window.action("play").toggled.connect(lambda _playing: window.transport.set_palette(window.look))
    window.action("animations").setChecked(window.motion.enabled)
    window.action("animations").toggled.connect(window.motion.set_enabled)


def wire_pass(window: MainWindow) -> None:
    """Connect what shows the pass: its steps, its place in time, its samples, the drawing, how it is written."""
    session = window.session
    window.steps.position_chosen.connect(session.go_to)
    window.transport.slider.valueChanged.connect(session.go_to)
    window.network.cell_hovered.connect(session.hover)
    window.network.cell_clicked.connect(session.select)
    window.top.samples.place_chosen.connect(session.show_place)
    window.top.samples.one_wanted.connect(session.leave_guest)
    window.top.notation.chosen.connect(session.write_in)
    window.top.workspace_chosen.connect(window.set_workspace)


def wire_training(window: MainWindow) -> None:
    """Connect the training panel: what it measures, the samples that are chosen in it, its runs."""
    window.training.pictures.measured.connect(window.network.show_measured)
    window.training.controls.form.data_chosen.connect(window.files.open_data)
    window.runs.export_wanted.connect(window.files.exports.ask_run)


def wire_files(window: MainWindow) -> None:
    """Connect what is opened by name, and how a session keeps what the window shows."""
    window.action("quit").setIconText("Close anyway")  # as a notice offers it
    window.files.sessions.look = partial(view_of, window)
    window.files.sessions.viewed.connect(lambda view: take_view(window, view))
    window.top.problem_chosen.connect(window.files.open_key)
    window.top.offer(
        [(entry.name, entry.title) for entry in shelf()],
        [(name, row.title) for name, row in SETS.items()],
    )


def scale_inputs(window: MainWindow) -> None:
    """Open the samples anew, their columns standardised, where they can be."""
    state = window.session.state
    data = scaled_data(state.subject)
    if data is not None:
        window.files.open_found(data.name, preparing(data, state.settings))


def show_whole(window: MainWindow, *, wanted: bool) -> None:
    """Show the minibatch, or one sample; where it cannot be shown, let the switch stand as it stood."""
    window.session.show_whole(wanted)
    window.top.samples.show_state(window.session.state)


def without_argument(command: Command) -> Callable[..., None]:
    """Return the command as a slot that drops ``checked``."""

    def slot(*_arguments: object) -> None:
        command()

    return slot
