"""The one style sheet of the window, made from a palette.

A panel has none of its own: Qt would look through both for each of its widgets, which took 20 ms of the start.
"""

from string import Template

from explorer.panels.theme import LARGE, NORMAL, NUMBERS, RADIUS, SMALL, TEXT, TITLE, Palette
from explorer.resources import assets

SHEET = Template("""
* { font-family: "$text"; font-size: ${normal}px; color: $ink; }
QMainWindow, QWidget#ground { background: $ground; }
QWidget { outline: 0; }
QToolTip { background: $card; color: $ink; border: 1px solid $hairline; padding: 4px 8px; }

QFrame[card="true"] { background: $card; border: 1px solid $hairline; border-radius: ${radius}px; }
QFrame[soft="true"] { background: $soft; border: none; border-radius: ${radius}px; }
QFrame#toolbar { background: $card; border: none; border-bottom: 1px solid $hairline; }
QFrame[rule="true"] { background: $hairline; border: none; max-height: 1px; min-height: 1px; }

QLabel { background: transparent; border: none; }
QLabel[role="brand"] { font-size: ${title}px; font-weight: 600; }
QLabel[role="title"] { font-size: ${large}px; font-weight: 600; }
QLabel[role="section"] { font-size: ${small}px; font-weight: 600; color: $muted; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="small"] { font-size: ${small}px; color: $muted; }
QLabel[role="number"] { font-family: "$numbers"; }
QLabel[role="digits"] { font-family: "$numbers"; font-size: ${large}px; font-weight: 500; }
QLabel[role="number-muted"] { font-family: "$numbers"; color: $muted; }
QLabel[role="good"] { color: $good; font-weight: 600; }
QLabel[role="bad"] { color: $bad; font-weight: 600; }
QLabel[floating="true"] { background: $card; border: 1px solid $hairline; border-radius: 4px; padding: 3px 6px; }

QPushButton, QToolButton { background: $soft; border: 1px solid transparent; border-radius: 6px; padding: 5px 12px;
  font-weight: 500; }
QPushButton:hover, QToolButton:hover { border-color: $hairline; background: $hover; }
QPushButton:pressed, QToolButton:pressed { background: $hairline; }
QPushButton:focus, QToolButton:focus { border-color: $accent; }
QPushButton:disabled, QToolButton:disabled, QLineEdit:disabled, QComboBox:disabled { color: $faint; }
QPushButton[primary="true"], QToolButton[primary="true"] { background: $accent; color: $on_accent; font-weight: 600; }
QPushButton[primary="true"]:hover, QToolButton[primary="true"]:hover { background: $accent_hover; }
QPushButton[primary="true"]:focus, QToolButton[primary="true"]:focus { border-color: $ink; }
QFrame[transport="true"] QToolButton { padding: 0; }
QToolButton#mistakes { background: transparent; color: $bad; font-weight: 600; padding: 4px 6px; }
QToolButton#mistakes:hover { background: $soft; }
QToolButton[flat="true"] { background: transparent; padding: 4px; }
QToolButton[flat="true"]:hover { background: $soft; }
QPushButton[quiet="true"], QToolButton[quiet="true"] { background: transparent; padding: 1px 5px; color: $muted;
  font-size: ${small}px; }
QPushButton[quiet="true"]:hover, QToolButton[quiet="true"]:hover { background: $soft; }
QToolButton[quiet="true"]:checked { background: $accent_soft; color: $accent; }
QSlider[amount="true"]::groove:horizontal { height: 4px; border-radius: 2px; background: $hairline; }
QSlider[amount="true"]::sub-page:horizontal { height: 4px; border-radius: 2px; background: $accent; }
QSlider[amount="true"]::handle:horizontal { width: 12px; height: 12px; margin: -6px 0; border-radius: 8px;
  border: 2px solid $accent; background: $card; }
QSlider[amount="true"]::handle:horizontal:focus { background: $accent; }
QToolButton::menu-indicator { image: none; width: 0; }
QToolButton#notation_picker { padding: 4px 22px 4px 8px; }
QToolButton#notation_picker::menu-indicator { image: url("$icons/chevron-$name.svg"); width: 9px; height: 9px;
  subcontrol-origin: padding; subcontrol-position: center right; right: 8px; }

QFrame[segments="true"] { background: $soft; border: none; border-radius: ${radius}px; }
QPushButton[segment="true"] { background: transparent; border-radius: 6px; padding: 4px 16px; color: $muted; }
QFrame[narrow="true"] QPushButton[segment="true"] { padding: 4px 9px; }
QPushButton[segment="true"]:checked { background: $card; color: $ink; font-weight: 600; border-color: $hairline; }
QPushButton[segment="true"]:focus { border-color: $accent; }
QToolButton:checked { background: $accent_soft; color: $accent; border-color: transparent; }
QToolButton[primary="true"]:checked { background: $accent; }
QPushButton[primary="true"]:disabled, QToolButton[primary="true"]:disabled { background: $soft; color: $faint; }

QComboBox { background: $soft; border: 1px solid transparent; border-radius: 6px; padding: 4px 8px 4px 10px;
  font-weight: 600; min-height: 18px; combobox-popup: 0; }
QComboBox:hover { background: $hover; border-color: $hairline; }
QComboBox:focus { border-color: $accent; }
QComboBox::drop-down { border: none; width: 20px; }
QComboBox::down-arrow { image: url("$icons/chevron-$name.svg"); width: 10px; height: 10px; }
QComboBox QAbstractItemView { background: $card; border: 1px solid $hairline; padding: 4px; font-weight: 500;
  selection-background-color: $accent_soft; selection-color: $ink; }
QComboBox::separator { background: $hairline; height: 1px; margin: 0 8px; }
QComboBox QAbstractItemView::item { min-height: 24px; padding: 2px 8px; border: none; border-radius: 4px; }
QComboBox QAbstractItemView::item:selected { background: $accent_soft; color: $ink; }

QLineEdit, QSpinBox, QDoubleSpinBox { background: $soft; border: 1px solid transparent; border-radius: 4px;
  padding: 2px 6px; font-family: "$numbers"; selection-background-color: $accent; selection-color: $on_accent; }
QSpinBox#sample_field { padding: 4px 6px; border-radius: 6px; font-weight: 600; }
QSpinBox#sample_field QLineEdit { background: transparent; border: none; padding: 0; }
QSpinBox#puzzle_number { padding: 4px 2px; border-radius: 6px; }
QSpinBox#puzzle_number QLineEdit { background: transparent; border: none; padding: 0; }
QSpinBox#share_box { padding: 4px 0; border-radius: 6px; font-weight: 600; }
QSpinBox::up-button, QSpinBox::down-button { width: 0; border: none; }
QPlainTextEdit#answer_field { background: $card; border: 1px solid $hairline; border-radius: 4px; padding: 1px 4px;
  font-family: "$numbers"; selection-background-color: $accent; selection-color: $on_accent; }
QPlainTextEdit#answer_field:focus { border-color: $accent; }
QLineEdit:hover, QSpinBox:hover, QDoubleSpinBox:hover { border-color: $hairline; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus { border-color: $accent; background: $card; }

QCheckBox { spacing: 8px; }
QCheckBox::indicator, QTableView::indicator { width: 12px; height: 12px; border: 1px solid $faint; border-radius: 3px;
  background: $card; }
QCheckBox::indicator:checked, QTableView::indicator:checked { background: $accent; border-color: $accent;
  image: url("$icons/check-$name.svg"); }
QCheckBox::indicator:hover, QCheckBox::indicator:focus { border: 2px solid $accent; width: 10px; height: 10px; }

QMenu { background: $card; border: 1px solid $hairline; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: $accent_soft; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $hairline; margin: 4px 8px; }

QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 8px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 8px; margin: 0; }
QScrollBar::handle { background: $hairline; border-radius: 4px; min-height: 24px; min-width: 24px; }
QScrollBar::handle:hover { background: $faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: transparent; image: none; }
QGraphicsView { background: transparent; border: none; }

QDialog { background: $ground; }
QFileDialog { dialogbuttonbox-buttons-have-icons: 0; }
QFileDialog QToolButton { padding: 3px; background: transparent; }
QFileDialog QToolButton:hover { background: $soft; }
QFileDialog QAbstractItemView { background: $card; border: 1px solid $hairline; border-radius: 6px; }
QProgressBar { background: $hairline; border: none; border-radius: 3px; max-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QTableView { background: $card; border: none; gridline-color: $hairline; selection-background-color: $accent_soft;
  selection-color: $ink; }
QTableView::item { padding: 0 8px; }
QTableView QTableCornerButton::section { background: $soft; border: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QHeaderView { background: transparent; }
QHeaderView::section { background: $soft; color: $muted; border: none; padding: 4px 8px; }

QFrame#banner { background: $bad_soft; border: 1px solid $bad; border-radius: ${radius}px; }
QFrame#banner[tone="information"] { background: $accent_soft; border-color: $accent; }

#training_panel QLabel[series] { font-family: "$numbers"; font-size: ${small}px; }
#training_panel QLabel[veil="true"] { background: $veil; padding: 0 3px; border-radius: 3px; }
#training_panel QLabel[series="train"] { color: $train; }
#training_panel QLabel[series="test"] { color: $test; }
#training_panel QLabel[status] { font-size: ${small}px; font-weight: 600; color: $muted; }
#training_panel QLabel[status="running"] { color: $accent; }
#training_panel QLabel[status="failed"] { color: $bad; }
#training_panel QComboBox { padding: 2px 6px 2px 8px; font-weight: 500; border-radius: 4px; min-height: 16px; }
#training_panel QLineEdit { min-height: 16px; }
#training_panel QToolButton { padding: 4px 4px; }
#training_panel QToolButton[quiet="true"] { padding: 0 4px; }
#training_panel QToolButton#failed_button { background: transparent; font-size: ${small}px; font-weight: 600;
  color: $bad; padding: 0 4px; }
#training_panel QToolButton#failed_button:hover { background: $soft; }
#training_panel QToolButton#continue_here_button { padding: 2px 8px; }
#training_panel QToolButton#schedule_button { padding: 2px 4px; min-height: 16px; max-height: 16px; }
#training_panel QToolButton#schedule_button[curve="true"] { padding-left: 21px; }
#training_panel QFrame#schedule_card { background: $card; border: 1px solid $hairline; }
#training_panel QToolButton#close_hint { padding: 0 4px; }
#training_panel QToolButton#hint_offer { padding: 0 8px; font-size: ${small}px; }
#training_panel QToolButton[primary="true"]:checked { color: $on_accent; }

#lab_list { background: transparent; }
#lab_list::item { border: none; padding: 0 4px; }
#lab_list::item:focus { border: none; }
#lab_list::item:disabled { color: $faint; }
#mistake_lab QLabel[role="bad"], #mistake_lab QLabel[role="good"] { font-weight: 400; }

#runs QLabel { color: $muted; }
#runs_list { background: transparent; }
#runs_list::item { border: none; padding: 0 4px; }
#runs_list::item:focus { border: 1px solid $accent; border-radius: 4px; }
#runs_list QHeaderView::section { background: transparent; font-size: ${small}px; padding: 0 4px; }
#runs_list QLineEdit { padding: 0 3px; border-radius: 2px; }

#lesson_list { background: transparent; }
QScrollArea#lesson_page { border: 1px solid transparent; border-radius: 6px; }
QScrollArea#lesson_page[reached="true"] { border-color: $accent; }
#learn_panel QFrame[soft="true"] QLineEdit { background: $card; border-color: $hairline; padding: 4px 8px; }
#learn_panel QFrame[soft="true"] QLineEdit:focus { border-color: $accent; }
#learn_panel QPushButton[answer="true"], #learn_panel QToolButton[answer="true"] {
  background: $card; border-color: $hairline; }
#learn_panel QPushButton[answer="true"]:hover, #learn_panel QPushButton[answer="true"]:focus { border-color: $accent; }

#cell_list { background: $card; }
#cell_samples { background: transparent; border: 0; font-size: ${small}px; outline: 0; }
#cell_samples::item { border: 1px solid transparent; border-radius: 4px; }
#cell_samples::item:selected { background: $accent_soft; color: $ink; border-color: $accent; }
""")


