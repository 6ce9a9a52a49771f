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


def _project(folder: Path) -> None:
    folder.mkdir()
    with zipfile.ZipFile(folder / "tiny-1-py3-none-any.whl", "w") as wheel:
        wheel.writestr("tiny.py", "")
        about = {"METADATA": "Metadata-Version: 2.1\nName: tiny\nVersion: 1\n", "RECORD": ""}
        about["WHEEL"] = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        for name, text in about.items():
            wheel.writestr(f"tiny-1.dist-info/{name}", text)
    digest = hashlib.sha256((folder / "tiny-1-py3-none-any.whl").read_bytes()).hexdigest()
    lock = f"--no-index\n--find-links .\ntiny==1 --hash=sha256:{digest}\n"
    write_files(folder, dict.fromkeys(LOCKS, lock))
    for name in ("Makefile", "tests/setup.py"):
        shutil.copy(ROOT / name, folder / name)
    assert "Setting up .venv, about a minute …" in set_up(folder).splitlines()[0]
    # The scripts name the folder that they are in, which was made aside.
    assert call(folder / ".venv/bin/pip", "--version").returncode == 0


@pytest.fixture(scope="session")
def ready(once) -> Path:
    """A project that needs one package, which lies beside it; its .venv is set up."""
    return once("a project", _project)


@pytest.fixture
def project(ready, tmp_path) -> Path:
    """A copy, in which `python -m venv` copies, too, instead of taking seconds."""
    copies = f"""import shutil, sys
ignored = shutil.ignore_patterns("tiny*", "site")
shutil.copytree({str(ready / ".venv")!r}, sys.argv[1], symlinks=True, ignore=ignored)"""
    stub_venv(tmp_path, copies)
    return Path(shutil.copytree(ready, tmp_path / "a project", symlinks=True))


def stub_venv(tmp_path: Path, script: str) -> None:
    write_files(tmp_path / "stubs", {"venv/__main__.py": script, "venv/__init__.py": ""})


def variables_of(folder: Path, **more: str) -> dict[str, str]:
    stubs = str(folder.parent / "stubs")
    return {**os.environ, "PYTHON": sys.executable, "PYTHONPATH": stubs, **more}


def make(folder: Path, **variables: str) -> subprocess.CompletedProcess:
    return call(*MAKE, cwd=folder, env=variables_of(folder, **variables))


def set_up(folder: Path, **variables: str) -> str:
    """Set up the project and see that it is; gives what was said."""
    result = make(folder, **variables)
    assert result.returncode == 0, result.stderr
    python = folder / ".venv/bin/python"
    assert call(python, "-c", "import tiny, pip", cwd=folder).returncode == 0
    assert not (folder / ".venv.part").exists()
    return result.stdout + result.stderr


def refused(folder: Path, **variables: str) -> str:
    """What is said where a person has to do something: one line, and make's own."""
    result = make(folder, **variables)
    assert result.returncode != 0
    *progress, line, _ = result.stderr.splitlines()
    assert [text for text in progress if not text.endswith(" …")] == []
    return line


def test_what_is_set_up_is_left_alone_without_a_word(project):
    python = project / ".venv/bin/python"
    python.touch()
    before = (project / ".venv/site").stat().st_mtime_ns
    assert set_up(project) == ""
    assert (project / ".venv/site").stat().st_mtime_ns == before


def link(path: Path, target: str) -> None:
    path.unlink()
    path.symlink_to(target)


def replaced(folder: Path, by) -> None:
    shutil.rmtree(folder / ".venv")
    by(folder / ".venv")


