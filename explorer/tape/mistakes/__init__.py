"""The mistake lab's engine: known wrong implementations, as data and small functions that rewrite a plan."""

from explorer.tape.mistakes.mistake import Mistake
from explorer.tape.mistakes.table import MISTAKES, mistaken, mistakes_of, titles

__all__ = ["MISTAKES", "Mistake", "mistaken", "mistakes_of", "titles"]
