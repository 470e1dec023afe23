"""Words of a lesson's page: marked up as in Markdown, shown as rich text whose links lead into the window."""

import re
from html import escape

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QWidget

from explorer.lessons.lesson import LINKS, Prose
from explorer.lessons.reading import LINK, links_in
from explorer.panels.theme import LARGE, LIGHT, NUMBERS, TITLE, Palette

CODE = re.compile(r"`([^`]+)`")
POWER = re.compile(r"\^([^^\s]+)\^")
BOLD, EMPHASIS = re.compile(r"\*\*(.+?)\*\*"), re.compile(r"\*([^*\s][^*]*)\*")
RAISED = f'<span style="vertical-align:super; font-size:{TITLE}px">\\1</span>'
"""Qt writes what is raised in two thirds of its size."""
SLASH, JOINER = re.compile(r"(\w/)(?=\w)"), "\u2060"
"""Where a line must not end: within dJ/dz1."""
UNBROKEN = 16
"""Letters up to which symbols stand on one line."""
LINE = 145
"""Height of a line of a page, in hundredths of its letters'."""
LISTS = {"bullet": "ul", "number": "ol"}


def plain(markup: str) -> str:
    """Return marked-up words without the marks."""
    words = LINK.sub(lambda found: found[1], markup)
    return POWER.sub(r" to the \1", EMPHASIS.sub(r"\1", BOLD.sub(r"\1", CODE.sub(r"\1", words))))


def marked_up(markup: str, palette: Palette) -> str:
    """Return marked-up words as HTML, in the colours of a look."""
    kept: list[str] = []

    def keep(html: str) -> str:
        kept.append(html)
        return f"\x00{len(kept) - 1}\x00"

    def code(found: re.Match[str]) -> str:
        whole = found[1].replace(" ", "&nbsp;") if len(found[1]) <= UNBROKEN else found[1]
        return keep(f'<span style="font-family:{NUMBERS}">{whole}</span>')

    def link(found: re.Match[str]) -> str:
        look = f"color:{palette.accent}; text-decoration:none"
        target = found[3].replace(JOINER, "")
        return f'{keep(f"""<a href="{found[2]}:{target}" style="{look}">""")}{found[1]}{keep("</a>")}'

    words = CODE.sub(code, LINK.sub(link, SLASH.sub(rf"\1{JOINER}", escape(markup, quote=False))))
    words = EMPHASIS.sub(r"<i>\1</i>", BOLD.sub(r"<b>\1</b>", words))
    while "\x00" in words:
        words = re.sub("\x00(\\d+)\x00", lambda found: kept[int(found[1])], words)
    return POWER.sub(RAISED, words.replace("ᵀ", "^T^"))


def as_html(prose: Prose, palette: Palette) -> str:
    """Return a paragraph or a list as HTML."""
    parts = [marked_up(text, palette) for text in prose.paragraphs]
    if not prose.mark:
        return f'<p style="line-height:{LINE}%; margin:0">{"<br>".join(parts)}</p>'
    points = "".join(f'<li style="line-height:{LINE}%; margin-bottom:4px">{part}</li>' for part in parts)
    name = LISTS[prose.mark]
    return f'<{name} style="margin-top:0; margin-bottom:0; margin-left:18px; -qt-list-indent:0">{points}</{name}>'


def as_page(prose: Prose, palette: Palette) -> str:
    """Return words as HTML in the size of a page's letters."""
    return f'<div style="font-size:{LARGE}px">{as_html(prose, palette)}</div>'


class ProseLabel(QLabel):
    """Shows words; Tab goes through its links, and Return follows one.

    Signals
    -------
    followed
        The link that was followed.
    """

    followed = Signal(object)

    def __init__(self, prose: Prose, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._prose = prose
        self.links = [link for text in prose.paragraphs for link in links_in(text)]
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setAccessibleName(" ".join(map(plain, prose.paragraphs)))
        if self.links:
            reachable = Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
            self.setTextInteractionFlags(reachable)
            self.linkActivated.connect(self._follow)
            self.linkHovered.connect(self._tell)
        self.set_palette(LIGHT)

    def set_palette(self, palette: Palette) -> None:
        """Take the colours of a look."""
        self.setText(as_page(self._prose, palette))

    @Slot(str)
    def _follow(self, address: str) -> None:
        found = next((link for link in self.links if f"{link.kind}:{link.target}" == address), None)
        if found is not None:
            self.followed.emit(found)

    @Slot(str)
    def _tell(self, address: str) -> None:
        kind, _, target = address.partition(":")
        self.setToolTip(f"{LINKS[kind].capitalize()}: {target}" if kind in LINKS else "")
