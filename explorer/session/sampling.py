"""Of which sample the shown pass is: one to train on, one held out, a drawn image, or a whole minibatch."""

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from msgspec.structs import replace

from explorer.session.drawing import blank
from explorer.session.guests import Drawn, HeldOut, Walk
from explorer.session.image_style import can_draw_image
from explorer.session.minibatch import refusal
from explorer.session.notice import Lasts, Notice, Tone
from explorer.session.present import Present
from explorer.session.showing import retaped

if TYPE_CHECKING:
    from numpy.random import Generator


class Sampling:
    """Chooses the sample, by its number or by a way through some of them."""

    def __init__(self, present: Present) -> None:
        self._present = present

    @cached_property
    def _random(self) -> "Generator":
        return np.random.default_rng(0)

    def show_sample(self, sample: int) -> None:
        """Show that sample to train on, counted from 0 and around the ends."""
        state = self._present.state
        self._present.become(retaped(replace(state, sample=sample % state.samples, guest=None, walk=None)))

    def show_held_out(self, index: int) -> None:
        """Show that held-out sample, counted from 0 and around the ends; does nothing where none are held out."""
        held_out = len(self._present.state.subject.test_X)
        if held_out:
            shown = replace(self._present.state, guest=HeldOut(index % held_out), walk=None, whole=False)
            self._present.become(retaped(shown))

    def show_member(self, walk: Walk, place: int) -> None:
        """Show a sample of some that are then gone through in place of all, counted from 0 and around the ends."""
        member = walk.members[place % len(walk.members)]
        shown = replace(self._present.state, walk=walk, whole=False)
        if walk.part == "test":
            self._present.become(retaped(replace(shown, guest=HeldOut(member))))
        else:
            self._present.become(retaped(replace(shown, guest=None, sample=member)))

    def show_drawing(self) -> None:
        """Show the drawn image, a blank one where there is none yet; does nothing where samples are no images."""
        state = self._present.state
        if can_draw_image(state.subject) and not isinstance(state.guest, Drawn):
            drawing = state.drawing or blank(state.subject)
            self._present.become(retaped(replace(state, drawing=drawing, guest=Drawn(), walk=None, whole=False)))

    def leave_guest(self) -> None:
        """Show the sample to train on that was shown before, and go through all of them."""
        state = self._present.state
        if state.guest is not None:
            self._present.become(retaped(replace(state, guest=None, walk=None)))
        elif state.walk is not None:
            self._present.become(replace(state, walk=None))

    def show_next_place(self, by: int) -> None:
        """Show the sample so many places on; from a drawn image back to the sample before it."""
        if isinstance(self._present.state.guest, Drawn):
            self.leave_guest()
        else:
            self.show_place(self._present.state.place + by)

    def show_place(self, place: int) -> None:
        """Show the sample at that place, around the ends, among those that are gone through; see ``State.places``."""
        state = self._present.state
        if state.walk is not None:
            self.show_member(state.walk, place)
        elif isinstance(state.guest, HeldOut):
            self.show_held_out(place)
        elif state.whole:
            self._present.become(replace(state, sample=int(state.minibatch[place % state.places])))
        else:
            self.show_sample(place)

    def show_random_sample(self) -> None:
        """Show a random sample, another one than now where there are several to go through."""
        state = self._present.state
        if state.places > 1:
            self.show_place(state.place + int(self._random.integers(1, state.places)))

    def show_whole(self, whole: bool) -> None:
        """Record the pass of the whole minibatch that the coming update takes, or of the chosen sample alone.

        Where the minibatch cannot be shown, a notice says why.
        """
        state = self._present.state
        if whole and (sentence := refusal(state.subject, state.settings)):
            notice = Notice(sentence, Tone.INFORMATION, lasts=Lasts.SETTINGS)
            self._present.become(replace(state, notice=notice))
        elif whole != state.whole:
            shown = replace(state, whole=whole, guest=None, walk=None)
            self._present.become(retaped(replace(shown, selected=None, hovered=None)))
