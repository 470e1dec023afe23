"""A gradient check as text: a table for people, JSON for programs."""

from math import isnan

from explorer.tape.checking.gradblocks import BlockCheck, misfit, place
from explorer.tape.checking.gradreport import GradientReport
from explorer.tape.readable_json import Json, readable
from explorer.tape.symbols import shape_words

HEADER = (
    "gradient",
    "shape",
    "checked",
    "kinks",
    "worst entry",
    "analytic",
    "numeric",
    "ratio",
    "relative error",
    "verdict",
)


def table(report: GradientReport) -> str:
    """Return the report as lines of text: how it was checked, a block a line, the verdict last."""
    rows = [HEADER, *(table_row(block) for block in report.blocks)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return "\n".join([*(line.rstrip() for line in lines), *remarks(report), report.sentence])


def table_row(block: BlockCheck) -> tuple[str, ...]:
    """Return the cells of one block."""
    ratio = "–" if isnan(block.ratio) else f"{block.ratio:.6g}"
    analytic = "–" if isnan(block.analytic) else f"{block.analytic:.9g}"
    error = f"{block.error:.1e}" if tells(block) else "–"
    numbers = (analytic, f"{block.numeric:.9g}", ratio if not block.worst.skipped else "–", error)
    return (
        block.name,
        shape_words(block.shape),
        str(block.checked),
        str(block.skipped),
        place(block.worst),
        *numbers,
        block.verdict,
    )


def tells(block: BlockCheck) -> bool:
    """Tell whether any entry was compared with something: not where each stands at a kink or drowns in rounding."""
    return not block.entries or any(entry.compared for entry in block.entries)


def proof(block: BlockCheck, method: str) -> str:
    """Return the clause about entries of which that method cannot tell; mostly nothing."""
    decided = f"{block.decided} of {block.checked} by complex steps, for rounding hides their central differences"
    hidden = f"{block.hidden} of {block.checked} unproven, for rounding hides them"
    central = method == "central"
    return ", ".join([decided] * bool(block.decided and central) + [hidden] * bool(block.hidden and not block.unproven))


def remarks(report: GradientReport) -> list[str]:
    """Return a line for each block that is more than passed, and one on a criterion that is not ours."""
    lines = []
    for block in report.blocks:
        words = misfit(block) if block.shape != block.expected else block.unproven
        said = "; ".join(part for part in (words, block.diagnosis, proof(block, report.criterion.method)) if part)
        if said:
            lines.append(f"{block.name}: {said}")
    criterion = report.criterion
    if criterion.by_norm and not isnan(report.norm_ratio):
        lines.append(f"All parameters as one vector: {criterion.formula} = {report.norm_ratio:.1e}")
    return lines


def to_json(report: GradientReport) -> str:
    """Return the report as one JSON object; indices count from 0, a ratio of 0 and 0 is null."""
    blocks: list[Json] = [block_keys(block) for block in report.blocks]
    verdict: dict[str, Json] = {"passed": report.passed, "h": report.h, "tolerance": report.tolerance}
    how: dict[str, Json] = {"criterion": report.criterion.name, "method": report.criterion.method}
    first = report.first_wrong
    found: dict[str, Json] = {
        "norm_ratio": number(report.norm_ratio),
        "first_wrong": first.name if first else None,
        "diagnosis": (first.diagnosis or None) if first else None,
        "sentence": report.sentence,
    }
    return readable({**verdict, **how, "not_finite": report.not_finite or None, **found, "blocks": blocks}).rstrip()


def number(value: float) -> Json:
    """Return the value, or null where it is none."""
    return None if isnan(value) else value


def block_keys(block: BlockCheck) -> Json:
    """Return the object of one block."""
    return {
        "name": block.name,
        "shape": list(block.shape),
        "expected_shape": list(block.expected),
        "checked": block.checked,
        "skipped": block.skipped,
        "hidden": block.hidden,
        "worst_entry": list(block.worst.index),
        "analytic": block.analytic,
        "numeric": block.numeric,
        "ratio": number(block.ratio),
        "relative_error": block.error if tells(block) else None,
        "passed": block.passed,
        "verdict": block.verdict,
        "diagnosis": block.diagnosis or None,
    }
