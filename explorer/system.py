"""What Qt needs of the system: which library is missing, which package brings it, whether there is a display.

Qt itself aborts the process where its platform plugin cannot load; these checks come first and end in one sentence.
"""

import ctypes
import os
import sys
from collections.abc import Mapping

from explorer.engine.errors import ExplorerError

LIBRARIES: dict[str, tuple[str, str]] = {
    # shared library: Debian's package, Fedora's package
    "libGL.so.1": ("libgl1", "libglvnd-glx"),
    "libEGL.so.1": ("libegl1", "libglvnd-egl"),
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libfreetype.so.6": ("libfreetype6", "freetype"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
}
"""What every Qt program needs, with a display or without."""

XCB = "libxcb.so.1"
X_LIBRARIES: dict[str, tuple[str, str]] = {
    XCB: ("libxcb1", "libxcb"),
    "libX11-xcb.so.1": ("libx11-xcb1", "libX11-xcb"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libxcb-randr.so.0": ("libxcb-randr0", "libxcb"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb"),
}
"""What a window on an X display needs besides."""

NO_DISPLAY = (
    "there is no display to open a window on: start the program on a desktop, "
    "or run 'backprop-explorer tour --out DIR', which does the main job without one"
)


def check_system(environment: Mapping[str, str] = os.environ) -> None:
    """Refuse, in one sentence, a system on which Qt would abort; only Linux needs that.

    Raises
    ------
    ExplorerError
        If there is no display, or a library is missing.
    """
    if not sys.platform.startswith("linux"):
        return
    platform = environment.get("QT_QPA_PLATFORM", "")
    on_x = platform.startswith("xcb") or (not platform and not environment.get("WAYLAND_DISPLAY"))
    if on_x and not environment.get("DISPLAY"):
        raise ExplorerError(NO_DISPLAY)
    if on_x and loads(XCB) and not x_answers():
        raise ExplorerError(f"the display {environment['DISPLAY']} does not answer: {NO_DISPLAY.partition(': ')[2]}")
    check_libraries({**LIBRARIES, **(X_LIBRARIES if on_x else {})})


def check_libraries(libraries: Mapping[str, tuple[str, str]]) -> None:
    """Refuse, in one sentence, to go on without these libraries.

    Raises
    ------
    ExplorerError
        Names every missing library, and the command that installs them on Debian and on Fedora.
    """
    missing = [name for name in libraries if not loads(name)]
    if missing:
        debian, fedora = (" ".join(dict.fromkeys(libraries[name][k] for name in missing)) for k in (0, 1))
        raise ExplorerError(
            f"Qt needs {', '.join(missing)}, which this system lacks: "
            f"run 'apt install {debian}' (Debian, Ubuntu) or 'dnf install {fedora}' (Fedora)"
        )


def loads(library: str) -> bool:
    """Tell whether the dynamic loader finds a library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def x_answers() -> bool:
    """Tell whether the X display of the environment accepts a connection."""
    xcb = ctypes.CDLL(XCB)
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    failed = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not failed
