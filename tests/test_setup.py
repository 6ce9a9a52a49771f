"""Does `make` mend a .venv in whatever state it is, or say in one line what a person has to do?"""

import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.projects import ROOT, call, command_path, write_files

LOCKS = ("requirements.txt", "tests/requirements-check.txt", "tests/requirements.txt")
MAKE = [shutil.which("make"), ".venv/site"]
WHEEL = {
    "tiny.py": "",
    "tiny-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: tiny\nVersion: 1\n",
    "tiny-1.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    "tiny-1.dist-info/RECORD": "",
}
# What Debian's venv says; and a Python that is older than any that we need.
DEBIAN = "raise SystemExit('because ensurepip is not\\navailable. apt install python3-venv')"
OLD = """#!/bin/sh
exec {} -c "import sys; sys.version_info = (3, 9, 2); sys.argv = sys.argv[1:]
exec(compile(open(sys.argv[0]).read(), sys.argv[0], 'exec'))" "$@"
"""


def variables_of(folder: Path, **more: str) -> dict[str, str]:
    stubs = str(folder.parent / "stubs")
    # A make that runs this test has no say in what the one that is tested prints.
    kept = {key: text for key, text in os.environ.items() if not key.startswith("MAKE")}
    return {**kept, "PYTHON": sys.executable, "PYTHONPATH": stubs, **more}


def set_up(folder: Path, **variables: str) -> str:
    """Set up the project and see that it is; gives what was said."""
    result = call(*MAKE, cwd=folder, env=variables_of(folder, **variables))
    assert result.returncode == 0, result.stderr
    assert call(folder / ".venv/bin/python", "-c", "import tiny, pip").returncode == 0
    assert not (folder / ".venv.part").exists()
    return result.stdout + result.stderr


def refused(folder: Path, **variables: str) -> str:
    """What is said where a person has to do something: one line, and make's own."""
    result = call(*MAKE, cwd=folder, env=variables_of(folder, **variables))
    *progress, line, _ = (result.stdout + result.stderr).splitlines()
    assert all(text.endswith(" …") for text in progress), progress
    assert result.returncode != 0
    return line


def _project(folder: Path) -> None:
    folder.mkdir()
    with zipfile.ZipFile(folder / "tiny-1-py3-none-any.whl", "w") as wheel:
        for name, text in WHEEL.items():
            wheel.writestr(name, text)
    digest = hashlib.sha256((folder / "tiny-1-py3-none-any.whl").read_bytes()).hexdigest()
    lock = f"--no-index\n--find-links .\ntiny==1 --hash=sha256:{digest}\n"
    write_files(folder, dict.fromkeys(LOCKS, lock))
    for name in ("Makefile", "tests/setup.py"):
        shutil.copy(ROOT / name, folder / name)
    assert "Setting up .venv, about a minute …" in set_up(folder).splitlines()[0]
    # The scripts name the folder that they are in, which was made aside.
    assert call(folder / ".venv/bin/pip", "--version").returncode == 0


@pytest.fixture
def project(once, tmp_path) -> Path:
    """A copy of one that is set up, in which `python -m venv` copies, too, to save seconds."""
    ready = once("a project", _project)
    copies = f"""import shutil, sys
ignored = shutil.ignore_patterns("tiny*", "site")
shutil.copytree({str(ready / ".venv")!r}, sys.argv[1], symlinks=True, ignore=ignored)"""
    write_files(tmp_path / "stubs", {"venv/__init__.py": "", "venv/__main__.py": copies})
    return Path(shutil.copytree(ready, tmp_path / "a project", symlinks=True))


@pytest.fixture
def bare(project) -> Path:
    shutil.rmtree(project / ".venv")
    return project


def test_what_is_set_up_is_left_alone_without_a_word(project):
    before = (project / ".venv/site").stat().st_mtime_ns
    assert set_up(project) == ""
    assert (project / ".venv/site").stat().st_mtime_ns == before


def relink(path: Path, target: str) -> None:
    path.unlink()
    path.symlink_to(target)


