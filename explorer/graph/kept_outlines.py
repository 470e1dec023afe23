"""Formulas that travel typeset: no first view of the shelf waits for ziamath to be imported (0.4 s) and to typeset.

They are used only beside the very versions of the programs that typeset them, and a test typesets them all again.
``python -m tests.keep_outlines`` writes them.
"""

import lzma
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QDataStream, QIODevice, QRectF
from PySide6.QtGui import QPainterPath

from explorer.resources import assets

Outlines = tuple[QRectF, tuple[tuple[int, QPainterPath], ...]]
"""The box of a formula, and its pieces with the numbers of their parts (0 for none), in pixels of ``typeset.EM``."""

TYPESETTERS = ("ziamath", "ziafont", "latex2mathml")
FILES = ("first.xz", "later.xz", "lessons.xz")
"""What the window first shows; what all steps of all problems of the shelf and of the built-in sets show; lessons."""


def kept_outlines(latex: str) -> Outlines | None:
    """Return how a formula is typeset, if it is kept."""
    return next((found[latex] for found in map(outlines_of, FILES) if latex in found), None)


@cache
def outlines_of(name: str) -> Mapping[str, Outlines]:
    """Return what a file keeps by its LaTeX; nothing where there is none, or other versions are installed."""
    path = assets() / "formulas" / name
    if not path.is_file():
        return {}
    stream = QDataStream(QByteArray(lzma.decompress(path.read_bytes())))
    stream.setVersion(QDataStream.Version.Qt_6_0)
    versions = [stream.readQString() for _ in TYPESETTERS]
    if not all(map(is_installed, TYPESETTERS, versions)):
        return {}
    return {stream.readQString(): read(stream) for _ in range(stream.readInt32())}


def is_installed(program: str, version: str) -> bool:
    """Tell whether that version would be imported; ``importlib.metadata`` would take 40 ms to say so."""
    folders = (Path(folder) for folder in sys.path)
    home = next((folder for folder in folders if (folder / program / "__init__.py").is_file()), None)
    return home is not None and (home / f"{program}-{version}.dist-info").is_dir()


def read(stream: QDataStream) -> Outlines:
    """Read one formula."""
    box, pieces = QRectF(), []
    stream >> box
    for _ in range(stream.readInt32()):
        number, outline = stream.readInt32(), QPainterPath()
        stream >> outline
        pieces.append((number, outline))
    return box, tuple(pieces)


def written(versions: Sequence[str], formulas: Iterable[tuple[str, Outlines]]) -> bytes:
    """Return the bytes of a file that keeps these formulas, typeset by these versions of ``TYPESETTERS``."""
    data, kept = QByteArray(), list(formulas)
    stream = QDataStream(data, QIODevice.OpenModeFlag.WriteOnly)
    stream.setVersion(QDataStream.Version.Qt_6_0)
    for version in versions:
        stream.writeQString(version)
    stream.writeInt32(len(kept))
    for latex, (box, pieces) in kept:
        stream.writeQString(latex)
        stream << box
        stream.writeInt32(len(pieces))
        for number, outline in pieces:
            stream.writeInt32(number)
            stream << outline
    return lzma.compress(data.data())
