"""The window's actions in one table: public name, words, keys, and the menu in which each stands."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from explorer.panels.action_row import ActionRow
from explorer.panels.file_rows import FILE_ROWS

ACTIONS = (
    *FILE_ROWS,
    ActionRow("undo", "&Undo", ("Ctrl+Z",), "&Edit", "Take the last change back, with all that it had lost."),
    ActionRow("redo", "&Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "&Edit", "Make the change that was taken back once more."),
    ActionRow("first_step", "&First step", ("Home",), "&Step", "Go to the first step of the pass."),
    ActionRow("step_back", "Step &back", ("Left",), "&Step", "Go one step back."),
    ActionRow("play", "&Play", ("Space",), "&Step", "Step on by itself, to the end of the pass.", checkable=True),
    ActionRow("step_forward", "Step f&orward", ("Right",), "&Step", "Go one step on."),
    ActionRow("last_step", "&Last step", ("End",), "&Step", "Go to the last step of the pass."),
    ActionRow(
        "next_update",
        "Next &update",
        ("N",),
        "&Step",
        "Make the update that this pass shows, and step through the pass that follows.",
        apart=True,
    ),
    ActionRow("previous_update", "Pre&vious update", ("Shift+N",), "&Step", "Go back to the pass before the update."),
    ActionRow("previous_sample", "Pr&evious sample", ("PgUp",), "&Step", "Show the sample before.", apart=True),
    ActionRow("next_sample", "&Next sample", ("PgDown",), "&Step", "Show the next sample."),
    ActionRow("random_sample", "&Random sample", ("R",), "&Step", "Show a sample at random."),
    ActionRow("choose_sample", "S&ample by number", ("Ctrl+G",), "&Step", "Type the number of the sample to show."),
    ActionRow(
        "held_out_samples",
        "&Held-out samples",
        ("H",),
        "&Step",
        "Show the samples that are not trained on, but measured with; again, those trained on.",
        checkable=True,
    ),
    ActionRow(
        "whole_batch",
        "&Whole minibatch",
        ("B",),
        "&Step",
        "Show the pass of the whole minibatch that the next update takes, or of one sample alone.",
        checkable=True,
    ),
    ActionRow(
        "chain_view",
        "&Chain view",
        ("C",),
        "&Step",
        "Lay the chain from the loss to the input out as matrices, in the place of the Jacobian view.",
        checkable=True,
        apart=True,
    ),
    ActionRow(
        "jacobian_view",
        "&Jacobian view",
        ("J",),
        "&Step",
        "Show the step also as a product of full Jacobians.",
        checkable=True,
    ),
    ActionRow("all_digits", "All &digits", ("D",), "&Step", "Write every number in full.", checkable=True),
    ActionRow("more_digits", "One digit &more", ("Shift+D",), "&Step", "Write every number with one digit more."),
    ActionRow(
        "fewer_digits", "One d&igit fewer", ("Ctrl+Shift+D",), "&Step", "Write every number with one digit fewer."
    ),
    ActionRow(
        "gradient_check",
        "&Gradient check",
        ("G",),
        "&Step",
        "Compare every gradient with central differences.",
        apart=True,
    ),
    ActionRow("train", "&Train", ("T",), "&Train", "Start training, or pause it.", checkable=True),
    ActionRow("train_step", "One &step", ("S",), "&Train", "Make one update, with one minibatch."),
    ActionRow("train_epoch", "One &epoch", ("E",), "&Train", "Train to the end of the epoch."),
    ActionRow("reset", "&Reset", ("Ctrl+R",), "&Train", "Go back to the initial weights.", apart=True),
    ActionRow("look_earlier", "Look ear&lier", (",", "["), "&Train", "Show the kept step before.", apart=True),
    ActionRow("look_later", "Look l&ater", (".", "]"), "&Train", "Show the next kept step."),
    ActionRow("look_newest", "&Newest step", ("Ctrl+End",), "&Train", "Show the newest step, and follow the training."),
    ActionRow(
        "back_to_good",
        "&Back to a good step",
        ("Ctrl+Backspace",),
        "&Train",
        "After a divergence, let a run begin at the kept step with the lowest loss.",
    ),
    ActionRow(
        "lower_rate",
        "Set a lo&wer rate",
        ("Ctrl+Shift+Backspace",),
        "&Train",
        "After a divergence, go back to a good step, and take the learning rate that is proposed.",
    ),
    ActionRow(
        "scale_inputs",
        "Scale t&he inputs",
        (),
        "&Train",
        "Open the samples anew, their columns standardised; undo takes that back.",
    ),
    ActionRow(
        "continue_here",
        "&Continue from here",
        ("K",),
        "&Train",
        "Let a run begin with the step that is looked at; undo brings all that came after it back.",
    ),
    ActionRow(
        "keep_run",
        "Kee&p this run",
        ("Ctrl+K",),
        "&Train",
        "Keep this run as it stands: its settings, its weights and its curves.",
        apart=True,
    ),
    ActionRow("show_runs", "R&uns", ("Ctrl+Shift+R",), "&Train", "Show the list of kept runs beside the curves."),
    ActionRow(
        "compare_runs",
        "Side b&y side…",
        ("Ctrl+Shift+K",),
        "&Train",
        "Lay the chosen runs, or all that are drawn, side by side: settings, results, and what differs.",
    ),
    ActionRow(
        "compare_optimizers",
        "C&ompare optimisers…",
        ("Ctrl+M",),
        "&Train",
        "Train the same network from the same weights under several optimisers or learning rates.",
    ),
    ActionRow(
        "stop_comparison",
        "Stop co&mparing",
        ("Ctrl+.",),
        "&Train",
        "End the comparison where it stands, and keep its runs.",
    ),
    ActionRow(
        "draw_points",
        "&Draw points",
        ("P",),
        "&Train",
        "Draw samples into the picture of the regions, and erase them, with the mouse or by keys.",
        checkable=True,
        apart=True,
    ),
    ActionRow(
        "draw_digit",
        "Draw a d&igit",
        ("Shift+P",),
        "&Train",
        "Draw an image on the canvas beside the curves, and see its forward pass at once.",
    ),
    ActionRow("zoom_in", "Zoom &in", ("Ctrl++", "Ctrl+="), "&View", "Enlarge the drawing."),
    ActionRow("zoom_out", "Zoom &out", ("Ctrl+-",), "&View", "Shrink the drawing."),
    ActionRow("fit", "&Fit", ("F",), "&View", "Fit the drawing to its place."),
    ActionRow(
        "unfold",
        "&Unfold wide layers",
        ("U",),
        "&View",
        "Show all units of the chosen unit's layer, or of all wide layers; again folds them.",
    ),
    ActionRow("workspace_explore", "&Explore", ("Ctrl+1",), "&View", "Give the pass most of the window.", apart=True),
    ActionRow("workspace_train", "&Train", ("Ctrl+2",), "&View", "Give the training most of the window."),
    ActionRow(
        "next_notation", "Next &notation", ("Ctrl+L",), "&View", "Write everything in the next notation.", apart=True
    ),
    ActionRow(
        "numerator_layout",
        "Nu&merator layout",
        ("Ctrl+Shift+L",),
        "&View",
        "Write a gradient in the transposed shape of what it is taken by.",
        checkable=True,
    ),
    ActionRow("next_picture", "Next &picture of learning", ("V",), "&View", "Show the next picture beside the curves."),
    ActionRow(
        "enlarge_picture",
        "&Large picture of learning",
        ("Shift+V",),
        "&View",
        "Give the picture the room of the drawing and the step card; again, or Esc, brings it back.",
        checkable=True,
    ),
    ActionRow(
        "smooth_curves", "&Smoother curves", ("M",), "&View", "Smooth the curves more; after the strongest, not at all."
    ),
    ActionRow("log_loss", "Lo&garithmic loss", ("L",), "&View", "Put the losses on a logarithmic axis, or back."),
    ActionRow("log_steps", "Loga&rithmic steps", ("Shift+L",), "&View", "Put the curves' steps on a logarithmic axis."),
    ActionRow("whole_run", "W&hole run", ("W",), "&View", "Show all steps of the run in the curves, and follow it."),
    ActionRow("dark", "&Dark", ("Ctrl+D",), "&View", "Dark or light.", checkable=True, apart=True),
    ActionRow(
        "animations",
        "&Animations",
        (),
        "&View",
        "Let values travel along the edges as a step is taken; any input ends it.",
        checkable=True,
    ),
    ActionRow(
        "close_notice",
        "&Close",
        ("Esc",),
        "&View",
        "Close what lies on top: chain view, nudge, Jacobian view, notice, hint, the choice of a cell, a guest's pass.",
    ),
    ActionRow("keys", "&Keys", ("F1", "?"), "&Help", "List every key of the window."),
    ActionRow("about", "&About", (), "&Help", "What this program is, and its version."),
)


def make_actions(window: QMainWindow) -> dict[str, QAction]:
    """Make every action of the table and return them by name; their keys work in the whole window."""
    made: dict[str, QAction] = {}
    for row in ACTIONS:
        action = QAction(row.text, window)
        action.setObjectName(row.name)
        action.setCheckable(row.checkable)
        action.setShortcuts([QKeySequence(keys) for keys in row.keys])
        if "Space" in row.keys:  # the window's own key: a focused button must still be pressed by it
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        keys = f" ({row.keys[0]})" if row.keys else ""
        action.setToolTip(f"{row.tip}{keys}")
        action.setStatusTip(row.tip)
        window.addAction(action)
        made[row.name] = action
    return made


def make_menu(window: QMainWindow, actions: dict[str, QAction]) -> QMenu:
    """Return the menu of all actions, each under its heading."""
    menu = QMenu(window)
    parts: dict[str, QMenu] = {}
    for row in ACTIONS:
        if row.menu not in parts:
            parts[row.menu] = menu.addMenu(row.menu)
            parts[row.menu].setToolTipsVisible(True)
        if row.apart:
            parts[row.menu].addSeparator()
        parts[row.menu].addAction(actions[row.name])
    return menu
