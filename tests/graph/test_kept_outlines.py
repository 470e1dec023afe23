"""What travels typeset is what would be typeset, and is left alone beside other versions of what typesets."""

from importlib.metadata import version
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainterPath

from explorer.graph import kept_outlines as kept
from explorer.graph.typeset import drawn, typeset

VERSIONS = [version(program) for program in kept.TYPESETTERS]
pytestmark = pytest.mark.usefixtures("qapp")


def formula() -> tuple[str, kept.Outlines]:
    outline = QPainterPath()
    outline.setFillRule(Qt.FillRule.WindingFill)
    outline.addRect(0, 0, 3, 4)
    return "kept", (QRectF(0, -4, 3, 4), ((2, outline),))


def keep(folder: Path, versions: list[str]) -> None:
    (folder / "formulas").mkdir()
    (folder / "formulas" / "first.xz").write_bytes(kept.written(versions, [formula()]))


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(kept, "assets", lambda: tmp_path)
    monkeypatch.setattr(kept, "outlines_of", kept.outlines_of.__wrapped__)
    return tmp_path


@pytest.mark.parametrize(("name", "stride"), [("first.xz", 1), ("later.xz", 9), ("lessons.xz", 5)])
def test_what_is_kept_is_what_is_typeset(name: str, stride: int) -> None:
    found = list(kept.outlines_of(name).items())
    assert len(found) > 20
    for latex, outlines in found[::stride]:
        assert drawn(latex) == outlines, latex


def test_what_is_written_is_read(elsewhere: Path) -> None:
    keep(elsewhere, VERSIONS)
    latex, outlines = formula()
    assert kept.kept_outlines(latex) == outlines
    assert typeset(latex).part(2).outline == outlines[1][0][1]


@pytest.mark.parametrize("other", range(len(VERSIONS)))
def test_other_versions_typeset_anew(elsewhere: Path, other: int) -> None:
    keep(elsewhere, [*VERSIONS[:other], "0.0.1", *VERSIONS[other + 1 :]])
    assert kept.kept_outlines("kept") is None


def test_nothing_needs_to_be_kept(elsewhere: Path) -> None:
    assert kept.kept_outlines("z_1") is None
    assert not typeset("z_1").outline.isEmpty()
