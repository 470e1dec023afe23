"""The mistake lab in the window: what goes wrong on purpose, what it changes, and what training makes of it.

Its names are imported when they are first asked for: most windows make no mistake on purpose.
"""

from typing import TYPE_CHECKING

from explorer.lazily import importer

if TYPE_CHECKING:
    from explorer.lessons.effects import effect_of
    from explorer.lessons.lab_check import wrong_entry
    from explorer.panels.lab.lab_sheet import LabSheet

HOMES = {
    "LabSheet": "explorer.panels.lab.lab_sheet",
    "effect_of": "explorer.lessons.effects",
    "wrong_entry": "explorer.lessons.lab_check",
}
"""Where each lives."""

__all__ = ["LabSheet", "effect_of", "wrong_entry"]
__getattr__ = importer(HOMES, globals())
