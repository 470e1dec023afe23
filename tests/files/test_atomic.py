"""Whatever fails while writing, the old file is whole, no temporary file is left, and one sentence says why."""

import errno
import os
import stat
from pathlib import Path

import pytest

from explorer.engine.errors import ExplorerError
from explorer.files import check_writable, write_atomically
from explorer.files.reasons import REASONS, shown

FAILING = ["replace", "fsync"]


def refuse(monkeypatch: pytest.MonkeyPatch, name: str, error: BaseException) -> None:
    """Let a call of the system fail."""

    def failing(*_arguments: object, **_keywords: object) -> None:
        raise error

    monkeypatch.setattr(os, name, failing)


def sentence_of(path: Path, data: bytes = b"new") -> str:
    with pytest.raises(ExplorerError) as caught:
        write_atomically(path, data)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    usual = tmp_path / "usual"
    usual.touch()
    path = tmp_path / "new"
    assert write_atomically(path, b"bytes\r\n\0") == path
    assert path.read_bytes() == b"bytes\r\n\0"
    assert path.stat().st_mode == usual.stat().st_mode
    assert sorted(tmp_path.iterdir()) == [path, usual]


def test_a_replaced_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "old"
    path.write_bytes(b"old and longer")
    path.chmod(0o640)
    write_atomically(str(path), b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_stays_and_its_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    target, link = tmp_path / "there" / "target", tmp_path / "link"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_link_to_nothing_yet_makes_its_file(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "later")
    write_atomically(link, b"new")
    assert (tmp_path / "later").read_bytes() == b"new"


@pytest.mark.parametrize("call", FAILING)
@pytest.mark.parametrize("number", sorted(REASONS))
def test_a_failing_disk_leaves_the_old_file(
    call: str, number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "weights.npz"
    path.write_bytes(b"old")
    refuse(monkeypatch, call, OSError(number, os.strerror(number)))
    sentence = sentence_of(path)
    assert sentence.startswith(f"{path} is not written, ")
    assert "{" not in sentence
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == b"old"


def test_an_unknown_error_is_told_in_the_words_of_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch, "fsync", OSError(errno.EBUSY, "Device or resource busy"))
    assert "Device or resource busy: choose another name or folder" in sentence_of(tmp_path / "new")
    assert not list(tmp_path.iterdir())


def test_an_interrupt_passes_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch, "fsync", KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "new", b"bytes")
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_synchronised_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch, "open", OSError(errno.EINVAL, "Invalid argument"))
    write_atomically(tmp_path / "new", b"bytes")
    assert (tmp_path / "new").read_bytes() == b"bytes"


def test_the_bytes_are_on_the_disk_before_the_name_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    fsync, replace = os.fsync, os.replace

    def noted_fsync(file: int) -> None:
        calls.append("fsync")
        fsync(file)

    def noted_replace(source: Path, target: Path) -> None:
        calls.append("replace")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(os, "replace", noted_replace)
    write_atomically(tmp_path / "new", b"bytes")
    assert calls[:2] == ["fsync", "replace"]


def test_places_that_cannot_be_written_are_named(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old")
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    assert f"there is no folder {tmp_path / 'gone'}: create it" in sentence_of(tmp_path / "gone" / "new")
    assert f"{file} is not a folder" in sentence_of(file / "new")
    assert "is a folder: add the name of a file" in sentence_of(tmp_path)
    assert "its links lead in a circle" in sentence_of(loop)
    assert "the name is too long" in sentence_of(tmp_path / ("n" * 300))
    assert "characters that no file name can have" in sentence_of(tmp_path / "a\0b")
    assert "is a device and not a file" in sentence_of(Path(os.devnull))
    assert file.read_bytes() == b"old"


def test_a_folder_without_permission_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_arguments: object, **_keywords: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    assert f"permission is denied for it or its folder {tmp_path}" in sentence_of(tmp_path / "new")
    assert not list(tmp_path.iterdir())


def test_checking_a_place_touches_nothing(tmp_path: Path) -> None:
    path = tmp_path / "old"
    path.write_bytes(b"old")
    check_writable(path)
    check_writable(tmp_path / "new")
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize("name", ["gone/new", "old/new", "", "n" * 300, "a\0b"])
def test_what_cannot_be_written_is_refused_before_it_is(name: str, tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"old")
    with pytest.raises(ExplorerError) as early:
        check_writable(tmp_path / name)
    assert str(early.value).replace("cannot be written", "is not written") == sentence_of(tmp_path / name)


def test_a_folder_without_permission_is_refused_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_arguments: object, **_keywords: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(ExplorerError, match="cannot be written, permission is denied"):
        check_writable(tmp_path / "new")


def test_a_write_protected_file_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "precious"
    path.write_bytes(b"old")
    path.chmod(0o444)
    monkeypatch.setattr(os, "access", lambda *_arguments: False)
    assert f"{path} is write-protected" in sentence_of(path)
    assert path.read_bytes() == b"old"


def test_names_are_shown_on_one_line() -> None:
    assert shown("a\nb\tc\udc80é") == "a\\nb\\tc\\udc80é"
