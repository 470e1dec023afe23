"""How a window looks at its session, as far as it comes back: the workspace, the picture, the axes."""

from typing import Literal

from msgspec import Struct

from explorer.workspaces import Workspace


class WindowView(Struct, frozen=True):
    """What a person chose to see; nothing of it changes a number.

    Attributes
    ----------
    workspace
        Which part of the window has most of it.
    picture
        The key of the picture of learning; one that is not offered is left alone.
    smoothing, logarithmic, log_steps, own, span
        Of the curves: how strongly they are smoothed, by name; which axes are logarithmic; whether the whole run is
        the shown one, however long those behind it are; the first and the last step, none for the whole run.
    learned
        The questions of lessons that are answered, by lesson and place: "08-backprop-to-the-weights#0".
    lesson
        The name of the lesson whose page is shown; one that is not offered is left alone.
    """

    workspace: Workspace = "Explore"
    picture: str = ""
    smoothing: Literal["off", "light", "medium", "strong"] = "off"
    logarithmic: bool = False
    log_steps: bool = False
    own: bool = False
    span: tuple[int, int] | None = None
    learned: tuple[str, ...] = ()
    lesson: str = ""

    @property
    def fits(self) -> bool:
        """Whether the range of steps is one."""
        return self.span is None or 0 <= self.span[0] < self.span[1]
