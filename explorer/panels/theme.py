"""The look in one place: two palettes, the fonts, the spacings. A colour is changed here and nowhere else."""

from msgspec import Struct
from PySide6.QtGui import QColor, QFont, QFontDatabase

from explorer.graph.diverging import Diverging
from explorer.graph.style import GraphStyle
from explorer.resources import assets

RADIUS = 8
GAP = 12
TEXT = "Inter"
NUMBERS = "JetBrains Mono"
SMALL, NORMAL, LARGE, TITLE = 11, 12, 13, 15
FONT_FILES = (
    "Inter-Regular.otf",
    "Inter-Medium.otf",
    "Inter-SemiBold.otf",
    "JetBrainsMono-Regular.ttf",
    "JetBrainsMono-Medium.ttf",
)


class Palette(Struct, frozen=True):
    """The colours of one look, as "#RRGGBB"."""

    name: str
    ground: str
    card: str
    soft: str
    hairline: str
    ink: str
    muted: str
    accent: str
    on_accent: str
    accent_soft: str
    read: str
    written: str
    good: str
    bad: str
    bad_soft: str
    train: str
    test: str
    values: Diverging
    classes: tuple[str, ...]
    runs: tuple[str, ...]

    def colour(self, role: str) -> QColor:
        """Return one of the colours by its name, e.g. "ink"."""
        return QColor(getattr(self, role))


LIGHT = Palette(
    name="light",
    ground="#F6F6F3",
    card="#FFFFFF",
    soft="#F0F0EB",
    hairline="#E3E3DD",
    ink="#1B1F24",
    muted="#6A7280",
    accent="#2F6FDE",
    on_accent="#FFFFFF",
    accent_soft="#E9F0FC",
    read="#0E8F7E",
    written="#C0268F",
    good="#0E8F6E",
    bad="#B3381F",
    bad_soft="#FBEDE8",
    train="#2B6CB8",
    test="#C8641B",
    values=Diverging("#C8702A", "#EFEFEA", "#2368B8"),
    classes=("#0072B2", "#D55E00", "#00795A", "#A8518A", "#8A6D00", "#1B8FC6", "#5B4BB0", "#6A7280"),
    runs=("#16805A", "#B0368F", "#8A6D00", "#6B4FC0", "#0C7F96", "#C0392F", "#855B34", "#6A7280"),
)

DARK = Palette(
    name="dark",
    ground="#15171B",
    card="#1D2026",
    soft="#262A31",
    hairline="#30343C",
    ink="#E9EAED",
    muted="#9097A3",
    accent="#6EA0FF",
    on_accent="#10141C",
    accent_soft="#22304D",
    read="#35D0B5",
    written="#F06CC6",
    good="#3CCFA4",
    bad="#FF8A6B",
    bad_soft="#3A241F",
    train="#5BA0F2",
    test="#F0954A",
    values=Diverging("#D8853F", "#30343C", "#5BA0F2"),
    classes=("#4FA8E8", "#F0834A", "#33C796", "#E79AC9", "#E3C34A", "#8CD3F5", "#A99CF5", "#A6ADB8"),
    runs=("#46C98B", "#EE82C4", "#E3C34A", "#A99CF5", "#4FCBE0", "#FF7B72", "#CDA57C", "#A6ADB8"),
)

RUN_COLOURS = ("green", "magenta", "gold", "violet", "cyan", "red", "brown", "grey")
"""What the colours of kept runs are called, in both looks."""

PALETTES = {palette.name: palette for palette in (LIGHT, DARK)}


def load_fonts() -> None:
    """Register the fonts that travel with the program; needs a QGuiApplication."""
    if TEXT in QFontDatabase.families() and NUMBERS in QFontDatabase.families():
        return
    for name in FONT_FILES:
        QFontDatabase.addApplicationFont(str(assets() / "fonts" / name))


def text_font(pixels: int = NORMAL, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the font for words."""
    font = QFont(TEXT)
    font.setPixelSize(pixels)
    font.setWeight(weight)
    return font


def number_font(pixels: int = NORMAL, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the font for numbers: every digit as wide as the next."""
    font = QFont(NUMBERS)
    font.setPixelSize(pixels)
    font.setWeight(weight)
    return font


def graph_style(palette: Palette) -> GraphStyle:
    """Return what the drawing of the network takes from a palette."""
    roles = ("card", "soft", "hairline", "ink", "muted", "accent", "read", "written", "values")
    colours = {role: getattr(palette, role) for role in roles}
    return GraphStyle(**colours, text=TEXT, numbers=NUMBERS, small=SMALL, normal=NORMAL, large=TITLE)
