"""How the commands speak: on a disk that is full, to a reader that goes away, in few letters, with a bar."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from explorer import commands
from explorer.cli import main


def test_many_updates_show_a_bar_and_can_be_stopped(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "BAR_AFTER", 0)
    assert main(["trace", "net-s", "--after", "3"]) == 0
    assert "3/3" in capsys.readouterr().err

    def stopped(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "updated", stopped)
    assert main(["trace", "net-s", "--after", "1000000000"]) == 130
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.endswith("\nbackprop-explorer: stopped\n")


def test_few_updates_show_no_bar(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trace", "net-s", "--after", "3"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("words", ["--help", "trace net-s", "shelf"])
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_behind_standard_output_is_one_line(words: str) -> None:
    done = run_with_output("/dev/full", words)
    assert done.returncode == 2
    assert done.stderr.startswith("backprop-explorer: standard output cannot be written (No space left on device)")
    assert done.stderr.count("\n") == 1


def test_a_reader_that_goes_away_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = run_with_output(writing, "trace homework-10-5-10 --format json")
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


def run_with_output(place: str | int, words: str) -> subprocess.CompletedProcess[str]:
    """Run the program with that standard output."""
    buffered = {key: value for key, value in os.environ.items() if key != "PYTHONUNBUFFERED"}
    with open(place, "w", closefd=isinstance(place, str)) as out:
        command = [sys.executable, "-m", "explorer", *words.split()]
        return subprocess.run(
            command, stdout=out, stderr=subprocess.PIPE, text=True, check=False, timeout=60, env=buffered
        )


def test_an_encoding_that_lacks_a_letter_gets_its_escape() -> None:
    ascii_only = {**os.environ, "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "explorer", "trace", "mazur"]
    done = subprocess.run(command, capture_output=True, check=False, timeout=60, env=ascii_only)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\\u" in done.stdout
