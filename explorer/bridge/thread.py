"""The engine's thread: started once, ended once, never terminated.

Qt aborts the process when the object of a running thread goes away. So each is kept until it has ended, and Python
waits for the last before it ends itself.
"""

import atexit

from PySide6.QtCore import QObject, QThread

from explorer.bridge.garbage import garbage

STACK_BYTES = 8 * 2**20
"""A QThread's own default is too small on some systems for what NumPy's linear algebra puts on the stack."""

_running: "set[WorkerThread]" = set()


class WorkerThread:
    """A named thread with an event loop and one worker, which has no parent and lives as long as the thread.

    Parameters
    ----------
    worker
        Moved to the thread.
    name
        As debuggers and the system's monitor show it.
    """

    def __init__(self, worker: QObject, name: str) -> None:
        self._worker, self._thread, self._holds = worker, QThread(), False
        self._thread.setObjectName(name)
        self._thread.setStackSize(STACK_BYTES)
        worker.moveToThread(self._thread)

    def start(self) -> None:
        """Start the thread and its event loop; from now on no garbage is collected on it."""
        if not self._holds:
            garbage().hold()
        self._holds = True
        _running.add(self)
        self._thread.start()

    @property
    def running(self) -> bool:
        """True until the event loop has ended."""
        return self._thread.isRunning()

    def wait(self, milliseconds: int) -> bool:
        """Wait for the end of the thread, whose worker was told to quit; return whether it came in time.

        One that is late is deep in one enormous step.
        """
        ended = self._thread.wait(milliseconds)
        if ended:
            _running.discard(self)
        if ended and self._holds:
            self._holds = False
            garbage().release()
        return ended

    def end(self) -> None:
        """End the thread after what it does at the moment, however long that takes."""
        self._thread.quit()
        self._thread.wait()


@atexit.register
def end_all() -> None:
    """End the threads that still run as the process ends."""
    for thread in _running:
        thread.end()
