"""The actions on the pictures of learning: drawing points or a digit, and giving the picture more room."""

from typing import TYPE_CHECKING

from explorer.panels.closing import show_closable
from explorer.panels.main_window import MainWindow
from explorer.panels.pictures import views
from explorer.panels.step_actions import hide_drawing
from explorer.session import Lasts, Notice, Tone
from explorer.session.image_style import can_draw_image
from explorer.session.points import can_draw

if TYPE_CHECKING:
    from explorer.panels.pictures.drawing_view import DrawingView

NO_POINTS = "Points are drawn into two inputs and classes, or into a curve: choose such data, as Drawn points."
NO_IMAGES = "An image is drawn where samples are images of classes: choose such data, as Handwritten digits."


def wire_pictures(window: MainWindow) -> None:
    """Connect the actions with the panel of pictures and with its sheet."""
    pictures, sheet = window.training.pictures, window.picture_sheet
    draw, large, chain = (window.action(name) for name in ("draw_points", "enlarge_picture", "chain_view"))
    draw.toggled.connect(lambda wanted: draw_points(window, wanted=wanted))
    large.toggled.connect(lambda wanted: chain.setChecked(False) if wanted else None)
    large.toggled.connect(lambda wanted: sheet.open_sheet() if wanted else sheet.close_sheet())
    large.toggled.connect(lambda _wanted: hide_drawing(window, hidden=large.isChecked() or chain.isChecked()))
    large.toggled.connect(pictures.large.setChecked)
    pictures.large.clicked.connect(large.toggle)
    chain.toggled.connect(lambda wanted: large.setChecked(False) if wanted else None)
    sheet.closed.connect(lambda: large.setChecked(False))
    window.action("draw_digit").triggered.connect(lambda: draw_image(window))
    pictures.closed.connect(lambda: show_closable(window))
    pictures.made.connect(lambda key: wire_picture(window, key))
    for key in pictures.views:
        wire_picture(window, key)
    for toggled in (draw.toggled, large.toggled):
        toggled.connect(lambda _open: window.order_tabs())
        toggled.connect(lambda _open: show_closable(window))


def wire_picture(window: MainWindow, key: str) -> None:
    """Connect a picture whose widget has been made."""
    window.order_tabs()
    if key == "regions":
        regions_of(window).draw.toggled.connect(window.action("draw_points").setChecked)


def regions_of(window: MainWindow) -> "DrawingView":
    """Return the picture of the plane."""
    found = window.training.pictures.picture("regions")
    if not isinstance(found, views.DrawingView):
        raise TypeError("the picture of the regions is one to draw into")
    return found


def draw_points(window: MainWindow, *, wanted: bool) -> None:
    """Show the plane and let points be drawn into it; where they cannot be, say why."""
    if wanted and not can_draw(window.session.state.subject):
        window.action("draw_points").setChecked(False)
        if can_draw_image(window.session.state.subject):
            draw_image(window)
            return
        window.session.tell(Notice(NO_POINTS, Tone.INFORMATION, lasts=Lasts.SUBJECT))
        return
    regions, pictures = regions_of(window), window.training.pictures
    if wanted and pictures.key != "regions":
        pictures.choose("regions")
    if regions.is_drawing != wanted:
        regions.show_samples(window.session.state)
        regions.draw.setChecked(wanted)
    if wanted:
        regions.setFocus()


def draw_image(window: MainWindow) -> None:
    """Show the canvas, with the keys on it, and the pass of what is drawn there; where there is none, say why."""
    session, pictures = window.session, window.training.pictures
    if not can_draw_image(session.state.subject):
        session.tell(Notice(NO_IMAGES, Tone.INFORMATION, lasts=Lasts.SUBJECT))
        return
    pictures.choose("canvas")
    session.show_drawing()
    pictures.view.setFocus()
