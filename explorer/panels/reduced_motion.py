"""Whether the system asks for less motion: Qt tells from 6.12 on; before, each desktop is asked where it keeps it."""

import ctypes
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QProcess, QSettings
from PySide6.QtWidgets import QApplication

SPI_GETCLIENTAREAANIMATION = 0x1042
INI = (
    # file below the configuration's folder, group, key, what means "no animations"
    ("gtk-4.0/settings.ini", "Settings", "gtk-enable-animations", ("0", "false")),
    ("gtk-3.0/settings.ini", "Settings", "gtk-enable-animations", ("0", "false")),
    ("kdeglobals", "KDE", "AnimationDurationFactor", ("0", "0.0")),
)
GNOME = ("GNOME", "Unity", "Budgie", "Cinnamon", "Pantheon")
"""Desktops that keep it in GSettings."""
PATIENCE_MS = 300
"""Longest wait for GSettings; without an answer motion stays as it is."""


def wants_less_motion() -> bool:
    """Tell whether the system asks for less motion; False where it does not say."""
    return qt_says() or ASKED.get(sys.platform, on_linux)()


def qt_says() -> bool:
    """Tell what ``QAccessibilityHints.motionPreference`` says; it exists from Qt 6.12 on."""
    preference = getattr(QApplication.styleHints().accessibility(), "motionPreference", None)
    return preference is not None and "Reduce" in preference().name


def on_windows() -> bool:
    """Tell whether "Animation effects" is switched off."""
    shown = ctypes.c_int(1)
    library = getattr(ctypes, "windll").user32  # noqa: B009 (known to the type checker on Windows alone)
    library.SystemParametersInfoW(SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(shown), 0)
    return not shown.value


def on_mac() -> bool:
    """Tell whether "Reduce motion" is switched on."""
    return bool(QSettings("apple.com", "universalaccess").value("reduceMotion", defaultValue=False, type=bool))


def on_linux() -> bool:
    """Tell what GTK's and KDE's files and, on GNOME and its kin, GSettings say."""
    return files_say(configuration(os.environ)) or gsettings_says(os.environ)


def configuration(environment: Mapping[str, str]) -> Path:
    """Return the folder of a person's configuration files."""
    return Path(environment.get("XDG_CONFIG_HOME") or Path(environment.get("HOME", "")) / ".config")


def files_say(folder: Path) -> bool:
    """Tell whether one of the files switches animations off."""
    return any(ini_value(folder / name, group, key) in off for name, group, key, off in INI)


def ini_value(path: Path, group: str, key: str) -> str:
    """Return a value of a configuration file in lower case, "" where there is none."""
    return str(QSettings(str(path), QSettings.Format.IniFormat).value(f"{group}/{key}", "")).strip().lower()


def gsettings_says(environment: Mapping[str, str]) -> bool:
    """Tell whether GSettings switches animations off; only desktops that keep it there are asked."""
    program = shutil.which("gsettings", path=environment.get("PATH"))
    desktops = environment.get("XDG_CURRENT_DESKTOP", "").split(":")
    if program is None or not set(GNOME) & set(desktops):
        return False
    asking = QProcess()
    asking.start(program, ["get", "org.gnome.desktop.interface", "enable-animations"])
    if not asking.waitForFinished(PATIENCE_MS):
        asking.kill()
        asking.waitForFinished()
        return False
    return bytes(asking.readAllStandardOutput().data()).strip() == b"false"


ASKED: dict[str, Callable[[], bool]] = {"win32": on_windows, "darwin": on_mac}
"""Who is asked, by ``sys.platform``; all others are asked as Linux is."""
