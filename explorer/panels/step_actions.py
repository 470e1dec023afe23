"""The actions of the step card: the chain laid out or the Jacobian form, all digits; Esc closes what is open."""

from explorer.panels.closing import close_topmost, show_closable
from explorer.panels.main_window import MainWindow
from explorer.tape.numbers import DIGITS

OF_DRAWING = ("zoom_in", "zoom_out", "fit", "unfold")
"""Actions on the drawing, which the chain view covers."""


def wire_step(window: MainWindow) -> None:
    """Connect the step card's actions with the card and with the chain's sheet."""
    card, sheet = window.step_panel, window.chain_sheet
    chain, jacobian, digits = (window.action(name) for name in ("chain_view", "jacobian_view", "all_digits"))
    chain.toggled.connect(lambda wanted: sheet.open_sheet() if wanted else sheet.close_sheet())
    card.switch.chain_wanted.connect(lambda: chain.setChecked(True))
    sheet.closed.connect(lambda: chain.setChecked(False))
    chain.toggled.connect(lambda wanted: hide_drawing(window, hidden=wanted))
    jacobian.toggled.connect(card.show_jacobian)
    jacobian.toggled.connect(lambda wanted: sheet.close_sheet() if wanted else None)
    for toggled in (chain.toggled, jacobian.toggled, card.check.nudge_wanted.toggled):
        toggled.connect(lambda _open: show_closable(window))
    window.action("close_notice").triggered.connect(lambda: close_topmost(window))
    card.switch.jacobian_wanted.connect(jacobian.setChecked)
    digits.toggled.connect(card.entry.show_all_digits)
    card.entry.terms_toggled.connect(lambda: show_closable(window))
    window.action("more_digits").triggered.connect(card.entry.write_more)
    window.action("fewer_digits").triggered.connect(card.entry.write_fewer)
    card.entry.digits_chosen.connect(lambda chosen: digits.setChecked(chosen == DIGITS[-1]))
    card.entry.digits_chosen.connect(sheet.strip.set_digits)


def hide_drawing(window: MainWindow, *, hidden: bool) -> None:
    """Let no key act on the drawing and the card while the chain covers them: the Jacobian form gives way to it."""
    if hidden:
        window.action("jacobian_view").setChecked(False)
    for name in OF_DRAWING:
        window.action(name).setEnabled(not hidden)
