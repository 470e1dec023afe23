"""Symbols as plain text, for captions and small notes: the simple LaTeX of a notation in Unicode."""

import re
from functools import lru_cache

WORDS = {
    r"\partial": "∂",
    r"\sigma": "σ",
    r"\delta": "δ",
    r"\eta": "η",
    r"\lambda": "λ",
    r"\beta": "β",
    r"\tanh": "tanh",
    r"\Phi": "Φ",
    r"\varphi": "φ",
    r"\leq": "≤",
    r"\,": " ",
    "'": "′",
}
BELOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
ABOVE = str.maketrans("0123456789+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺")
SCRIPT = re.compile(r"([_^])(?:\{+([^{}]*)\}+|(\\?\w))")
ROMAN = re.compile(r"\\(?:mathrm|mathbf|text|boldsymbol)\{+([^{}]*)\}+")


@lru_cache(maxsize=1024)
def plain(latex: str) -> str:
    r"""Return simple LaTeX as text, e.g. ``∂J/∂W₂`` for ``\partial J/\partial W_2``."""
    text = ROMAN.sub(r"\1", latex)
    for word, sign in WORDS.items():
        text = text.replace(word, sign)
    return re.sub(r"∂ +", "∂", SCRIPT.sub(script, text)).replace(r"\top", "T").replace("{", "").replace("}", "")


def script(found: re.Match[str]) -> str:
    """Return an index or exponent as Unicode has it; what Unicode lacks stands on the line."""
    where, body = found[1], found[2] or found[3]
    table = BELOW if where == "_" else ABOVE
    return body.translate(table) if all(ord(letter) in table for letter in body) else body
