"""The session: what the window shows, as one frozen state, and the commands that change it. No Qt."""

from explorer.session.edits import Command, Edit, Mistakes, Temperature
from explorer.session.history import Evaluation, History
from explorer.session.notice import Lasts, Notice, Tone
from explorer.session.passes import NextUpdate, PreviousUpdate
from explorer.session.run import Run, RunStatus
from explorer.session.session import Session
from explorer.session.settings import Settings
from explorer.session.showing import shown_problem
from explorer.session.state import State
from explorer.session.subject import Subject

__all__ = [
    "Command",
    "Edit",
    "Evaluation",
    "History",
    "Lasts",
    "Mistakes",
    "NextUpdate",
    "Notice",
    "PreviousUpdate",
    "Run",
    "RunStatus",
    "Session",
    "Settings",
    "State",
    "Subject",
    "Temperature",
    "Tone",
    "shown_problem",
]
