"""The pictures of learning, each imported when it is first made: no start waits for one that may never be looked at."""

from typing import TYPE_CHECKING

from explorer.lazily import importer

if TYPE_CHECKING:
    from explorer.panels.pictures.canvas_view import CanvasView
    from explorer.panels.pictures.confusion_view import ConfusionView
    from explorer.panels.pictures.drawing_view import DrawingView
    from explorer.panels.pictures.filters_view import FiltersView
    from explorer.panels.pictures.flow_view import FlowView
    from explorer.panels.pictures.histogram_view import HistogramView
    from explorer.panels.pictures.prediction_view import PredictionView
    from explorer.panels.pictures.space_view import SpaceView

HOMES = {
    "CanvasView": "explorer.panels.pictures.canvas_view",
    "ConfusionView": "explorer.panels.pictures.confusion_view",
    "DrawingView": "explorer.panels.pictures.drawing_view",
    "FiltersView": "explorer.panels.pictures.filters_view",
    "FlowView": "explorer.panels.pictures.flow_view",
    "HistogramView": "explorer.panels.pictures.histogram_view",
    "PredictionView": "explorer.panels.pictures.prediction_view",
    "SpaceView": "explorer.panels.pictures.space_view",
}
"""Where each lives."""

__all__ = [
    "CanvasView",
    "ConfusionView",
    "DrawingView",
    "FiltersView",
    "FlowView",
    "HistogramView",
    "PredictionView",
    "SpaceView",
]
__getattr__ = importer(HOMES, globals())
