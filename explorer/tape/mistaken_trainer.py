"""Training with mistakes: each minibatch's gradient is that of a recorded tape, wrong as it is. Slow, and true."""

from msgspec.structs import replace

from explorer.engine.errors import ExplorerError
from explorer.engine.problem import Problem
from explorer.engine.trainer import Trainer
from explorer.engine.update import Memory
from explorer.engine.workspace import Workspace
from explorer.tape.mistakes import Mistake, mistakes_of, titles
from explorer.tape.plan import plan
from explorer.tape.record import run
from explorer.tape.step import Tape
from explorer.tape.symbols import plain


class MistakenTrainer(Trainer):
    """A trainer of a problem that makes mistakes; made by ``trainer_of``.

    Attributes
    ----------
    problem
        Whose mistakes and conventions count; its network is the one that is trained.
    """

    kept = ("problem",)
    problem: Problem

    def _pass(self) -> float:
        """Record the next minibatch's pass, take its gradients over and return its J.

        Raises
        ------
        ExplorerError
            If a gradient has not the shape of its parameter.
        """
        workspace = self._next_minibatch()
        workspace.forward()
        tape = self._tape(workspace, self.problem.mistakes)
        for name, gradient in self.gradients.items():
            found = tape[f"dJ/d{name}"].value
            if found.shape != gradient.shape:
                raise ExplorerError(self._refusal(workspace, name, found.shape))
            gradient[...] = found
        return tape.loss

    def _tape(self, workspace: Workspace, mistakes: tuple[str, ...]) -> Tape:
        """Return the forward and the backward pass, with those mistakes, of the minibatch that lies in a workspace."""
        update = replace(self.problem.update, learning_rate=self.learning_rate, schedule=self.schedule)
        X, Y = workspace.X[:, :-1], workspace.targets.T
        memory = Memory(self.optimizer.steps)
        problem = replace(self.problem, X=X, Y=Y, labels=None, update=update, memory=memory, mistakes=mistakes)
        return run(problem, tuple(i for i in plan(problem) if i.phase != "update"))

    def _refusal(self, workspace: Workspace, name: str, found: tuple[int, ...]) -> str:
        """Say why no update can be made."""
        causes = self._causes(workspace, name)
        which = "hidden" if self.problem.puzzle else titles(causes)
        few = self.problem.puzzle or len(causes) == 1
        mistake, gives = ("mistake", "gives") if few else ("mistakes", "give")
        return (
            f"training stops before step {self.step + 1}, for its {mistake} ({which}) {gives} "
            f"{plain(f'dJ/d{name}')} the shape {found} and {name} has {self.gradients[name].shape}: "
            f"leave the {mistake} out"
        )

    def _causes(self, workspace: Workspace, name: str) -> tuple[Mistake, ...]:
        """Return the mistakes each of which alone gives the gradient another shape; where none does, all of them."""
        made, wanted = mistakes_of(self.problem), self.gradients[name].shape
        alone = tuple(m for m in made if self._tape(workspace, (m.name,))[f"dJ/d{name}"].value.shape != wanted)
        return alone or made


def trainer_of(problem: Problem, batch_size: int = 32, seed: int = 0) -> Trainer:
    """Return a trainer of the problem's network (in place) that makes the problem's mistakes, if it has any.

    Raises
    ------
    ExplorerError
        If the problem cannot be trained, or a mistake is unknown.
    """
    right = replace(problem, mistakes=())
    if not mistakes_of(problem):
        return Trainer.of(right, batch_size, seed)
    trainer = MistakenTrainer.of(right, batch_size, seed)
    trainer.problem = problem
    return trainer