VEIL = 0xBF
"""How opaque the ground of words is that lie on curves, of 255."""


def mixed(colour: str, other: str, share: float) -> str:
    """Return a colour ``share`` of the way from one "#RRGGBB" to another."""
    channels = ((int(colour[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in channels)


def faint(palette: Palette) -> str:
    """Return the ink of what cannot be used now."""
    return mixed(palette.muted, palette.card, 0.45)


def stylesheet(palette: Palette) -> str:
    """Return the style sheet of the whole window in that palette."""
    roles = (
        "ground",
        "card",
        "soft",
        "hairline",
        "ink",
        "muted",
        "accent",
        "on_accent",
        "accent_soft",
        "good",
        "bad",
        "bad_soft",
        "train",
        "test",
    )
    return SHEET.substitute(
        {role: getattr(palette, role) for role in roles},
        name=palette.name,
        text=TEXT,
        numbers=NUMBERS,
        small=SMALL,
        normal=NORMAL,
        large=LARGE,
        title=TITLE,
        radius=RADIUS,
        hover=mixed(palette.soft, palette.hairline, 0.5),
        faint=faint(palette),
        veil=f"#{VEIL:02X}{palette.card[1:]}",
        accent_hover=mixed(palette.accent, palette.ink, 0.12),
        icons=(assets() / "icons").as_posix(),
    )
