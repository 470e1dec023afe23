"""Large arrays with a few other numbers: copies that share all memory but the pages in which they differ. No Qt.

Nobody writes an array of a state, and a table of millions of samples is not copied for one number of it either. The
system can do both: of a file in memory it maps as many private copies as are wanted, and copies a page of one when that
page is first written.
"""

import mmap
import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, suppress
from importlib import import_module
from typing import IO, Any
from weakref import finalize, ref

import numpy as np
from numpy.typing import NDArray

from explorer.tape.entries import Index

Array = NDArray[Any]
LARGE = 2**20
"""Bytes from which an array is mapped; to copy a smaller one takes less than a tenth of a millisecond."""


class Base:
    """What private copies are made of: a file without a name that holds an array.

    Parameters
    ----------
    array
        Its numbers are written into the file, in memory where the system can.
    """

    def __init__(self, array: Array) -> None:
        stack = ExitStack()
        finalize(self, stack.close)
        self.file = nameless_file(stack)
        self.file.write(array.data.cast("B"))
        self.file.flush()
        self._array = ref(array)

    @property
    def key(self) -> int:
        """The identity of the array as long as it lives, so that both together count as one."""
        array = self._array()
        return id(self if array is None else array)


def nameless_file(stack: ExitStack) -> IO[bytes]:
    """Return a new file, in memory where the system can, which the stack closes."""
    if hasattr(os, "memfd_create"):
        return stack.enter_context(os.fdopen(os.memfd_create("samples"), "w+b"))
    file: IO[bytes] = import_module("tempfile").TemporaryFile()  # what few systems need does not make the start wait
    return stack.enter_context(file)


class Mapped(mmap.mmap):
    """A private copy of an array, whose pages are shared until they are written.

    Attributes
    ----------
    base
        What it is a copy of.
    entries
        Where it differs, and its numbers there.
    """

    base: Base
    entries: dict[Index, float]


def with_entries(array: Array, entries: Mapping[Index, float]) -> Array:
    """Return a copy with other numbers in some entries, read-only; after the first, a large one takes a few pages."""
    copy = mapped(array, entries) if array.nbytes >= LARGE and array.flags.c_contiguous else None
    if copy is None:
        copy = array.copy()
        fill(copy, entries)
    copy.flags.writeable = False
    return copy


def mapped(array: Array, entries: Mapping[Index, float]) -> Array | None:
    """Return the copy as pages; None where the system has no room for a first one of them."""
    old = mapping_of(array)
    with suppress(OSError, ValueError):
        base = Base(array) if old is None else old.base
        made = Mapped(base.file.fileno(), array.nbytes, access=mmap.ACCESS_COPY)
        made.base, made.entries = base, {**({} if old is None else old.entries), **entries}
        copy: Array = np.frombuffer(made, array.dtype).reshape(array.shape)
        fill(copy, made.entries)
        return copy
    return None


def fill(array: Array, entries: Mapping[Index, float]) -> None:
    """Write numbers into entries of an array that nobody has seen yet."""
    for where, value in entries.items():
        array[where] = value


def mapping_of(array: Array) -> Mapped | None:
    """Return the pages that a whole array is made of; None where it has memory of its own."""
    owner: object = array
    while isinstance(owner, np.ndarray):
        owner = owner.base
    owner = owner.obj if isinstance(owner, memoryview) else owner
    return owner if isinstance(owner, Mapped) and len(owner) == array.nbytes else None


def sizes(array: Array) -> Iterator[tuple[int, int]]:
    """Give the identity and the bytes of each thing that an array takes memory with: copies share most of theirs."""
    pages = mapping_of(array)
    if pages is None:
        yield id(array), array.nbytes
    else:
        yield pages.base.key, array.nbytes
        yield id(pages), min(len(pages.entries) * mmap.PAGESIZE, array.nbytes)
