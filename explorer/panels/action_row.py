"""One line of the tables of actions."""

from msgspec import Struct


class ActionRow(Struct, frozen=True):
    """One action.

    Attributes
    ----------
    name
        Its object name: public, stable.
    text
        What the menu says.
    keys
        Shortcuts, the first one shown.
    menu
        The menu's title; a new separator comes before where ``apart``.
    tip
        One sentence.
    """

    name: str
    text: str
    keys: tuple[str, ...]
    menu: str
    tip: str
    checkable: bool = False
    apart: bool = False
