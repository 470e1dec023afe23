"""From named arrays of unknown origin to a network: every way in which they may not fit has its sentence."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from explorer.engine.errors import ExplorerError
from explorer.engine.network import Network
from explorer.files.about import WeightsInfo

Array = NDArray[Any]
PARAMETER = re.compile(r"[Wb]([1-9][0-9]{0,5})")
REAL = "fiu"


def network_from(arrays: Mapping[str, Array], info: WeightsInfo | None) -> Network:
    """Return the network of the parameters W1 (D, H), b1 (H,), W2, ...; other names are passed over.

    Parameters
    ----------
    arrays
        Real numbers; the network is float32 where that holds them all, else float64.
    info
        Activations, loss and beta. None is taken for sigmoid hidden layers under logits (identity) with
        softmax and cross-entropy.

    Raises
    ------
    ExplorerError
        If a parameter is missing, of the wrong shape or kind or not finite, or ``info`` has other sizes.
    """
    names = expected_names(arrays)
    parameters = {name: checked(name, arrays[name]) for name in names}
    sizes = chained_sizes(parameters)
    if info is None:
        info = WeightsInfo(activations=(*("sigmoid",) * (len(sizes) - 2), "identity"), sizes=sizes)
    if info.sizes != sizes:
        raise ExplorerError(f"its metadata say sizes {info.sizes}, its arrays {sizes}: export the weights again")
    network = Network(sizes, info.activations, info.loss, info.beta, common_dtype(parameters.values()))
    with np.errstate(over="ignore"):
        for name, live in network.parameters.items():
            live[...] = parameters[name]
    refuse_non_finite(network)
    return network


def refuse_non_finite(network: Network) -> None:
    """Refuse a network in which training, or whoever wrote the file, left an infinity or a NaN."""
    for name, array in network.parameters.items():
        if not np.isfinite(array).all():
            raise ExplorerError(f"{name} holds an infinity or a NaN: train the network anew")


def expected_names(arrays: Mapping[str, Array]) -> list[str]:
    """Return W1, b1, ... up to the highest number found, or name the first that is missing."""
    numbers = [int(found[1]) for found in map(PARAMETER.fullmatch, arrays) if found]
    if not numbers:
        held = ", ".join(ascii(name)[1:-1] for name in list(arrays)[:4]) or "nothing"
        raise ExplorerError(f"it holds {held:.100}: expected the arrays W1, b1, W2, b2, ...")
    names = [f"{letter}{number}" for number in range(1, max(numbers) + 1) for letter in "Wb"]
    last = f" up to {names[-2]}, {names[-1]}" if len(names) > 2 else ""
    for name in names:
        if name not in arrays:
            raise ExplorerError(f"{name} is missing: expected W1, b1{last}")
    return names


def checked(name: str, array: Array) -> Array:
    """Return the array if it has the dimensions of its name and holds real numbers."""
    wanted = 2 if name.startswith("W") else 1
    if array.ndim != wanted or not array.size:
        raise ExplorerError(f"{name} has shape {array.shape}: expected {'(D, H)' if wanted == 2 else '(H,)'}")
    if array.dtype.kind not in REAL:
        raise ExplorerError(f"{name} has dtype {array.dtype}: expected real numbers, such as float64")
    return array


def chained_sizes(parameters: Mapping[str, Array]) -> tuple[int, ...]:
    """Return (D, H1, ..., C), if every layer takes what the layer below gives."""
    sizes = [parameters["W1"].shape[0]]
    for number in range(1, len(parameters) // 2 + 1):
        weights, bias = parameters[f"W{number}"], parameters[f"b{number}"]
        if weights.shape[0] != sizes[-1]:
            raise ExplorerError(f"W{number} has shape {weights.shape}: expected ({sizes[-1]}, H) after the layer below")
        if bias.shape != weights.shape[1:]:
            raise ExplorerError(
                f"b{number} has shape {bias.shape}: expected {weights.shape[1:]}, as W{number} has columns"
            )
        sizes.append(weights.shape[1])
    return tuple(sizes)


def common_dtype(arrays: Iterable[Array]) -> np.dtype[Any]:
    """Return float32 if no array needs more, else float64."""
    single = all(np.can_cast(array.dtype, np.float32) for array in arrays)
    return np.dtype(np.float32 if single else np.float64)
