"""The actions of the menu File, in one table."""

from explorer.panels.action_row import ActionRow

FILE_ROWS = (
    ActionRow("open_problem", "&Open…", ("Ctrl+O",), "&File", "Open a problem, a session, weights or samples."),
    ActionRow(
        "open_data",
        "Open &data…",
        ("Ctrl+Shift+O",),
        "&File",
        "Look at a table (CSV), IDX images or NumPy arrays of one's own, and train on them.",
    ),
    ActionRow(
        "open_session",
        "Open sess&ion…",
        ("Ctrl+Alt+O",),
        "&File",
        "Take a saved session up where it was left: numbers, curves, kept runs, the place in the pass.",
    ),
    ActionRow("open_last", "Open &last session", (), "&File", "Open what the window showed when it was closed last."),
    ActionRow(
        "save_session",
        "&Save session",
        ("Ctrl+S",),
        "&File",
        "Save all that the window shows and remembers to its file: numbers, curves, kept runs.",
        apart=True,
    ),
    ActionRow(
        "save_session_as", "Save session &as…", ("Ctrl+Shift+S",), "&File", "Save the session to a file to be chosen."
    ),
    ActionRow("save_problem", "Save pro&blem…", (), "&File", "Save this problem with the weights as they stand."),
    ActionRow(
        "export_weights",
        "&Export weights…",
        ("Ctrl+E",),
        "&File",
        "Write the weights as they stand to an .npz or a .safetensors file, or as an .onnx model that others run.",
        apart=True,
    ),
    ActionRow(
        "export_history", "Export &history…", (), "&File", "Write the losses and accuracies of this run to a CSV file."
    ),
    ActionRow(
        "export_data",
        "Export sa&mples…",
        (),
        "&File",
        "Write the samples, those held out too, to a CSV file in the units of the data.",
    ),
    ActionRow(
        "export_worksheet",
        "Export &worksheet…",
        ("Ctrl+Shift+P",),
        "&File",
        "Write this pass as a page to print: formulas and shapes, blanks for the numbers, the solutions on last pages.",
    ),
    ActionRow("export_picture", "Export &picture…", ("Ctrl+P",), "&File", "Write the window to a PNG file."),
    ActionRow("quit", "&Quit", ("Ctrl+Q",), "&File", "End the program; training stops first.", apart=True),
)
