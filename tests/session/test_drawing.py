"""A drawn digit: its ink, what the network sees of it, what it is meant to be, and that none of it is trained on."""

import gzip
import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace
from numpy.typing import NDArray
from scipy.ndimage import zoom

from explorer.engine import Trainer
from explorer.engine.errors import ExplorerError
from explorer.session import Edit, NextUpdate, RunStatus, Session, Settings
from explorer.session.drawing import Drawing, blank
from explorer.session.drawing_commands import ClearDrawing, Draw, FitDrawing, MeanClass
from explorer.session.guests import Drawn
from explorer.session.guests_told import guest_words
from explorer.session.image_style import style_of
from explorer.session.opening import open_data
from explorer.session.strokes import Points, Stroke

RING = ((4, 1.5), (5.5, 4), (4, 6.5), (2.5, 4), (4, 1.5))


def guest_of(session: Session) -> object:
    return session.state.guest


def is_blank(session: Session) -> bool:
    return session.state.drawing is not None and session.state.drawing.is_blank


def digits() -> Session:
    return Session(*open_data("digits", Settings((32,), "tanh", 0.2, 32)))


def test_how_uci_digits_lie_is_measured() -> None:
    style = style_of(digits().state.subject)
    assert (style.shape, style.paper, style.pen, style.counts) == ((8, 8), 0, 16, True)
    assert [*style.size] == [8, 6]
    assert [*style.middle] == [4, 4]
    assert 1.3 < style.stroke < 1.9


def test_ink_is_full_in_a_stroke_and_none_beside_it() -> None:
    drawing = blank(digits().state.subject).with_stroke(Stroke(((1, 4), (7, 4))))
    assert drawing.ink.shape == (32, 32)
    assert drawing.ink[15:17, 6:26].min() == 1
    assert drawing.ink[:11].max() == drawing.ink[21:].max() == 0
    assert 0 < drawing.ink[12, 16] <= 1
    erased = drawing.with_stroke(Stroke(((1, 4), (7, 4)), erases=True, number=1))
    assert erased.is_blank


def test_a_stroke_that_goes_on_is_that_stroke() -> None:
    subject = digits().state.subject
    whole = blank(subject).with_stroke(Stroke(RING, number=3))
    parts = blank(subject)
    for point in RING:
        parts = parts.with_stroke(Stroke((point,), number=3))
    assert parts.strokes == whole.strokes
    np.testing.assert_array_equal(parts.ink, whole.ink)


@pytest.mark.parametrize(("scale", "by"), [(0.5, (0.2, 3.0)), (0.9, (-1.0, 0.4))])
def test_a_fitted_digit_is_the_same_wherever_and_however_small_it_is_drawn(
    scale: float, by: tuple[float, float]
) -> None:
    subject = digits().state.subject
    stroke = Stroke(RING)
    there = blank(subject).with_stroke(stroke)
    here = blank(subject).with_stroke(stroke.moved(scale, by))
    np.testing.assert_array_equal(here.pixels, there.pixels)
    rows = np.flatnonzero(there.pixels.max(axis=1) > 3)
    assert (rows[0], rows[-1]) == (0, 7)
    assert not np.array_equal(replace(here, fitted=False).pixels, there.pixels)


def test_what_the_network_sees_is_counted_and_scaled_as_the_data_are() -> None:
    session = digits()
    session.do(Draw(RING, 1))
    drawing, x = session.state.drawing, session.state.tape.given["x"]
    assert drawing is not None
    np.testing.assert_array_equal(drawing.pixels, np.rint(drawing.pixels))
    np.testing.assert_array_equal(x, drawing.pixels.reshape(1, 64) / 16)


