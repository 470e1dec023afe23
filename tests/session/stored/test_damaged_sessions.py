"""Whatever is wrong with a session file, opening it ends in one sentence that names it, and what is open stays."""

import copy
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from explorer.data import finished
from explorer.engine import ExplorerError
from explorer.files import sessions
from explorer.files.sessions import VERSION, reading_session, writing_session
from explorer.session import Session, Settings
from explorer.session.drawing_commands import Draw
from explorer.session.opening import open_data, open_named
from explorer.session.stored.session_file import opening_session, saving_session
from explorer.session.stored.window_view import WindowView

in_a_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
Values = dict[str, Any]


def sentence_of(path: Path) -> str:
    with pytest.raises(ExplorerError) as caught:
        finished(opening_session(path))
    sentence = str(caught.value)
    assert path.name in sentence
    assert "\n" not in sentence
    return sentence


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A session of some updates, with a kept run."""
    session = Session(*open_data("moons", Settings((3,))))
    network, losses = session.state.network.copy(), np.ones(4, np.float32)
    session.receive(session.state.run.id, 4, 0, losses, (), network)
    session.keep_run("one")
    looked_at = replace(session.saved(), view=WindowView("Train", "histograms", span=(1, 3)))
    return finished(saving_session(looked_at, tmp_path / "good.bpx"))


def test_a_file_of_another_kind_a_folder_and_none_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "text.bpx").write_text("hello")
    np.savez(tmp_path / "other.npz", a=np.ones(3))
    (tmp_path / "other.npz").rename(tmp_path / "other.bpx")
    (tmp_path / "folder.bpx").mkdir()
    assert "is damaged, or no session of this program" in sentence_of(tmp_path / "text.bpx")
    assert "is damaged, or no session of this program" in sentence_of(tmp_path / "other.bpx")
    assert "is a folder" in sentence_of(tmp_path / "folder.bpx")
    assert "there is no such file" in sentence_of(tmp_path / "none.bpx")


@in_a_folder
@given(share=st.floats(0, 0.999))
def test_a_file_that_was_cut_short(share: float, good: Path) -> None:
    whole = good.read_bytes()
    cut = good.with_name("cut.bpx")
    cut.write_bytes(whole[: int(share * len(whole))])
    assert "damaged" in sentence_of(cut)


@in_a_folder
@given(place=st.floats(0, 0.999), bit=st.integers(0, 7))
def test_a_bit_that_flipped_is_found_or_is_none_of_the_numbers(place: float, bit: int, good: Path) -> None:
    data = bytearray(good.read_bytes())
    data[int(place * len(data))] ^= 1 << bit
    flipped = good.with_name("flipped.bpx")
    flipped.write_bytes(data)
    with suppress(ExplorerError):
        saved, whole = (finished(opening_session(path)) for path in (flipped, good))
        assert saved.moment.network.theta.tobytes() == whole.moment.network.theta.tobytes()


def test_another_version_is_refused(good: Path) -> None:
    arrays, values = finished(reading_session(good))
    finished(writing_session(good, arrays, {**values, "version": VERSION + 1}))
    assert f"reads version {VERSION} of session files, not this one: update it" in sentence_of(good)


def test_one_that_is_too_large_is_neither_written_nor_read(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = good.read_bytes()
    monkeypatch.setattr(sessions, "MAX_BYTES", 1000)
    assert "too large" in sentence_of(good)
    with pytest.raises(ExplorerError, match="more than a session file holds"):
        finished(writing_session(good, [np.zeros(1000)], {}))
    assert good.read_bytes() == before


def test_one_of_before_there_were_strays_and_pages_is_read(good: Path) -> None:
    arrays, read = finished(reading_session(good))
    values: Values = dict(read)
    for kind, field in (("memory", "strays"), ("view", "lesson"), ("subject", "opened_with")):
        for each in values["objects"]:
            if each["is"] == kind:
                del each[field]
    finished(writing_session(good, arrays, values))
    assert finished(opening_session(good)).moment.memory.strays == {}


def first(values: Values, kind: str) -> Values:
    found: Values = next(each for each in values["objects"] if each["is"] == kind)
    return found


def set_field(kind: str, field: str, value: object) -> Callable[[Values], object]:
    return lambda values: first(values, kind).update({field: value})


FAULTS: dict[str, Callable[[Values], object]] = {
    "no objects": lambda values: values.pop("objects"),
    "objects of no list": lambda values: values.update(objects=5),
    "no session": lambda values: values.update(session={"object": 0}),
    "a number for a session": lambda values: values.update(session=3),
    "a forward reference": lambda values: values["objects"][0].update(theta={"object": 99}),
    "an array below 0": set_field("network", "theta", {"array": -1}),
    "an unknown reference": set_field("network", "theta", {"file": "/etc/passwd"}),
    "an array of nowhere": set_field("problem", "X", {"elsewhere": "0.X"}),
    "an unknown record": set_field("network", "is", "pickle"),
    "an unknown field": set_field("run", "colour", 3),
    "a missing field": lambda values: first(values, "pass").pop("network"),
    "other sizes": set_field("network", "sizes", [2, 4, 2]),
    "huge sizes": set_field("network", "sizes", [10**6, 10**6]),
    "negative sizes": set_field("network", "sizes", [-2, 3, 2]),
    "an unknown activation": set_field("network", "activations", ["pickle", "identity"]),
    "an unknown loss": set_field("network", "loss", "none"),
    "a stray of no parameter": set_field("memory", "strays", {"map": {"b9": {"array": 0}}}),
    "a stray of other samples": set_field("memory", "strays", {"map": {"b1": {"array": 0}}}),
    "a stray of no array": set_field("memory", "strays", {"map": {"b1": 3}}),
    "a beta of no number": set_field("network", "beta", "1"),
    "an infinite beta": set_field("network", "beta", {"float": "inf"}),
    "a sample of nowhere": set_field("moment", "sample", 10**6),
    "a negative place": set_field("moment", "position", -1),
    "a text for a run": set_field("moment", "run", "none"),
    "no run": set_field("moment", "run", None),
    "an unknown status": set_field("run", "status", "flying"),
    "a negative step": set_field("run", "step", -3),
    "an unknown optimiser": set_field("settings", "optimizer", "magic"),
    "a rate of nothing": set_field("settings", "learning_rate", {"float": "nan"}),
    "no batch": set_field("settings", "batch_size", 0),
    "labels for samples": lambda values: first(values, "problem").update(X=first(values, "problem")["labels"]),
    "samples for labels": lambda values: first(values, "problem").update(labels=first(values, "problem")["X"]),
    "weights for samples": lambda values: first(values, "problem").update(X=first(values, "network")["theta"]),
    "images of another size": set_field("subject", "image_shape", [8, 8]),
    "an unknown kind": set_field("subject", "kind", "virus"),
    "unknown mistakes": set_field("problem", "mistakes", ["none such"]),
    "losses that are samples": lambda values: first(values, "history").update(losses=[first(values, "problem")["X"]]),
    "evaluations of no form": lambda values: first(values, "history").update(evaluations={"array": 0}),
    "a negative interval": set_field("history", "interval", -1),
    "an unknown notation": set_field("session", "notation", "runes"),
    "an unknown layout": set_field("session", "layout", "sideways"),
    "a colour of none": set_field("kept run", "colour", 99),
    "a run without a name": set_field("kept run", "name", ""),
    "a very long name": set_field("kept run", "name", "x" * 10_000),
    "memory of another size": lambda values: first(values, "memory").update(
        vectors={"map": {"v": first(values, "problem")["labels"]}}
    ),
    "an unknown workspace": set_field("view", "workspace", "Sleep"),
    "an unknown smoothing": set_field("view", "smoothing", 0.5),
    "steps that end before they begin": set_field("view", "span", [9, 2]),
    "a range of three steps": set_field("view", "span", [1, 2, 3]),
    "memory of the future": set_field("memory", "updates", -1),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_does_not_fit_together_is_refused(fault: str, good: Path) -> None:
    arrays, values = finished(reading_session(good))
    told = copy.deepcopy(values)
    FAULTS[fault](told)
    finished(writing_session(good, arrays, {name: told[name] for name in told if name != "program"}))
    sentence_of(good)


@in_a_folder
@given(data=st.data())
def test_no_value_whatever_ends_in_more_than_a_sentence(data: st.DataObject, good: Path) -> None:
    arrays, values = finished(reading_session(good))
    told: Values = copy.deepcopy(values)
    target = data.draw(st.sampled_from(told["objects"]))
    field = data.draw(st.sampled_from(sorted(target)))
    odd = st.sampled_from([None, True, -1, 0, 10**9, 0.5, "", "x", [], [1, 2], {}, {"object": 0}, {"array": 0}])
    target[field] = data.draw(odd)
    path = good.with_name("odd.bpx")
    finished(writing_session(path, arrays, told))
    session = Session(*open_named("net-s"))
    with suppress(ExplorerError):
        session.resume(finished(opening_session(path)), "odd")
        assert session.undo_text == "opening odd"


def test_a_stroke_of_no_points_and_a_scaling_of_texts_are_refused(tmp_path: Path) -> None:
    session = Session(*open_data("digits", Settings((3,))))
    session.show_drawing()
    session.do(Draw(((4.0, 1.5), (5.5, 4.0)), 1))
    arrays, values = finished(reading_session(finished(saving_session(session.saved(), tmp_path / "drawn.bpx"))))
    told: Values = copy.deepcopy(values)
    first(told, "stroke")["points"] = []
    finished(writing_session(tmp_path / "stroke.bpx", arrays, told))
    assert "its images and the drawn one do not fit together" in sentence_of(tmp_path / "stroke.bpx")
    told = copy.deepcopy(values)
    number = first(told, "scaling")["shift"]["array"]
    arrays[number] = arrays[number].astype(str)
    finished(writing_session(tmp_path / "texts.bpx", arrays, told))
    assert "its samples and network do not fit together" in sentence_of(tmp_path / "texts.bpx")


def test_infinite_weights_are_refused(good: Path) -> None:
    arrays, values = finished(reading_session(good))
    number = first(values, "network")["theta"]["array"]
    arrays[number] = np.full_like(arrays[number], np.inf)
    finished(writing_session(good, arrays, values))
    assert "hold an infinity or a NaN" in sentence_of(good)


def test_a_field_that_older_files_lack_has_its_usual_value(good: Path) -> None:
    arrays, values = finished(reading_session(good))
    first(values, "settings").pop("schedule")
    first(values, "session").pop("view")
    finished(writing_session(good, arrays, values))
    opened = finished(opening_session(good))
    assert opened.moment.settings.schedule == Settings().schedule
    assert opened.view is None
