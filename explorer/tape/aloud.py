"""Text as it is said: a screen reader stumbles over ∂J/∂z₂ and W^[1]ᵀ, and reads dJ by dz2 and W1 transposed."""

import re
from functools import lru_cache

DIGITS = str.maketrans("₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹", "01234567890123456789")
BRACKETS = re.compile(r"(?:\^?⁽(?=\d+⁾)|\^\[(?=\d+\])|\^?\((?=\d+\)))(\d+).")
"""A layer's number in brackets, as a notation or a plain text writes it."""
PRIME = re.compile(r"(\w+)[′']\(([^()]*)\)")
UPDATED = re.compile(r"\(?([^\s()⁺+]+)\)?\^?[⁺]")
TRANSPOSED = re.compile(r"\(?([^\s()ᵀ]+)\)?ᵀ")
SIGNS = {
    "∂": "d",
    "/": " by ",
    "δ": "delta ",
    "σ": "sigma",
    "η": "eta",
    "λ": "lambda",
    "β": "beta",
    "ŷ": "y hat",
    "⊙": " elementwise times ",
    "·": " times ",
    "−": " minus ",
    "×": " by ",
    "=": " equals ",
}


@lru_cache(maxsize=1024)
def aloud(text: str) -> str:
    """Return a symbol, a shape or a short formula in the words in which it is said.

    Examples
    --------
    >>> aloud("∂J/∂W₂")
    'dJ by dW2'
    >>> aloud("(∂J/∂W₁)ᵀ")
    'dJ by dW1 transposed'
    >>> aloud("σ′(z^[1])")
    'sigma prime of z1'
    >>> aloud("W^[2]⁺")
    'the new W2'
    """
    said = BRACKETS.sub(r"\1", text.translate(DIGITS))
    said = PRIME.sub(r"\1 prime of \2", said)
    said = UPDATED.sub(r"the new \1", said)
    said = TRANSPOSED.sub(r"\1 transposed", said)
    for sign, words in SIGNS.items():
        said = said.replace(sign, words)
    return " ".join(said.replace("(", " ").replace(")", " ").split())


FACTORS = {"Σₖ": "the sum over k of", "²": " squared", "′": " prime of ", "^[": "", "][": "[", "∂": "d", "ŷ": "y hat"}
"""What names of factors are said by."""


def factors_aloud(text: str) -> str:
    """Return a product of named factors as it is said, with the parentheses and signs that numbers beside it have.

    Examples
    --------
    >>> factors_aloud("(Σₖ W₂[1,k] · (p[k] − y[k])) · (1 − a^[1][2]²)")
    '(the sum over k of W2[1,k] · (p[k] − y[k])) · (1 − a1[2] squared)'
    """
    for sign, words in FACTORS.items():
        text = text.replace(sign, words)
    return text.translate(DIGITS)


def shape_aloud(shape: tuple[int, ...]) -> str:
    """Return a shape as it is said: one number, 3 entries, 2 by 3."""
    if len(shape) == 1:
        return f"{shape[0]} entries" if shape[0] != 1 else "1 entry"
    return " by ".join(map(str, shape)) or "one number"
