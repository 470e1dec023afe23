"""A session on the command line: the commands that print take none, and say what opens it."""

from pathlib import Path

import pytest

from explorer.cli import main
from explorer.data import finished
from explorer.session import Session
from explorer.session.opening import open_named
from explorer.session.stored.session_file import saving_session


@pytest.mark.parametrize("command", [["trace"], ["check"], ["train", "--data"], ["train", "--preview", "--data"]])
def test_only_the_window_takes_a_session(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = finished(saving_session(Session(*open_named("net-s")).saved(), tmp_path / "mine.bpx"))
    assert main([*command, str(path)]) == 2
    told = capsys.readouterr().err
    assert told.startswith(f"backprop-explorer: {path} is a session and no ")
    assert told.count("\n") == 1


def test_a_session_that_is_damaged_or_not_there_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], look: object
) -> None:
    path = tmp_path / "mine.bpx"
    assert main([str(path)]) == 2
    assert "there is no such file" in capsys.readouterr().err
    path.write_bytes(b"PK\x03\x04")
    assert main([str(path)]) == 2
    told = capsys.readouterr().err
    assert told == f"backprop-explorer: {path}: it is damaged, or no session of this program: save or copy it again\n"
