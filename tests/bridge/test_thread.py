"""A thread of ours never ends the process: Qt aborts it when the object of a running thread goes away."""

import subprocess
import sys

import pytest

PROGRAM = """
import sys
import threading

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot

from explorer.bridge.thread import WorkerThread

class Worker(QObject):
    ordered = Signal()

    @Slot()
    def work(self):
        begun.set()
        told.wait()
        print("done", flush=True)

app, worker, boss = QCoreApplication([]), Worker(), Worker()
begun, told = threading.Event(), threading.Event()
end = threading.Timer(0.3, told.set)
end.daemon = True
thread = WorkerThread(worker, "late")
boss.ordered.connect(worker.work, Qt.ConnectionType.QueuedConnection)
thread.start()
"""
WAYS = {
    "late": (
        "boss.ordered.emit(); begun.wait(); print('ended', thread.wait(100)); end.start(); del thread, worker",
        "ended False\ndone\n",
    ),
    "never told to quit": ("sys.exit()", ""),
    "forgotten": ("del thread, worker", ""),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_thread_that_runs_as_the_process_ends_is_waited_for(way: str) -> None:
    ending, said = WAYS[way]
    done = subprocess.run([sys.executable, "-c", PROGRAM + ending], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, said, "")
