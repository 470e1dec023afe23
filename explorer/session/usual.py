"""The settings with which training begins where nobody has chosen any: by the data set, by the problem's own update."""

from explorer.data import DataSet
from explorer.engine.optimizers import OPTIMIZERS
from explorer.engine.problem import Update
from explorer.session.settings import Settings
from explorer.session.subject import Subject

DEFAULTS: dict[str, Settings] = {
    "digits": Settings((32,), "tanh", 0.2, 32),
    "xor": Settings((8,), "tanh", 0.1, 16),
    "moons": Settings((8, 8), "tanh", 0.1, 16),
    "circles": Settings((8,), "tanh", 0.1, 16),
    "spiral": Settings((16, 16), "tanh", 0.2, 8),
    "blobs": Settings((8,), "tanh", 0.1, 16),
    "sine": Settings((16,), "tanh", 0.1, 16),
    "iris": Settings((8,), "tanh", 0.05, 16),
    "wine": Settings((8,), "tanh", 0.05, 16),
    "drawn-2": Settings((8,), "tanh", 0.1, 16),
    "drawn-3": Settings((8,), "tanh", 0.1, 16),
    "drawn-curve": Settings((16,), "tanh", 0.1, 16),
}
"""Settings under which each data set is learnt within some 6,000 updates."""
TABLE, IMAGES = Settings((16,), "tanh", 0.05, 32), Settings((64,), "relu", 0.1, 32)
"""Settings to begin with for one's own data."""


def usual_rate(own: Settings | Update, optimizer: str) -> float:
    """Return the learning rate to begin with: that of ``own`` where it is for this optimiser, else the optimiser's."""
    return own.learning_rate if own.optimizer == optimizer else OPTIMIZERS[optimizer].usual_rate


def usual_settings(data: DataSet) -> Settings:
    """Return the settings to begin with for a data set."""
    return DEFAULTS.get(data.name, IMAGES if data.image_shape else TABLE)


def own_update(subject: Subject) -> Settings | Update:
    """Return how a subject is updated before a person chooses: as is usual for its data set, or as its file says."""
    if subject.given is None or subject.data_set:
        return DEFAULTS.get(subject.data_set, Settings()) if subject.data is None else usual_settings(subject.data)
    return subject.given.update
