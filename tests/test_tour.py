"""The tour: the main job without a screen, with every stage left as a picture and the exports beside them."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from safetensors.numpy import load_file

from explorer.cli import main
from explorer.files import read_weights


def test_the_tour_does_the_main_job(look: QApplication, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "new" / "folder"
    assert main(["tour", "--out", str(out)]) == 0
    printed = capsys.readouterr().out
    assert float(printed.rsplit("test accuracy ", 1)[1]) >= 0.95
    pictures = sorted(out.glob("*.png"))
    assert [int(path.name[:2]) for path in pictures] == list(range(1, len(pictures) + 1))
    assert len(pictures) >= 15
    for path in pictures:
        image = QImage(str(path))
        assert image.width() >= 1280
        assert len({image.pixel(x, y) for x in range(0, image.width(), 16) for y in range(0, image.height(), 16)}) > 20
    tensors = load_file(out / "digits-weights.safetensors")
    with np.load(out / "digits-weights.npz", allow_pickle=False) as archive:
        for name, tensor in tensors.items():
            np.testing.assert_array_equal(archive[name], tensor)
    model, _ = read_weights(out / "digits-weights.onnx")
    for name, array in model.parameters.items():
        np.testing.assert_array_equal(array, tensors[name])


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    assert main(["tour", "--out", str(blocked / "pictures")]) == 2
    error = capsys.readouterr().err
    assert str(blocked) in error
    assert error.count("\n") == 1
