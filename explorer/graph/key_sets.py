"""Keys that mean the same wherever they are pressed: the arrows, and both that enter."""

from PySide6.QtCore import Qt

ARROWS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
"""The paces of an arrow key: across, to the right, and down."""
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
"""Return, and Enter beside the numbers."""
