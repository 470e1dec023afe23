"""How a sentence begins on the screen: with a capital, but never one that would misname a thing of lower case."""

import re

WORD = re.compile(r"(a|[a-z]{2,}(-[a-z]{2,})*)(?=[ ,;]|$)")
"""A plain word at the beginning: no symbol (b1, x), no name with a mark in it (data.csv, dJ/dz1), no key (data:)."""


def begun(sentence: str) -> str:
    """Return a sentence with a capital, where it begins with a plain word."""
    return sentence[:1].upper() + sentence[1:] if WORD.match(sentence) else sentence
