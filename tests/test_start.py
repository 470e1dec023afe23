"""What the first frame must not wait for is imported later."""

import subprocess
import sys

import pytest

CODE = """
import sys
from explorer.app import application, create_window
app, window = application(), create_window({opened!r})
window.show()
window.close()
print(*sys.modules)
"""
LATE = {"pyqtgraph", "ziamath", "numpy.ma", "scipy", "sklearn", "matplotlib"}


@pytest.mark.parametrize("opened", ["net-s", "digits"])
def test_the_first_frame_waits_for_no_slow_import(opened: str) -> None:
    code = CODE.format(opened=opened)
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert "PySide6.QtWidgets" in told.stdout.split()
    assert not LATE & set(told.stdout.split())
