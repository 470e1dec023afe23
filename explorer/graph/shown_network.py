"""The drawing of the network as a state of the session is shown in it, with what it says below, beside and aloud."""

from msgspec.structs import replace
from PySide6.QtCore import QPointF, QSize, Qt, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGraphicsView, QWidget

from explorer.graph.describing import describe, describe_fold
from explorer.graph.flow import flow_of
from explorer.graph.focus_ring import FocusRing
from explorer.graph.forms import Forms
from explorer.graph.hint import Hint
from explorer.graph.hits import middle_of
from explorer.graph.idle import counts
from explorer.graph.legend import HEIGHT, Legend
from explorer.graph.motion import Motion
from explorer.graph.picture import Picture
from explorer.graph.places import FoldPlace, Place, Spot, place_of
from explorer.graph.saying import described, network_aloud
from explorer.graph.scene import NetworkScene
from explorer.graph.seen import Seen, differs, is_next
from explorer.graph.style import GraphStyle
from explorer.graph.typeset import Typesetter
from explorer.graph.zoom_bar import ZoomBar
from explorer.graph.zoom_view import ZoomView
from explorer.session.guests_told import guest_name
from explorer.session.pictures.flow import Flow
from explorer.session.state import State
from explorer.tape.notation import Notation


class ShownNetwork(ZoomView):
    """Shows a state, the place that is chosen and the one that is pointed at; ``NetworkView`` lets a person do both."""

    def __init__(self, typesetter: Typesetter, parent: QWidget | None = None, *, motion: Motion | None = None) -> None:
        self._motion = motion
        self.network = NetworkScene(typesetter)
        super().__init__(self.network, parent)
        self.setObjectName("network_view")
        self.setMinimumSize(320, 260)
        self._seen: Seen | None = None
        self._picture: Picture | None = None
        self._measured: Flow | None = None
        self._selected: Place | None = None
        self._pointed: Spot | None = None
        self._mouse = QPointF()
        self._moving = self._by_key = False
        self._forms = Forms()
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)  # see plain_between
        self.setViewportMargins(2, 6, 2, HEIGHT)
        self._legend, self._zoom_bar = Legend(self), ZoomBar(self)
        self.hint, self._ring = Hint(self.viewport()), FocusRing(self)
        self._zoom_bar.fit_wanted.connect(self.fit)
        self.zoom_changed.connect(self._zoomed)
        self.fitted.connect(self._fitted)
        self.network.more_seen.connect(self._say_caption)

    # What is shown

    def set_style(self, style: GraphStyle) -> None:
        """Take other colours and fonts."""
        self.network.set_style(style)
        self.ground.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # what lies below need not be painted first
        for part in (self._legend, self._zoom_bar, self.hint, self._ring):
            part.set_style(style)

    def show_state(self, state: State, notation: Notation) -> None:
        """Show a state in a notation; only what differs from the one before is done."""
        before, self._seen = self._seen, (state, notation)
        if before is None or differs(before, self._seen):
            if self._picture is not None and self._picture.sizes != state.network.sizes:
                self._pointed = None  # it was a place of another network
            self._picture = self._forms.picture(state, notation, self._measured)
            self.network.show_picture(self._picture)
            self._say_caption()
            if before is not None and whose(before[0]) != whose(state):
                self.fit_anew()
        self._light(state)
        if not self._moving:
            self._say_aloud()
        if before is not None and is_next(before[0], state):
            self._animate(state)

    @Slot(object)
    def show_measured(self, measured: Flow | None) -> None:
        """Mark the units that were found dead or saturated on many samples; None where nobody looks any more."""
        self._measured = measured
        if self._picture is not None and self._picture.measured is not measured:
            self._picture = replace(self._picture, measured=measured)
            self.network.mark(self._picture)
            self._say_caption()

    def _animate(self, state: State) -> None:
        """Let values travel as the step moves them; the picture is complete without."""
        flow = flow_of(state.tape, state.step)
        if self._motion is not None and flow is not None and self.isVisible():
            self.network.begin_pulses(flow)
            self._motion.play("network", self.network.show_pulses)

    def set_moving(self, moving: bool) -> None:
        """Draw fast while values stream in, and all edges smoothly once they rest."""
        self._moving = moving
        if self.isVisible():
            self.network.set_moving(moving)
        self._say_caption()
        if not moving:
            self._say_aloud()

    def settle(self) -> None:
        """Draw at once what is otherwise drawn when the drawing rests: for pictures that must be complete."""
        self.network.rest.finish()

    @Slot()
    def _say_caption(self) -> None:
        """Tell what the edges show, and how many of them are to be seen by now."""
        if (picture := self._picture) is None:
            return
        row = f"sample {picture.row + 1} of {picture.rows}" if picture.rows > 1 else ""
        if self._seen is not None:
            row = guest_name(self._seen[0]) or row
        remarks = "; ".join(part for part in (self.network.remark, row) if part)
        self._legend.show_lines(tuple(part for part in (picture.caption, remarks) if part))
        self._legend.show_marks(counts(picture))

    def _say_aloud(self) -> None:
        """Name the network, and describe the step's marks in it and what is chosen, for those who listen."""
        if self._picture is None or self._seen is None:
            return
        name = network_aloud(self._picture, self._seen[0].tape.activations)
        self.setAccessibleName(", at the ".join(filter(None, (name, guest_name(self._seen[0])))))
        self.setAccessibleDescription(described(self._picture, self._selected))

    def _light(self, state: State) -> None:
        sizes = state.network.sizes
        self._selected = place_of(state.selected, state.row, sizes)
        pointed = None if isinstance(self._pointed, FoldPlace) else self._pointed
        hovered = pointed or place_of(state.hovered, state.row, sizes)
        self.network.light(hovered, self._selected)
        self._say_pointed()

    def _say_pointed(self) -> None:
        if self._picture is None:
            self.hint.hide()
        elif self._pointed is None:
            self._say_chosen(self._picture)
        elif isinstance(self._pointed, FoldPlace):
            self.hint.show_lines(
                describe_fold(self.network.layout, self._picture, self._pointed), self._mouse.toPoint()
            )
        else:
            self.hint.show_lines(describe(self._picture, self._pointed), self._mouse.toPoint())

    def _say_chosen(self, picture: Picture) -> None:
        """Say beside the place that keys have reached what stands there, as the mouse says it."""
        chosen = self._selected if self._by_key else None
        middle = None if chosen is None else middle_of(self.network.layout, chosen)
        if chosen is None or middle is None:
            self.hint.hide()
            return
        self.hint.show_lines(describe(picture, chosen), self.mapFromScene(QPointF(*middle)))

    # Size and sight

    def showEvent(self, event: QShowEvent) -> None:
        """Work at rest while somebody looks."""
        super().showEvent(event)
        self.network.set_moving(self._moving)

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave the work at rest while nobody looks."""
        super().hideEvent(event)
        self.network.rest.allow(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the legend below and the zoom at the top right."""
        super().resizeEvent(event)
        self._legend.setGeometry(0, self.height() - HEIGHT, self.width(), HEIGHT)
        self._zoom_bar.place()
        self._ring.setGeometry(self.rect())

    @Slot(QSize)
    def _fitted(self, size: QSize) -> None:
        self.network.set_size(size.width(), size.height())
        self._say_caption()

    @Slot(float)
    def _zoomed(self, zoom: float) -> None:
        self.hint.hide()
        self._zoom_bar.show_zoom(zoom)
        self.network.set_sharpness(zoom * self.devicePixelRatioF())


def whose(state: State) -> tuple[object, ...]:
    """Return what the drawing is of: another one is seen whole at first, whatever part a person had in sight."""
    return state.subject.key, state.network.sizes
