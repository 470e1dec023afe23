"""What the command ``train`` takes. The names are written out, so that ``--help`` loads nothing; tests hold them."""

import argparse
from pathlib import Path

DATA_NAMES = ("xor", "moons", "spiral", "circles", "blobs", "sine", "iris", "wine", "digits")
ACTIVATION_NAMES = ("identity", "sigmoid", "tanh", "relu", "leaky_relu", "softplus", "gelu")
OPTIMIZER_NAMES = ("sgd", "momentum", "nesterov", "rmsprop", "adam", "adamw")
SCHEDULE_NAMES = ("constant", "step", "cosine")
INIT_NAMES = ("zeros", "normal", "uniform", "xavier_uniform", "xavier_normal", "he_uniform", "he_normal")
HYPERPARAMETERS = {
    "momentum": ("M", "speed that is kept, of momentum and nesterov (0.9)"),
    "rho": ("P", "mean square that is kept, of rmsprop (0.99)"),
    "beta1": ("B", "mean that is kept, of adam and adamw (0.9)"),
    "beta2": ("B", "mean square that is kept, of adam and adamw (0.999)"),
    "epsilon": ("E", "added to the root, of rmsprop, adam and adamw (1e-8)"),
    "weight_decay": ("D", "share of the weights, times the rate, that adamw takes away (0.01)"),
}
"""Metavariable and help by the name of the setting."""


def add_train(train: argparse.ArgumentParser) -> None:
    """Add what ``train`` takes."""
    train.description = "Train without a window. What is left out is as usual for the data set."
    add_data(train.add_argument_group("data"))
    add_network(train.add_argument_group("network"))
    add_updates(train.add_argument_group("updates"))
    add_end(train.add_argument_group("end"))
    add_output(train.add_argument_group("output"))


def add_data(group: argparse._ArgumentGroup) -> None:
    """Add what to train on, and how it is to be read."""
    names = ", ".join(DATA_NAMES)
    group.add_argument(
        "--data",
        required=True,
        metavar="NAME|FILE",
        help=f"a built-in set: {names} (xor to sine are drawn by this program; iris, wine and digits are from UCI); "
        "or a file: a table (CSV), IDX images, .npz, .npy",
    )
    group.add_argument("--preview", action="store_true", help="print what is in the data, and do not train")
    group.add_argument("--target", metavar="COLUMN", help="name or number of what to predict (target, ..., or last)")
    group.add_argument("--without", metavar="COLUMNS", help="names or numbers of columns that are no inputs: id,name")
    group.add_argument(
        "--with",
        dest="taken",
        metavar="COLUMNS",
        help="columns that are inputs though they only count or name rows: id,name, or '*' for all such",
    )
    group.add_argument(
        "--task", choices=("auto", "classes", "numbers"), default="auto", help="what the target holds (default: auto)"
    )
    group.add_argument(
        "--missing",
        choices=("refuse", "skip", "fill"),
        default="refuse",
        help="missing values: refuse; skip their rows; fill by mean or most frequent word (default: refuse)",
    )
    group.add_argument("--labels", type=Path, metavar="FILE", help="labels of IDX images (the file beside them)")
    group.add_argument("--header", choices=("yes", "no"), help="whether the first line has names (recognised)")
    group.add_argument("--separator", metavar="S", help="between entries: , ; tab | space (recognised)")
    group.add_argument(
        "--scaling", choices=("standardise", "range", "none"), help="of columns, by the training samples (standardise)"
    )
    group.add_argument("--test-share", type=float, metavar="S", help="share of the samples held out (0.25)")
    group.add_argument("--decimal", choices=(".", ","), help="the decimal sign (recognised)")


def add_network(group: argparse._ArgumentGroup) -> None:
    """Add what makes the network."""
    group.add_argument("--hidden", metavar="64,32", help="units of the hidden layers, from the input; '' for none")
    group.add_argument("--activation", metavar="A", help=f"of the hidden layers: {', '.join(ACTIVATION_NAMES)}")
    group.add_argument(
        "--init",
        choices=INIT_NAMES,
        metavar="I",
        help=f"of the weights: {', '.join(INIT_NAMES)} (he_uniform for relu, else xavier_uniform)",
    )
    group.add_argument("--dtype", default="float64", choices=("float32", "float64"), help="(default: float64)")
    group.add_argument(
        "--seed", type=int, default=0, metavar="S", help="of the split, the weights and the order (default: 0)"
    )


def add_updates(group: argparse._ArgumentGroup) -> None:
    """Add how the weights are updated."""
    names = ", ".join(OPTIMIZER_NAMES)
    group.add_argument("--optimizer", choices=OPTIMIZER_NAMES, metavar="O", help=f"{names} (default: sgd)")
    group.add_argument(
        "--learning-rate",
        type=float,
        metavar="R",
        help="(sgd: the data set's; momentum, nesterov: 0.02; rmsprop: 0.002; adam, adamw: 0.005)",
    )
    for name, (metavar, words) in HYPERPARAMETERS.items():
        group.add_argument(f"--{name.replace('_', '-')}", type=float, metavar=metavar, help=words)
    group.add_argument(
        "--schedule",
        choices=SCHEDULE_NAMES,
        metavar="K",
        help="of the rate: constant; step, which multiplies it at times; cosine, which lowers it smoothly",
    )
    group.add_argument(
        "--schedule-steps",
        type=int,
        metavar="N",
        help="updates between two steps (a third of all), or of the cosine (all)",
    )
    group.add_argument("--schedule-factor", type=float, metavar="F", help="of a step, or at the cosine's end (0.1)")
    group.add_argument("--warmup", type=int, metavar="N", help="updates over which the rate rises first (0)")
    group.add_argument("--batch-size", type=int, metavar="B", help="samples a minibatch")
    group.add_argument("--l2", type=float, metavar="L", help="penalty L/2 times the sum of the squared weights (0)")


def add_end(group: argparse._ArgumentGroup) -> None:
    """Add when the training ends."""
    group.add_argument("--epochs", type=int, metavar="E", help="passes over the data, at most (about 6,000 updates)")
    group.add_argument(
        "--patience",
        type=int,
        metavar="K",
        help="stop once the test loss has not improved for K epochs, and keep the best weights (never)",
    )


def add_output(group: argparse._ArgumentGroup) -> None:
    """Add what is written."""
    group.add_argument(
        "--weights", type=Path, metavar="OUT", help="write the weights to OUT.npz, OUT.safetensors or OUT.onnx"
    )
    group.add_argument("--history", type=Path, metavar="OUT.csv", help="write the curves, a row an epoch")
    group.add_argument("--json", action="store_true", help="print one summary object and no progress bar")
