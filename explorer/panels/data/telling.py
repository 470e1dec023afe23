"""What is said of a file that was read: what is predicted, what is trained on, and what may help where that fails."""

from msgspec.structs import replace

from explorer.data import Choices
from explorer.data.framing import rows_left_out
from explorer.data.preview import THE_CLASS, ColumnLine, class_words
from explorer.data.target import OR_CLASSES
from explorer.files.datasets import Loaded

MOST_TOLD = 3
"""Columns that are told one by one why they are left out."""


def remedy_of(found: Loaded | None, choices: Choices) -> tuple[str, Choices] | None:
    """Return what may help where samples cannot be trained on, in words and as choices; None where that is unclear."""
    if found is None or found.data is not None or found.table is None:
        return None
    texts = tuple(line.name for line in used(found) if line.kind == "text" and not line.inputs)
    if texts:
        words = f"Leave {texts[0]} out" if len(texts) == 1 else f"Leave {len(texts):,} columns of text out"
        return words, replace(choices, without=(*choices.without, *texts))
    if found.preview.fault.endswith(OR_CLASSES):
        return f"Take {found.preview.target} for classes", replace(choices, task="classes")
    if choices.missing == "refuse" and found.preview.missing:
        return "Leave such rows out", replace(choices, missing="skip")
    return None


def toggled(choices: Choices, name: str, *, taken: bool) -> Choices:
    """Return the choices with a column taken as an input, whatever speaks against it, or left out."""
    without, within = (tuple(each for each in names if each != name) for names in (choices.without, choices.taken))
    return replace(choices, without=without if taken else (*without, name), taken=(*within, name) if taken else within)


def used(found: Loaded) -> list[ColumnLine]:
    """Return the columns that are used as inputs."""
    return [line for line in found.preview.columns if line.role == "input"]


def told_of_target(found: Loaded) -> str:
    """Return what is predicted, in a line above the classes."""
    preview = found.preview
    if preview.classes:
        named = "" if preview.target == THE_CLASS else f"{preview.target}: "
        return f"{named}{class_words(preview)}"
    if preview.task != "numbers":
        return ""
    line = next((each for each in preview.columns if each.role == "target"), None)
    return f"{preview.target}: numbers" + (f" from {line.low:.6g} to {line.high:.6g}" if line is not None else "")


def told_of_words(found: Loaded) -> list[str]:
    """Return, in a sentence, what columns of words become."""
    wide = [line for line in used(found) if line.kind == "text" and line.inputs]
    if not wide:
        return []
    names = [line.name for line in wide[:MOST_TOLD]] + [f"{len(wide) - MOST_TOLD:,} more"] * (len(wide) > MOST_TOLD)
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    count = sum(line.inputs for line in wide)
    return [f"{listed} become{'s' * (len(wide) == 1)} {count:,} inputs, one for each word of all rows"]


def told_of_gaps(found: Loaded) -> list[str]:
    """Return, in a sentence, how many gaps are filled, and by what."""
    wide = {line.missing > 0 and line.kind == "text" for line in used(found) if line.missing}
    count = sum(line.missing for line in used(found))
    if found.data is None or not found.data.spans or not count:
        return []
    by = " or ".join(["its column's mean"] * (False in wide) + ["its most frequent word"] * (True in wide))
    gaps = "1 gap is" if count == 1 else f"{count:,} gaps are"
    return [f"{gaps} filled, each by {by} in the training part"]


def told_of_parts(found: Loaded) -> str:
    """Return how many samples are trained on, how many are held out, and what is not in sight."""
    data, preview = found.data, found.preview
    if data is None:
        return ""
    held = max(1, round(data.test_share * data.samples))
    parts = [f"{data.samples - held:,} samples to train on, {held:,} held out"]
    if data.samples < preview.samples:
        parts.append(rows_left_out(preview.samples - data.samples))
    parts += [f"{line.name} {line.why} and is left out" for line in preview.columns if line.why][:MOST_TOLD]
    parts += told_of_words(found) + told_of_gaps(found)
    still = [line.name for line in used(found) if line.low == line.high and not preview.image_shape]
    if still:
        others = f" and {len(still) - 1:,} other columns never change" if len(still) > 1 else " never changes"
        parts.append(f"{still[0]}{others}")
    if preview.column_count > len(preview.columns) and not preview.image_shape:
        parts.append(f"{preview.column_count - len(preview.columns):,} more columns are not shown")
    return "; ".join(parts) + "."
