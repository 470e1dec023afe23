"""Whether a comma between digits is a decimal one: other commas and points tell, else how many numbers there are."""

import re

from explorer.engine.errors import ExplorerError

TIGHT = re.compile(r"\d,\d")
LOOSE = re.compile(r",\s|,$", re.MULTILINE)
SURE = re.compile(r"(?<![\d,])0,\d{2,}|\d,0\d")
"""What no two whole numbers look like: 0,36 and 1,05."""


def has_decimal_commas(text: str, size: int | None) -> bool:
    """Tell whether commas between digits are decimal ones.

    Raises
    ------
    ExplorerError
        If both readings are possible.
    """
    if "." in text or not TIGHT.search(text):
        return False
    words = text.replace(";", " ").split()
    if any(word.strip(",").count(",") > 1 for word in words):
        return False
    if LOOSE.search(text) or SURE.search(text):
        return True
    apart = sum(word.count(",") + 1 for word in words)
    if size is not None and (size == len(words)) is not (size == apart):
        return size == len(words)
    word = next(word for word in words if TIGHT.search(word))
    raise ExplorerError(
        f"“{word}” may be one number or two: write {word.replace(',', '.')}, or put a space after the comma"
    )
