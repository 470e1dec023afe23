"""The bridge: the one room that knows threads. Below it there is no Qt; above it there is no thread."""

from explorer.bridge.engine import TrainingEngine

__all__ = ["TrainingEngine"]
