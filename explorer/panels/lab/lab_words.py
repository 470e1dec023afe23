"""What the lab says: of one mistake, of the pass with all that are on, and of both runs. No Qt."""

from explorer.lessons.effects import Effect
from explorer.lessons.lab import Choice
from explorer.lessons.lab_check import Checked
from explorer.session import RunStatus, State
from explorer.tape.sentences import begun


def wrong_words(choice: Choice | None, *, told: bool = True) -> str:
    """Return which mistake it is, whether it is made, unless that is not to be ``told``, and what is wrong about it."""
    if choice is None:
        return ""
    made = f" ({'made' if choice.on else 'not made'})" if told else ""
    return f"{begun(choice.mistake.title)}{made}. Wrong: {choice.mistake.sentence}."


def right_words(choice: Choice | None) -> str:
    """Return what is right; and why the mistake is not in the shown pass, if so."""
    if choice is None:
        return ""
    right = f"Right: {choice.mistake.correct}."
    if choice.absent:
        return f"{right} Not in the pass that is shown: {choice.absent}. B shows the minibatch."
    return right


def verdict_words(state: State, effect: Effect | None, verdict: Checked | None) -> str:
    """Return how many steps change, and what the gradient check says of that."""
    changed = "" if effect is None else changed_words(state, effect)
    script, activations = state.script, state.tape.activations
    if verdict is None:
        running = state.run.status is RunStatus.RUNNING
        return f"{changed} {'The gradients are checked once training pauses.' if running else 'Checking …'}"
    if verdict.passed is not False or not verdict.first:
        return script.sentence(f"{changed} Gradient check: {verdict.sentence}", activations)
    first = ", ".join(filter(None, (f"first wrong: {verdict.first}", verdict.sentence)))
    fail = "fail" if ", " in verdict.failed else "fails"
    words = f"{changed} Gradient check: {verdict.failed} {fail}; {first}"
    return script.sentence(words + "." * (not words.endswith("?")), activations)


def changed_words(state: State, effect: Effect) -> str:
    """Return how many steps of the shown pass the mistakes change."""
    if not state.subject.problem.mistakes:
        return "No mistake is made."
    if effect.right is effect.wrong:
        return "No step of the shown pass changes."
    if not effect.changed:
        return "None of the pass's steps changes: at these numbers it is the same."
    first = state.script.text(effect.first, state.tape.activations)
    count = len(effect.changed)
    these = f"{count} of {len(effect.wrong)} steps change" + "s" * (count == 1)
    return begun(f"{these}, the first is {first}.")
