"""Asking the session for other settings: one way for every control that offers them."""

from typing import Any

from msgspec.structs import replace

from explorer.engine.errors import ExplorerError
from explorer.session import Notice, Session


class Asking:
    """Configures the session; what it refuses is told once, and no longer once the same setting is right."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._refusal = ("", "")

    def ask(self, **changes: Any) -> None:
        """Ask for other values of some settings, by their names; the first names what it is about."""
        name = next(iter(changes))
        try:
            self._session.configure(replace(self._session.state.settings, **changes))
        except ExplorerError as error:
            self.refuse(name, str(error))
        else:
            self.forgive(name)

    def refuse(self, name: str, sentence: str) -> None:
        """Tell why a value of a setting is none."""
        self._refusal = (name, sentence)
        self._session.tell(Notice(sentence))

    def forgive(self, name: str) -> None:
        """Close the notice if it is of what this setting was refused for."""
        notice = self._session.state.notice
        if notice is not None and (name, notice.text) == self._refusal:
            self._session.tell(None)
