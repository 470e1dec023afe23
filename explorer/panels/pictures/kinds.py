"""Which pictures of learning there are: when each can be made, and what its widget asks of the session."""

from collections.abc import Callable

from msgspec import Struct

from explorer.panels.pictures import views
from explorer.panels.pictures.flow_meter import FlowMeter
from explorer.panels.pictures.view import PictureView
from explorer.session import Session, Subject
from explorer.session.image_style import can_draw_image
from explorer.session.pictures.confusion import can_confuse
from explorer.session.pictures.insides import warped_layer
from explorer.session.pictures.prediction import can_predict
from explorer.session.pictures.regions import has_line, has_plane
from explorer.tape.entries import Cell

Make = Callable[[Session, FlowMeter], PictureView]


class PictureKind(Struct, frozen=True):
    """A picture: its title, what makes its widget, and what tells whether it can be made of a subject.

    Its title may be another one for some subjects.
    """

    title: str
    make: Make
    applies: Callable[[Subject], bool] = lambda _subject: True
    another: tuple[str, Callable[[Subject], bool]] | None = None

    def title_of(self, subject: Subject) -> str:
        """Return its title for a subject."""
        return self.another[0] if self.another is not None and self.another[1](subject) else self.title


def made_regions(session: Session, _meter: FlowMeter) -> PictureView:
    """Return the plane of two inputs, or the curve of one: points are drawn into it."""
    view = views.DrawingView()
    view.commanded.connect(session.attempt)
    return view


def made_confusion(session: Session, _meter: FlowMeter) -> PictureView:
    """Return the confusion matrix, whose cells lead to their samples."""
    view = views.ConfusionView()
    view.walk_chosen.connect(session.show_member)
    return view


def made_prediction(session: Session, _meter: FlowMeter) -> PictureView:
    """Return predictions over targets, whose marks lead to the passes of their samples."""
    view = views.PredictionView()
    view.chosen.connect(lambda part, index: show_alone(session, part, index))
    return view


def show_alone(session: Session, part: str, index: int) -> None:
    """Show the pass of one sample of a part."""
    if part == "test":
        session.show_held_out(index)
    else:
        session.show_whole(False)
        session.show_sample(index)


def made_canvas(session: Session, _meter: FlowMeter) -> PictureView:
    """Return the canvas on which an image is drawn."""
    view = views.CanvasView()
    view.commanded.connect(session.attempt)
    view.wanted.connect(session.show_drawing)
    return view


def made_weights(session: Session, _meter: FlowMeter) -> PictureView:
    """Return the images of the first weights, each of which leads to its unit."""

    def first_layer(unit: int) -> Cell:
        return "z1", (session.state.row, unit)

    view = views.FiltersView()
    view.unit_pointed.connect(lambda unit: session.hover(None if unit < 0 else first_layer(unit)))
    view.unit_chosen.connect(lambda unit: session.select(first_layer(unit)))
    return view


PICTURES: dict[str, PictureKind] = {
    "regions": PictureKind(
        "Regions", made_regions, lambda subject: has_plane(subject) or has_line(subject), ("Fit", has_line)
    ),
    "confusion": PictureKind("Confusion", made_confusion, can_confuse),
    "prediction": PictureKind("Prediction", made_prediction, can_predict),
    "canvas": PictureKind("Draw", made_canvas, can_draw_image),
    "gradients": PictureKind("Gradients", lambda _session, meter: views.FlowView(meter)),
    "histograms": PictureKind("Histograms", lambda _session, _meter: views.HistogramView()),
    "weights": PictureKind("Weights", made_weights, lambda subject: subject.image_shape is not None),
    "space": PictureKind(
        "Hidden space",
        lambda _session, _meter: views.SpaceView(),
        lambda subject: has_plane(subject) and warped_layer(subject.problem.network) > 0,
    ),
}
"""Key, title and widget of each picture; the first that applies is shown at first."""