def replaced(folder: Path, by) -> None:
    shutil.rmtree(folder / ".venv")
    by(folder / ".venv")


def packages(folder: Path) -> Path:
    (found,) = folder.glob(".venv/lib/*/site-packages")
    return found


BROKEN = {
    "without pip": lambda folder: shutil.rmtree(packages(folder) / "pip"),
    "Python gone": lambda folder: relink(folder / ".venv/bin/python", "/nowhere/python3"),
    "another Python": lambda folder: packages(folder).parent.rename(folder / ".venv/lib/python3.0"),
    "a file": lambda folder: replaced(folder, Path.touch),
    "a link to nowhere": lambda folder: replaced(folder, lambda path: path.symlink_to("nowhere")),
    "an empty folder": lambda folder: replaced(folder, Path.mkdir),
    "stopped while made": lambda folder: shutil.move(folder / ".venv", folder / ".venv.part"),
    "empty stamp": lambda folder: (folder / ".venv/site").write_text(""),
    "another lock": lambda folder: (folder / LOCKS[0]).open("a").write("# newer\n"),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_broken_set_up_is_mended_by_the_same_command(project, broken):
    """A package that is gone comes back too, since it is installed anew."""
    (packages(project) / "tiny.py").unlink()
    shutil.rmtree(packages(project) / "tiny-1.dist-info")
    broken(project)
    assert "…" in set_up(project)
    assert set_up(project) == ""


def test_a_set_up_that_is_killed_while_pip_installs_is_made_anew(project, tmp_path):
    started = tmp_path / "started"
    waits = f"import time; open({str(started)!r}, 'x').close(); time.sleep(60)"
    (project / ".venv/site").unlink()
    write_files(packages(project), {"pip/__main__.py": waits})
    options = {"cwd": project, "env": variables_of(project), "start_new_session": True}
    with subprocess.Popen(MAKE, **options) as process:
        while not started.exists():
            assert process.poll() is None
        os.killpg(process.pid, signal.SIGKILL)
    assert "Setting up .venv" in set_up(project)


def test_two_at_once_wait_for_each_other(bare):
    options = {"cwd": bare, "env": variables_of(bare), "stderr": subprocess.PIPE, "text": True}
    both = [subprocess.Popen(MAKE, **options) for _ in range(2)]
    said = sorted(process.communicate()[1].splitlines()[0] for process in both)
    assert [process.returncode for process in both] == [0, 0]
    assert said[0].startswith("Setting up .venv")
    assert said[1] == "Waiting for another make, which sets up .venv …"


@pytest.mark.parametrize(
    ("file", "text", "cure"),
    [
        ("../stubs/venv/__main__.py", DEBIAN, "ensurepip; on Debian: sudo apt install python3."),
        (LOCKS[0], "--no-index\ntiny==1 --hash=sha256:0\n", "no answer from the package index"),
    ],
    ids=["no ensurepip", "no index"],
)
def test_what_a_person_has_to_do_is_one_line_and_then_it_heals(bare, file, text, cure):
    before = (bare / file).read_text(encoding="utf-8")
    write_files(bare, {file: text})
    assert cure in refused(bare)
    write_files(bare, {file: before})
    set_up(bare)


def test_a_python_that_is_too_old_or_not_there_is_told(project, tmp_path):
    assert "There is no python3.0: install" in refused(project, PYTHON="python3.0")
    command_path(tmp_path, "python3.9", OLD.format(sys.executable))
    old = {"PYTHON": str(tmp_path / "python3.9")}
    assert set_up(project, **old) == "", "there is a .venv"
    shutil.rmtree(project / ".venv")
    line = refused(project, **old)
    assert "Python 3.9.2 is too old" in line and "PYTHON=python3.12" in line


def test_a_taken_port_is_told_in_one_line(project):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = call("make", "serve", f"PORT={port}", cwd=project, env=variables_of(project))
    assert result.stderr.splitlines()[0].startswith(f"Port {port} is taken, perhaps by a preview")
