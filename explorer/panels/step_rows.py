"""The actions of the menu Step, in one table: through the pass, its samples and updates, and how it is written."""

from explorer.panels.action_row import ActionRow

STEP_ROWS = (
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
    ActionRow(
        "mistake_lab",
        "Mis&take lab",
        ("X",),
        "&Step",
        "Make known mistakes on purpose: see which steps change, what the check says, and what training makes of it.",
        checkable=True,
    ),
)