def thinned(bitmap: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the middle lines of strokes by the algorithm of Zhang and Suen (1984)."""
    while True:
        before = bitmap
        for first in (True, False):
            p = np.pad(bitmap, 1).astype(int)
            n = [p[:-2, 1:-1], p[:-2, 2:], p[1:-1, 2:], p[2:, 2:], p[2:, 1:-1], p[2:, :-2], p[1:-1, :-2], p[:-2, :-2]]
            count = np.sum(n, axis=0)
            turns = np.sum([(n[i] == 0) & (n[(i + 1) % 8] == 1) for i in range(8)], axis=0)
            one, two = (n[0] * n[2] * n[4], n[2] * n[4] * n[6]) if first else (n[0] * n[2] * n[6], n[0] * n[4] * n[6])
            bitmap = bitmap & ~((count >= 2) & (count <= 6) & (turns == 1) & (one == 0) & (two == 0))
        if np.array_equal(before, bitmap):
            return bitmap


def lines_of(image: NDArray[np.floating]) -> Iterator[Points]:
    """Return the strokes of an 8 x 8 image as short lines between neighbours on their middle."""
    bitmap = thinned(zoom(image, 4, order=1, grid_mode=True, mode="nearest") > 0.6)
    for row, column in np.argwhere(bitmap).tolist():
        here = ((column + 0.5) / 4, (row + 0.5) / 4)
        yield (here,)
        for down, across in ((0, 1), (1, 0), (1, 1), (1, -1)):
            y, x = row + down, column + across
            if 0 <= x < 32 and y < 32 and bitmap[y, x]:
                yield here, ((x + 0.5) / 4, (y + 0.5) / 4)


def test_a_trained_network_knows_digits_redrawn_small_and_aside_if_they_are_fitted() -> None:
    subject = digits().state.subject
    problem = subject.problem
    Trainer(problem.network, problem.X, problem.Y.argmax(axis=1), learning_rate=0.2, batch_size=32, seed=0).run(
        steps=2000
    )
    right = {True: 0, False: 0}
    for image, target in zip(subject.test_X[:60], subject.test_Y[:60], strict=True):
        drawing = blank(subject)
        for line in lines_of(image.reshape(8, 8)):
            drawing = drawing.with_stroke(Stroke(line, number=len(drawing.strokes)).moved(0.6, (1.3, 0.9)))
        for fitted in right:
            x = replace(drawing, fitted=fitted).inputs(subject)
            right[fitted] += problem.network.predict_proba(x).argmax() == target.argmax()
    assert right[True] >= 42
    assert right[False] <= 24


def test_y_is_what_the_network_says_until_a_class_is_chosen() -> None:
    session = digits()
    session.do(Draw(RING, 1))
    state = session.state
    taken_for = int(state.tape.value("p").argmax())
    assert state.tape.given["y"].argmax() == taken_for
    assert f"taken for {taken_for}, so y is {taken_for}" in guest_words(state)
    session.do(MeanClass((taken_for + 1) % 10))
    assert session.state.tape.given["y"].argmax() == (taken_for + 1) % 10
    assert "as chosen" in guest_words(session.state)
    session.do(MeanClass(None))
    assert session.state.tape.given["y"].argmax() == taken_for
    with pytest.raises(ExplorerError, match="no class 12"):
        session.do(MeanClass(12))


def test_pixels_and_targets_are_typed_over_without_touching_the_run() -> None:
    session = digits()
    session.set_status(RunStatus.RUNNING)
    session.do(Draw(RING, 1))
    run, subject = session.state.run, session.state.subject
    session.do(Edit(("x", (0, 5)), 0.53))
    session.do(Edit(("y", (0, 3)), 1.0))
    assert session.state.tape.given["x"][0, 5] == 0.53
    np.testing.assert_array_equal(session.state.tape.given["y"][0], np.eye(10)[3])
    session.do(Edit(("y", (0, 4)), 0.5))
    np.testing.assert_array_equal(session.state.tape.given["y"][0, 3:5], [1, 0.5])
    assert (session.state.run, session.state.subject) == (run, subject)
    for _ in range(3):
        session.undo()
    assert session.state.tape.given["x"][0, 5] != 0.53
    assert session.state.run == run


def test_parts_of_a_stroke_are_one_change_and_strokes_are_several() -> None:
    session = digits()
    for number in (1, 2):
        for point in RING:
            session.do(Draw((point,), number))
    both = session.state.drawing
    session.do(ClearDrawing())
    assert not session.state.tape.given["x"].any()
    session.undo()
    assert session.state.drawing is both
    session.undo()
    assert session.state.drawing is not None
    assert len(session.state.drawing.strokes) == 1
    session.undo()
    assert is_blank(session)
    assert guest_of(session) == Drawn()
    for _ in range(3):
        session.redo()
    assert session.undo_text == "clearing the drawn digit"


def test_a_drawing_is_kept_while_something_else_is_shown() -> None:
    session = digits()
    session.do(Draw(RING, 1))
    x = session.state.tape.given["x"]
    session.show_sample(3)
    assert session.state.guest is None
    session.show_drawing()
    np.testing.assert_array_equal(session.state.tape.given["x"], x)
    session.show_next_place(1)
    assert (guest_of(session), session.state.sample) == (None, 3)
    session.reset()
    session.show_drawing()
    np.testing.assert_array_equal(session.state.tape.given["x"], x)


def test_undoing_the_first_stroke_leaves_an_empty_canvas() -> None:
    session = digits()
    session.show_sample(5)
    session.do(Draw(RING, 1))
    ringed = session.state.tape.given["x"]
    session.undo()
    assert session.state.guest == Drawn()
    assert session.state.drawing is not None
    assert session.state.drawing.is_blank
    assert not session.state.tape.given["x"].any()
    session.redo()
    np.testing.assert_array_equal(session.state.tape.given["x"], ringed)


def test_undoing_what_was_done_before_the_first_stroke_leaves_the_sample_alone() -> None:
    session = digits()
    session.do(NextUpdate())
    session.keep_run()
    session.do(Draw(RING, 1))
    session.undo()
    session.leave_guest()
    session.undo()
    assert (session.state.runs, session.state.guest) == ((), None)


def test_a_drawn_digit_is_not_trained_on() -> None:
    session = digits()
    session.do(Draw(RING, 1))
    with pytest.raises(ExplorerError, match="drawn digit is none of the data"):
        session.do(NextUpdate())
    assert session.state.guest == Drawn()


def test_where_samples_are_no_images_nothing_is_drawn() -> None:
    session = Session(*open_data("moons"))
    with pytest.raises(ExplorerError, match="no images of classes"):
        session.do(Draw(RING, 1))
    session.show_drawing()
    assert session.state.guest is None


def test_images_of_an_idx_file_are_drawn_in_their_own_way(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    images = np.zeros((40, 28, 28), np.uint8)
    for image in images:
        column = rng.integers(10, 17)
        image[4:24, column : column + 3] = 255
    labels = (np.arange(40) % 2).astype(np.uint8)
    path = tmp_path / "some-images-idx3-ubyte.gz"
    path.write_bytes(gzip.compress(struct.pack(">IIII", 0x803, *images.shape) + images.tobytes()))
    head = struct.pack(">II", 0x801, len(labels))
    (tmp_path / "some-labels-idx1-ubyte.gz").write_bytes(gzip.compress(head + labels.tobytes()))
    session = Session(*open_data(str(path)))
    session.do(Draw(((5, 5), (5, 20)), 1))
    drawing = session.state.drawing
    assert isinstance(drawing, Drawing)
    assert [*drawing.style.size] == [20, 3]
    assert drawing.pixels.shape == (28, 28)
    rows = np.flatnonzero(drawing.pixels.max(axis=1) > 128)
    assert (rows[0], rows[-1]) == (4, 23)
    np.testing.assert_allclose(session.state.tape.given["x"][0], drawing.pixels.ravel() / 255)
    session.do(FitDrawing(fitted=False))
    assert session.state.drawing is not None
    assert np.flatnonzero(session.state.drawing.pixels.max(axis=0) > 128).tolist() == [3, 4, 5, 6]


def test_of_an_empty_canvas_is_said_that_nothing_is_drawn() -> None:
    session = Session(*open_data("digits"))
    session.show_drawing()
    words = guest_words(session.state)
    assert "nothing is drawn yet" in words
    assert "taken for" not in words
