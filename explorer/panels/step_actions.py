"""The actions of the step card: the chain laid out, the Jacobian form, all digits; Esc closes what is open."""

from explorer.panels.main_window import MainWindow
from explorer.tape.numbers import DIGITS


def wire_step(window: MainWindow) -> None:
    """Connect the step card's actions with the card and with the chain's sheet."""
    card, sheet = window.step_panel, window.chain_sheet
    chain, jacobian, digits = (window.action(name) for name in ("chain_view", "jacobian_view", "all_digits"))
    chain.toggled.connect(lambda wanted: sheet.open_sheet() if wanted else sheet.close_sheet())
    card.switch.chain_wanted.connect(lambda: chain.setChecked(True))
    sheet.closed.connect(lambda: chain.setChecked(False))
    chain.toggled.connect(lambda _open: window.show_closable())
    jacobian.toggled.connect(card.show_jacobian)
    card.switch.jacobian_wanted.connect(jacobian.setChecked)
    digits.toggled.connect(card.entry.show_all_digits)
    window.action("more_digits").triggered.connect(card.entry.write_more)
    window.action("fewer_digits").triggered.connect(card.entry.write_fewer)
    card.entry.digits_chosen.connect(lambda chosen: digits.setChecked(chosen == DIGITS[-1]))
    card.entry.digits_chosen.connect(sheet.strip.set_digits)


def close_topmost(window: MainWindow) -> None:
    """Close what lies on top: the chain's sheet, else the notice."""
    if window.chain_sheet.is_open:
        window.chain_sheet.close_sheet()
    else:
        window.session.tell(None)
