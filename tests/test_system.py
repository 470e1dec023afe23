"""What is missing on a system is said in one sentence that names package and command."""

import subprocess
import sys

import pytest

from explorer import system
from explorer.engine import ExplorerError


def test_no_display_names_the_tour() -> None:
    with pytest.raises(ExplorerError, match=r"backprop-explorer tour --out DIR"):
        system.check_system({})


def test_offscreen_needs_no_display() -> None:
    system.check_system({"QT_QPA_PLATFORM": "offscreen"})


def test_wayland_needs_no_x() -> None:
    system.check_system({"WAYLAND_DISPLAY": "wayland-0"})


def test_a_missing_library_names_both_packages() -> None:
    libraries = {**system.LIBRARIES, "libmissing.so.9": ("libmissing9", "missing-libs")}
    with pytest.raises(ExplorerError) as refusal:
        system.check_libraries(libraries)
    text = str(refusal.value)
    assert "libmissing.so.9" in text
    assert "apt install libmissing9" in text
    assert "dnf install missing-libs" in text
    assert "\n" not in text


def test_every_missing_library_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "loads", lambda _name: False)
    with pytest.raises(ExplorerError) as refusal:
        system.check_libraries(system.X_LIBRARIES)
    assert all(name in str(refusal.value) for name in system.X_LIBRARIES)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has X displays that may not answer")
def test_a_display_that_does_not_answer_is_one_line() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "explorer"],
        env={"PATH": "/usr/bin:/bin", "DISPLAY": ":987", "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert ":987" in done.stderr
    assert "tour" in done.stderr
    assert done.stderr.count("\n") == 1
