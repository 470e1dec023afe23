"""The tour: the main job in the real window, without a screen; leaves a picture of each stage and the exports."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.app import application, create_window
from explorer.engine.errors import ExplorerError
from explorer.session import RunStatus

if TYPE_CHECKING:
    from explorer.panels.main_window import MainWindow

TARGET = 0.95
LIMIT_MS = 120_000
SIZE = (1440, 900)


class Tour:
    """Walks a window through the main job.

    Parameters
    ----------
    out
        An existing folder for what is left behind.
    """

    def __init__(self, window: "MainWindow", out: Path) -> None:
        self._window, self._out, self._number = window, out, 0

    def run(self) -> float:
        """Walk all stages and return the test accuracy reached on the digits."""
        self.picture("open")
        self.walk_the_tape()
        self.train_on_digits()
        self.pass_of_a_digit()
        self.export()
        newest = self._window.session.state.run.evaluation
        return newest.test_accuracy if newest else 0.0

    def picture(self, name: str) -> None:
        """Save what the window shows as the next numbered PNG."""
        self._window.complete()
        self._number += 1
        path = self._out / f"{self._number:02d}-{name}.png"
        if not self._window.grab().save(str(path), "PNG"):
            raise ExplorerError(f"{path} cannot be written: choose another folder with --out")
        print(path)

    def walk_the_tape(self) -> None:
        """Step through every step forward, with pictures on the way, and back to the first."""
        window, tape = self._window, self._window.session.state.tape
        for step in tape.steps[1:]:
            window.action("step_forward").trigger()
            if step.id in {"p", "dJ/dz2", "dz2/dh1", "dJ/dz1", "dJ/dx", "J+"}:
                self.picture(step.id.replace("/", "-").replace("+", "-after"))
        while window.session.state.position:
            window.action("step_back").trigger()
        self.picture("back-at-the-first-step")

    def train_on_digits(self) -> None:
        """Train until the test accuracy reaches the target, with a picture on the way."""
        window = self._window
        window.files.open_named("digits")
        self.picture("digits")
        window.action("train").trigger()
        self._wait(lambda: window.session.state.run.epoch >= 3)
        self.picture("training")
        self._wait(lambda: self._accuracy() >= TARGET)
        window.action("train").trigger()
        self._wait(lambda: window.session.state.run.status is RunStatus.PAUSED)
        self.picture("trained")

    def pass_of_a_digit(self) -> None:
        """Step through the pass of the trained network, in light and in dark."""
        session = self._window.session
        for step_id in ("p", "dJ/dz2", "dJ/dz1", "dJ/dW1", "dJ/dx"):
            session.go_to_step(step_id)
            self.picture(f"digit-{step_id.replace('/', '-')}")
        self._window.action("dark").trigger()
        self.picture("dark")
        self._window.set_workspace("Train")
        self.picture("dark-train")

    def export(self) -> None:
        """Export the weights in every format."""
        for suffix in ("npz", "safetensors", "onnx"):
            path = self._out / f"digits-weights.{suffix}"
            self._window.files.exports.write("export_weights", str(path))
            print(path)
        self.picture("exported")

    def _accuracy(self) -> float:
        newest = self._window.session.state.run.evaluation
        return newest.test_accuracy if newest else 0.0

    def _wait(self, condition: Callable[[], bool]) -> None:
        """Run the event loop until the condition holds, or refuse after the limit."""
        from PySide6.QtCore import QEventLoop, QTimer

        loop, poll, limit = QEventLoop(), QTimer(), QTimer()
        poll.timeout.connect(lambda: loop.quit() if condition() else None)
        limit.timeout.connect(loop.quit)
        poll.start(10)
        limit.start(LIMIT_MS)
        if not condition():
            loop.exec()
        poll.stop()
        limit.stop()
        if not condition():
            raise ExplorerError(f"the tour did not reach its next stage within {LIMIT_MS // 1000} s: {self._number=}")


def tour(out: Path) -> int:
    """Do the main job offscreen; return 0, or 1 where the digits were not learnt.

    Raises
    ------
    ExplorerError
        If the folder cannot be made or written.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExplorerError(f"{out} cannot be made a folder: {error.strerror}, choose another with --out") from error
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application()
    window = create_window()
    window.resize(*SIZE)
    window.show()
    try:
        accuracy = Tour(window, out).run()
    finally:
        window.close()
    print(f"test accuracy {accuracy:.4f}")
    return 0 if accuracy >= TARGET else 1
