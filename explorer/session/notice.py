"""What the window tells in its banner: one sentence, how it is meant, and what ends it."""

from enum import Enum
from time import monotonic

from msgspec import Struct, field


class Tone(Enum):
    """How a notice is meant."""

    INFORMATION = "information"
    ERROR = "error"


class Lasts(Enum):
    """What ends a notice; the rules stand in ``lapsing.py``."""

    CLOSED = "until a person closes it: it tells of what went wrong"
    READ = "until there was time to read it, and then something else happens: it tells of an event"
    RESTING = "until training runs"
    FAILED = "until another run begins"
    SHOWN = "until another pass is chosen: not by training, which would leave no time to read it"
    SUBJECT = "as long as that subject is open"
    SETTINGS = "as long as the settings of training are these"


class Notice(Struct, frozen=True, eq=False):
    """One sentence for the banner.

    Attributes
    ----------
    details
        What a person may want to know beyond it.
    offer
        The object name of the action that the banner offers as a button; empty for none.
    lasts
        What it tells of, and so when it ends by itself.
    since
        When it was told, in seconds of the monotonic clock.
    """

    text: str
    tone: Tone = Tone.ERROR
    details: str = ""
    offer: str = ""
    lasts: Lasts = Lasts.CLOSED
    since: float = field(default_factory=monotonic)

    def __eq__(self, other: object) -> bool:
        """Tell whether another says the same, whenever it was told."""
        return isinstance(other, Notice) and self._said == other._said

    def __hash__(self) -> int:
        return hash(self._said)

    @property
    def _said(self) -> tuple[object, ...]:
        return self.text, self.tone, self.details, self.offer, self.lasts
