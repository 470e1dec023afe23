"""What this program is, and under which licences what it is made of stands."""

from explorer.resources import program_version
from explorer.session import Lasts, Notice, Session, Tone

WORDS = (
    "every matrix of forward and backward pass, live. "
    "MIT licence; fonts Inter and JetBrains Mono under the SIL Open Font License; digits from UCI, CC BY 4.0."
)


def tell_about(session: Session) -> None:
    """Say what this program is."""
    session.tell(Notice(f"Backprop Explorer {program_version()}: {WORDS}", Tone.INFORMATION, lasts=Lasts.READ))
