"""Every error that a user can meet derives from one class, and is one sentence: what, where, how to mend."""


class ExplorerError(Exception):
    """Bad input or a failed computation, told in one sentence that a user can act on."""


class UnsettledError(ExplorerError):
    """A file of samples was found that cannot be trained on as it stands; choosing how it is read may mend that."""


class NonFiniteError(ExplorerError):
    """A number left the finite range while training.

    Attributes
    ----------
    step
        Index of the training step at which it was found, counted from 1.
    tensor
        Name of the first tensor, in the order of computation, that holds an infinity or a NaN.
    """

    def __init__(self, step: int, tensor: str) -> None:
        super().__init__(
            f"training left the finite numbers at step {step}, first in {tensor}: "
            "lower the learning rate or scale the inputs, and start again"
        )
        self.step = step
        self.tensor = tensor

    def __reduce__(self) -> tuple[type["NonFiniteError"], tuple[int, str]]:
        """Rebuild from step and tensor, so that the error can cross a process boundary."""
        return type(self), (self.step, self.tensor)
