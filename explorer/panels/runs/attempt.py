"""Does what a person asks for, or says why it cannot be done; what is done next ends that banner."""

from collections.abc import Callable

from explorer.engine.errors import ExplorerError
from explorer.session import Notice, Session


class Attempt:
    """Remembers the last refusal, for the banner that said why."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._refusal: Notice | None = None

    def __call__(self, work: Callable[[], None]) -> None:
        """Do it or say why not."""
        try:
            work()
        except ExplorerError as error:
            self._refusal = Notice(str(error))
            self._session.tell(self._refusal)
        else:
            if self._refusal is not None and self._session.state.notice is self._refusal:
                self._session.tell(None)
            self._refusal = None
