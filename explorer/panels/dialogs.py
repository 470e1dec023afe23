"""What opens over the window or as a page of it, imported when it is first opened: no start waits for any of it."""

from typing import TYPE_CHECKING

from explorer.lazily import importer

if TYPE_CHECKING:
    from explorer.panels.about import tell_about
    from explorer.panels.data.data_dialog import DataDialog
    from explorer.panels.data.opening_dialog import OpeningDialog
    from explorer.panels.keys_dialog import show_keys
    from explorer.panels.runs.optimizers_dialog import OptimizersDialog
    from explorer.panels.runs.runs_view import RunsView
    from explorer.panels.runs.side_by_side import SideBySide
    from explorer.panels.training.schedule_card import ScheduleCard

HOMES = {
    "DataDialog": "explorer.panels.data.data_dialog",
    "OpeningDialog": "explorer.panels.data.opening_dialog",
    "OptimizersDialog": "explorer.panels.runs.optimizers_dialog",
    "ScheduleCard": "explorer.panels.training.schedule_card",
    "RunsView": "explorer.panels.runs.runs_view",
    "SideBySide": "explorer.panels.runs.side_by_side",
    "show_keys": "explorer.panels.keys_dialog",
    "tell_about": "explorer.panels.about",
}
"""Where each lives."""

__all__ = [
    "DataDialog",
    "OpeningDialog",
    "OptimizersDialog",
    "RunsView",
    "ScheduleCard",
    "SideBySide",
    "show_keys",
    "tell_about",
]
__getattr__ = importer(HOMES, globals())
