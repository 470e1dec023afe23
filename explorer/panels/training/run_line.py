"""The line under the buttons: how far the run has come, how fast, and how it stands."""

import time

from msgspec import Struct
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from explorer.panels.steady_label import SteadyLabel
from explorer.panels.training.speed import Speed
from explorer.session import Run, RunStatus
from explorer.tape.sentences import begun

STATUS_WORDS = {
    RunStatus.READY: "ready",
    RunStatus.RUNNING: "running",
    RunStatus.PAUSED: "paused",
    RunStatus.FAILED: "stopped",
}
BEST = (
    "The loss on the held-out samples has not improved since. The window shows the weights of that epoch, and Start "
    "goes on from them. Steps count all updates, those since the best one too."
)
EPOCHS_DONE = "Training stopped as it was set. Start goes on for as many epochs more."
UNTIL = "Training stops by itself after epoch {until:,}, the next multiple of the epochs that are set."
WENT_BACK = (
    "The window shows the last step whose numbers are finite. Lower the rate: a new run then begins at the last good "
    "step. Or go back to it (Ctrl+Backspace), or reset."
)

ASK = " Click to read it above the drawing again."


class Told(Struct, frozen=True):
    """What is told of a run beside its own counts.

    Attributes
    ----------
    step, back
        The step that is shown, and whether it is none of the newest: looked back at, or the best; else the run's own.
    rate
        The learning rate of the update that follows on it, where that is worth telling.
    until
        The epoch at which it stops by itself, if it does.
    epoch
        The whole passes over the data made at that step; the run's own if left out.
    """

    step: int | None = None
    back: bool = False
    rate: float | None = None
    until: int | None = None
    epoch: int | None = None


NOTHING = Told()


class RunLine(QWidget):
    """Shows a run in words: ``progress`` on the left, ``status`` on the right; if it failed, ``failed`` there.

    Signals
    -------
    why_asked
        A person asks why the run failed.
    """

    why_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speed = Speed()
        self.progress, self.status = QLabel(), QLabel()
        self.progress.setObjectName("training_progress")
        self.progress.setProperty("role", "small")
        self.status.setObjectName("training_status")
        self.status.setProperty("status", RunStatus.READY.value)
        self.failed = QToolButton()
        self.failed.setObjectName("failed_button")
        self.failed.setVisible(False)
        self.failed.clicked.connect(self.why_asked)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(SteadyLabel(self.progress), 1)
        line.addWidget(self.status)
        line.addWidget(self.failed)

    def show_run(self, run: Run, told: Told = NOTHING) -> None:
        """Bring the line up to date; the speed is measured from call to call."""
        if run.status is RunStatus.RUNNING:
            self._speed.note(run.step, time.perf_counter())
        else:
            self._speed.clear()
        self.progress.setText(progress_words(run, self._speed.value(), told))
        self.progress.setToolTip("" if told.until is None else UNTIL.format(until=told.until))
        self.status.setText(f"● {status_words(run)}")
        self.status.setToolTip(status_tip(run))
        if self.status.property("status") != run.status.value:
            self.status.setProperty("status", run.status.value)
            self.status.style().polish(self.status)
        self.failed.setText(self.status.text())
        self.failed.setToolTip(f"{begun(run.failure)}\n{self.status.toolTip()}{ASK}" if run.failure else "")
        self.failed.setAccessibleName(f"{status_words(run)}: tell why")
        self.status.setVisible(not run.failure)
        self.failed.setVisible(bool(run.failure))


def progress_words(run: Run, speed: float | None, told: Told = NOTHING) -> str:
    """Return "step 1,200 · epoch 3 of 200 · rate 0.05 · 5,400 updates/s"; not at its front, which step is shown."""
    step = run.step if told.step is None else told.step
    epoch = run.epoch if told.epoch is None else told.epoch
    parts = [f"step {step:,}", f"epoch {epoch:,}" + (f" of {told.until:,}" if told.until is not None else "")]
    if told.back:
        parts = [f"shown: step {step:,} of {run.step:,}"]
    elif run.status is RunStatus.FAILED:
        parts = [f"shown: step {step:,}"]
    if told.rate is not None:
        parts.append(f"rate {told.rate:.3g}")
    if speed is not None:
        parts.append(f"{speed:,.0f} updates/s")
    return " · ".join(parts)


def status_words(run: Run) -> str:
    """Return "running", why a run came to rest by itself, or "diverged at step 28"."""
    if run.diverged_at is not None:
        return f"diverged at step {run.diverged_at:,}"
    return run.stopped or STATUS_WORDS[run.status]


def status_tip(run: Run) -> str:
    """Return what the status means where its words do not say it all."""
    if run.diverged_at is not None:
        return WENT_BACK
    if run.kept_step is not None:
        return BEST
    return EPOCHS_DONE if run.stopped else ""
