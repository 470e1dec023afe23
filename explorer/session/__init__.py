"""The session: what the window shows, as one frozen state, and the commands that change it. No Qt."""

from explorer.session.history import Evaluation, History
from explorer.session.session import Session, shown_problem
from explorer.session.settings import Settings
from explorer.session.state import Notice, Run, RunStatus, State, Tone
from explorer.session.subject import Subject

__all__ = [
    "Evaluation",
    "History",
    "Notice",
    "Run",
    "RunStatus",
    "Session",
    "Settings",
    "State",
    "Subject",
    "Tone",
    "shown_problem",
]
