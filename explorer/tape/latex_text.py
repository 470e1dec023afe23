"""Short LaTeX as text: layer numbers put in, exponents put on, and the whole in Unicode for captions."""

import re
from functools import lru_cache
from unicodedata import normalize

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
    r"\top": "ᵀ",
    r"\,": " ",
    "'": "′",
}
BELOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
ABOVE = str.maketrans("0123456789+()ᵀ", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁽⁾ᵀ")
LAYER = re.compile(r"(\[\w+\])(.*)")
"""A layer in brackets, of which Unicode has no raised ones, and what is raised after it."""
SCRIPT = re.compile(r"([_^])(?:\{+([^{}]*)\}+|(\\?\w))")
ROMAN = re.compile(r"\\(?:mathrm|mathbf|text|boldsymbol)\{+([^{}]*)\}+")
HAT = re.compile(r"\\hat(?:\{(\w)\}| (\w))")
GROUP = re.compile(r"\{[^{}]*\}|\([^()]*\)")


def numbered(pattern: str, layer: int) -> str:
    """Return a symbol with the layer's number for ``{l}``."""
    return pattern.replace("{l}", str(layer) if layer < 10 else f"{{{layer}}}")


def outside(latex: str) -> str:
    """Return what stands outside all braces and parentheses."""
    while (shorter := GROUP.sub("", latex)) != latex:
        latex = shorter
    return latex


def raised(latex: str, exponent: str, *, inside: bool = False) -> str:
    r"""Return a symbol with an exponent, + or \top: W^\top, (W^{+})^\top, or ``inside`` the one it has, W^{[1]\top}."""
    bare = outside(latex)
    if inside and bare.endswith("^") and latex.endswith("}"):
        return f"{latex[:-1]}{exponent}}}"
    power = exponent if exponent.startswith("\\") else f"{{{exponent}}}"
    if r"\frac" in bare:
        return rf"\left({latex}\right)^{power}"
    return f"({latex})^{power}" if re.search(r"[\^/ ]|\\partial", bare) else f"{latex}^{power}"


@lru_cache(maxsize=1024)
def as_text(latex: str) -> str:
    r"""Return simple LaTeX as text, e.g. ``∂J/∂W₂`` for ``\partial J/\partial W_2``."""
    text = HAT.sub(lambda found: f"{found[1] or found[2]}\N{COMBINING CIRCUMFLEX ACCENT}", ROMAN.sub(r"\1", latex))
    for word, sign in WORDS.items():
        text = text.replace(word, sign)
    text = re.sub(r"∂ +", "∂", SCRIPT.sub(script, text)).replace("{", "").replace("}", "")
    return normalize("NFC", text)


def script(found: re.Match[str]) -> str:
    """Return an index or exponent as Unicode has it; what Unicode lacks stands on the line, a layer as ^[1]."""
    where, body = found[1], found[2] or found[3]
    layer = LAYER.fullmatch(body) if where == "^" else None
    if layer is not None:
        return f"^{layer[1]}{layer[2].translate(ABOVE)}"
    table = BELOW if where == "_" else ABOVE
    return body.translate(table) if all(ord(letter) in table for letter in body) else body