BROKEN = {
    "without pip": lambda folder: [
        shutil.rmtree(path) for path in folder.glob(".venv/lib/*/site-packages/pip")
    ],
    "Python gone": lambda folder: link(folder / ".venv/bin/python", "/nowhere/python3"),
    "Python of another version": lambda folder: [
        path.rename(path.parent / "python3.0") for path in folder.glob(".venv/lib/python*")
    ],
    "a file": lambda folder: replaced(folder, Path.touch),
    "a link to nowhere": lambda folder: replaced(folder, lambda path: path.symlink_to("nowhere")),
    "an empty folder": lambda folder: replaced(folder, Path.mkdir),
    "stopped while installing": lambda folder: (folder / ".venv/unfinished").touch(),
    "stopped while made": lambda folder: shutil.move(folder / ".venv", folder / ".venv.part"),
    "empty stamp": lambda folder: (folder / ".venv/site").write_text(""),
    "another lock": lambda folder: (folder / LOCKS[0]).open("a").write("# newer\n"),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_broken_set_up_is_mended_by_the_same_command(project, broken):
    """A package that is gone comes back too, since it is installed anew."""
    for path in project.glob(".venv/lib/*/site-packages/tiny*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    broken(project)
    assert "…" in set_up(project)
    assert set_up(project) == ""


@pytest.mark.parametrize("moment", ["venv", "pip"])
def test_a_killed_set_up_is_mended_by_the_same_command(project, tmp_path, moment):
    """Everything that was started is killed while the venv is made, or while pip installs."""
    started = tmp_path / "started"
    waits = f"import time; open({str(started)!r}, 'x').close(); time.sleep(60)"
    if moment == "venv":
        shutil.rmtree(project / ".venv")
        copies = (tmp_path / "stubs/venv/__main__.py").read_text(encoding="utf-8")
        stub_venv(tmp_path, f"{copies}\n{waits}")
    else:
        (project / ".venv/site").unlink()
        (pip,) = project.glob(".venv/lib/*/site-packages/pip")
        write_files(pip, {"__main__.py": waits})
    with subprocess.Popen(
        MAKE, cwd=project, env=variables_of(project), start_new_session=True
    ) as process:
        while not started.exists():
            assert process.poll() is None
        os.killpg(process.pid, signal.SIGKILL)
    if moment == "venv":
        stub_venv(tmp_path, copies)
    set_up(project)


def test_two_at_once_wait_for_each_other(project):
    shutil.rmtree(project / ".venv")
    options = {"cwd": project, "env": variables_of(project), "stderr": subprocess.PIPE}
    both = [subprocess.Popen(MAKE, text=True, **options) for _ in range(2)]
    said = sorted(process.communicate()[1].splitlines()[0] for process in both)
    assert [process.returncode for process in both] == [0, 0]
    assert said[0].startswith("Setting up .venv")
    assert said[1] == "Waiting for another make, which sets up .venv …"
    assert set_up(project) == ""


# What Debian's venv says; and a system's Python that is older than any that we need.
DEBIAN = "raise SystemExit('because ensurepip is not\\navailable. apt install python3-venv')"
OLD = """#!/bin/sh
exec {0} -c "import sys; sys.version_info = (3, 9, 2); sys.argv = sys.argv[1:]
exec(compile(open(sys.argv[0]).read(), sys.argv[0], 'exec'))" "$@"
"""


def test_a_python_without_ensurepip_is_told_what_to_type_and_heals(project, tmp_path):
    shutil.rmtree(project / ".venv")
    copies = (tmp_path / "stubs/venv/__main__.py").read_text(encoding="utf-8")
    stub_venv(tmp_path, DEBIAN)
    version = "{}.{}".format(*sys.version_info)
    assert f"on Debian: sudo apt install python{version}-venv. Then run" in refused(project)
    stub_venv(tmp_path, copies)
    set_up(project)


def test_a_python_that_is_too_old_or_not_there_is_told(project, tmp_path):
    assert "There is no python3.0: install" in make(project, PYTHON="python3.0").stdout
    command_path(tmp_path, "python3.9", OLD.format(sys.executable))
    assert make(project, PYTHON=str(tmp_path / "python3.9")).returncode == 0, "it has a .venv"
    shutil.rmtree(project / ".venv")
    line = refused(project, PYTHON=str(tmp_path / "python3.9"))
    assert "Python 3.9.2 is too old" in line and "PYTHON=python3.12" in line


def test_an_index_that_does_not_answer_is_told_and_heals(project):
    shutil.rmtree(project / ".venv")
    lock = (project / LOCKS[0]).read_text(encoding="utf-8")
    write_files(project, {LOCKS[0]: lock.replace("--find-links .", "--find-links nowhere")})
    assert "no answer from the package index" in refused(project)
    write_files(project, {LOCKS[0]: lock})
    set_up(project)


def test_a_taken_port_is_told_in_one_line(project):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = call("make", "serve", f"PORT={port}", cwd=project, env=variables_of(project))
    assert f"Port {port} is taken, perhaps by another preview: make serve PORT=" in result.stderr
