"""Less motion where the system asks for it: each desktop's own place, and silence where there is none."""

import ctypes
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.app import create_window
from explorer.panels import furnishing
from explorer.panels.reduced_motion import files_say, gsettings_says, on_windows, qt_says


@pytest.mark.parametrize(
    ("name", "text", "off"),
    [
        ("gtk-3.0/settings.ini", "[Settings]\ngtk-enable-animations=0\n", True),
        ("gtk-4.0/settings.ini", "[Settings]\ngtk-enable-animations = false\n", True),
        ("gtk-4.0/settings.ini", "[Settings]\ngtk-enable-animations=1\n", False),
        ("kdeglobals", "[KDE]\nAnimationDurationFactor=0\n", True),
        ("kdeglobals", "[KDE]\nAnimationDurationFactor=1\n", False),
        ("kdeglobals", "not a file of groups", False),
    ],
)
def test_files_of_the_desktop_are_read(tmp_path: Path, name: str, text: str, off: bool) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    assert files_say(tmp_path) is off


def test_no_files_say_nothing(tmp_path: Path) -> None:
    assert not files_say(tmp_path)


@pytest.mark.parametrize(("answer", "off"), [("false", True), ("true", False)])
def test_gsettings_is_asked_on_gnome_alone(tmp_path: Path, answer: str, off: bool) -> None:
    program = tmp_path / "gsettings"
    program.write_text(f"#!/bin/sh\necho {answer}\n")
    program.chmod(0o755)
    environment = {"PATH": str(tmp_path), "XDG_CURRENT_DESKTOP": "ubuntu:GNOME"}
    assert gsettings_says(environment) is off
    assert not gsettings_says(environment | {"XDG_CURRENT_DESKTOP": "KDE"})
    assert not gsettings_says(environment | {"PATH": str(tmp_path / "empty")})


@pytest.mark.parametrize("shown", [0, 1])
def test_windows_is_asked_for_animations_in_windows(monkeypatch: pytest.MonkeyPatch, shown: int) -> None:
    def answer(_what: int, _zero: int, reference: SimpleNamespace, _flags: int) -> None:
        reference._obj.value = shown

    library = SimpleNamespace(user32=SimpleNamespace(SystemParametersInfoW=answer))
    monkeypatch.setattr(ctypes, "windll", library, raising=False)
    assert on_windows() is not bool(shown)


def test_qt_that_cannot_tell_says_nothing(qapp: QApplication) -> None:
    assert not qt_says()


@pytest.mark.parametrize("less", [True, False])
def test_the_window_starts_as_the_system_asks(
    look: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, less: bool
) -> None:
    monkeypatch.setattr(furnishing, "wants_less_motion", lambda: less)
    window = create_window()
    qtbot.addWidget(window)
    assert window.action("animations").isChecked() is not less
    window.action("animations").trigger()
    assert window.motion.enabled is less
    window.close()
