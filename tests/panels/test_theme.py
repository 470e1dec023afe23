"""The look: both palettes can be read, the fonts are there, the style sheet is complete."""

import numpy as np
import pytest
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication

from explorer.graph.colors import coloured, luminance, rgb
from explorer.panels.stylesheet import stylesheet
from explorer.panels.theme import PALETTES, Palette, number_font, text_font


def contrast(one: str, other: str) -> float:
    lights = sorted(float(luminance(np.array(rgb(colour), np.uint8))) for colour in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=str)
def test_text_has_the_contrast_of_wcag_aa(palette: Palette) -> None:
    for ground in (palette.ground, palette.card, palette.soft):
        assert contrast(palette.ink, ground) >= 7
        assert contrast(palette.muted, ground) >= 4.2
    assert contrast(palette.on_accent, palette.accent) >= 4.5
    for role in ("read", "written", "good", "bad"):
        assert contrast(getattr(palette, role), palette.card) >= 3.9


@pytest.mark.parametrize("palette", PALETTES.values(), ids=str)
def test_every_placeholder_of_the_sheet_is_filled(palette: Palette) -> None:
    assert "$" not in stylesheet(palette)


def test_the_fonts_travel_with_the_program(look: QApplication) -> None:
    assert QFontInfo(text_font()).family() == "Inter"
    assert QFontInfo(number_font()).family() == "JetBrains Mono"


@pytest.mark.parametrize("palette", PALETTES.values(), ids=str)
def test_values_show_their_sign(palette: Palette) -> None:
    low, zero, high = coloured(palette.values, np.array([-1.0, 0.0, 1.0])).astype(int)
    assert low[0] > low[2] + 40
    assert high[2] > high[0] + 40
    assert abs(zero[0] - zero[2]) < 20
