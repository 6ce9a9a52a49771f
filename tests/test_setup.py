"""Does `make` mend a .venv in whatever state it is, or say in one line what a person has to do?"""

import hashlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.helpers.projects import ROOT, call, command_path, write_files

LOCKS = ("requirements.txt", "tests/requirements-check.txt", "tests/requirements.txt")
MAKE = [shutil.which("make"), ".venv/site"]
WHEEL = {
    "tiny.py": "",
    "tiny-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: tiny\nVersion: 1\n",
    "tiny-1.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    "tiny-1.dist-info/RECORD": "",
}
# `python -m venv` copies the one that runs this, with nothing but pip, which saves seconds.
COPIES = f"""import pathlib, shutil, sys
def others(folder, names):
    kept = {{".venv": ("bin", "lib", "pyvenv"), "bin": ("python", "pip"), "site-packages": "pip"}}
    kept = kept.get(pathlib.Path(folder).name, "")
    return [name for name in names if not name.startswith(kept)]
target = pathlib.Path(sys.argv[1]).resolve()
shutil.copytree({sys.prefix!r}, target, symlinks=True, ignore=others)
script = f'#!/bin/sh\\nexec "{{target}}/bin/python" -m pip "$@"'
(target / "bin/pip").write_text(script)
"""
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
    write_files(folder.parent / "stubs", {"venv/__init__.py": "", "venv/__main__.py": COPIES})
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
    """A copy of one that is set up."""
    ready = once("a project", _project)
    shutil.copytree(ready.parent / "stubs", tmp_path / "stubs")
    return Path(shutil.copytree(ready, tmp_path / "a project", symlinks=True))


def packages(folder: Path) -> Path:
    (found,) = folder.glob(".venv/lib/*/site-packages")
    return found


def test_a_broken_set_up_is_mended_by_the_same_command(project):
    """What is whole is left alone without a word."""
    assert set_up(project) == ""
    (project / ".venv/bin/python").unlink()
    (project / ".venv/bin/python").symlink_to("/nowhere/python3")
    assert "Setting up .venv" in set_up(project)
    assert set_up(project) == ""


def test_two_at_once_wait_for_each_other_and_one_that_was_killed_is_made_anew(project, tmp_path):
    """The first is killed while pip installs."""
    started = tmp_path / "started"
    waits = f"import time; open({str(started)!r}, 'x').close(); time.sleep(60)"
    (project / ".venv/site").unlink()
    write_files(packages(project), {"pip/__main__.py": waits})
    options = {"cwd": project, "env": variables_of(project), "stderr": subprocess.PIPE}
    with subprocess.Popen(MAKE, **options, start_new_session=True) as killed:
        while not started.exists():
            assert killed.poll() is None
        with subprocess.Popen(MAKE, **options, text=True) as second:
            said = second.stderr.readline()
            os.killpg(killed.pid, signal.SIGKILL)
            said += second.communicate()[1]
    assert said.startswith("Waiting for another make, which sets up .venv …\nSetting up .venv")
    assert set_up(project) == ""


def test_a_new_lock_is_installed_once_the_index_answers(project):
    lock = (project / LOCKS[0]).read_text(encoding="utf-8")
    write_files(project, {LOCKS[0]: "--no-index\ntiny==2 --hash=sha256:0\n"})
    assert "no answer from the package index" in refused(project)
    write_files(project, {LOCKS[0]: f"{lock}# newer\n"})
    assert "Installing" in set_up(project)


def test_what_a_person_has_to_do_is_one_line(project, tmp_path):
    """Where Python, its venv or a port cannot be had."""
    command_path(tmp_path, "python3.9", OLD.format(sys.executable))
    old = {"PYTHON": str(tmp_path / "python3.9")}
    assert set_up(project, **old) == "", "there is a .venv"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        command = "make", "serve", f"PORT={taken.getsockname()[1]}"
        said = call(*command, cwd=project, env=variables_of(project)).stderr
    assert re.match(r"Port \d+ is taken, perhaps by a preview", said)
    shutil.rmtree(project / ".venv")
    assert re.search(r"Python 3\.9\.2 is too old.* PYTHON=python3\.12", refused(project, **old))
    assert "There is no python3.0: install" in refused(project, PYTHON="python3.0")
    write_files(tmp_path / "stubs", {"venv/__main__.py": DEBIAN})
    assert "ensurepip; on Debian: sudo apt install python3." in refused(project)
