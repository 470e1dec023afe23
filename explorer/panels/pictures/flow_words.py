"""What is said of a measurement of the gradient's flow: its sizes, of which samples, and each factor. No Qt."""

from explorer.session.pictures.flow import Flow, Norms
from explorer.tape.numbers import shown


def told_of(measured: Flow, symbol: str, norms: Norms) -> str:
    """Return a measurement in lines: its step, then each layer's norm with the factors that led to it."""
    lines = [f"step {measured.step:,}"]
    for number, norm in enumerate(norms.tolist()):
        line = f"{symbol}{number + 1}  {shown(norm, 3)}"
        if number < len(measured.by_weights):
            factors = measured.by_weights[number], measured.by_slopes[number]
            by_weights, by_slopes = (shown(float(factor), 2) for factor in factors)
            line += f"   Wᵀ ×{by_weights}, σ′ ×{by_slopes}"
        lines.append(line)
    return "\n".join(lines)


def sizes(norms: Norms) -> str:
    """Return the norm at the first layer and at the last, e.g. " 0.03 … 0.04"; of one layer, its own."""
    ends = (norms[0], norms[-1]) if len(norms) > 1 else (norms[0],)
    return " " + " … ".join(shown(float(value), 2) for value in ends)


def samples_words(measured: Flow) -> str:
    """Return which samples the norms are of: "256 of 1,348 samples", "all 200 samples", "the one sample"."""
    if measured.population == 1:
        return "the one sample"
    if measured.samples == measured.population:
        return f"all {measured.samples:,} samples"
    return f"{measured.samples:,} of {measured.population:,} samples"
