"""Does `make update` bring what is the template's, leave what is the copy's, or else do nothing?"""

import filecmp
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.helpers.projects import ROOT, call, command_path, write_files

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PATHS = SETTINGS["tool"]["manager-readme"]["update"]
SITE, AUDIT = ".github/workflows/site.yml", ".github/workflows/audit.yml"
# A newer version of the template does without the one, and lists the other.
DROPPED, ADDED = "requirements.txt", "tool.cfg"
OLD = "# Changelog\n\n## First\n\nNothing to do.\n"
NEWS = "## Second\n\nRename `use_wen` in docs/modes.yml.\n"


def run(folder: Path, *command: str, **variables: str) -> subprocess.CompletedProcess:
    """Neither the user's settings nor a `make` or a repository around this one have a say."""
    kept = {key: text for key, text in os.environ.items() if not key.startswith(("GIT_", "MAKE"))}
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "no_proxy": "*"}
    names = [f"GIT_{who}_{what}" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")]
    return call(
        *command, cwd=folder, env={**kept, **settings, **dict.fromkeys(names, "a@b.c"), **variables}
    )


def git(folder: Path, *arguments: str) -> str:
    result = run(folder, "git", *arguments)
    assert result.returncode == 0, result.stderr
    return result.stdout


def commit(folder: Path, files: dict[str, str | None]) -> None:
    """Commit the files, each with its text or without a file."""
    write_files(folder, files)
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet", "--initial-branch=trunk")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=A version")


@pytest.fixture(scope="module")
def repositories(tmp_path_factory) -> Path:
    """A template with two versions, and a copy of the first with another history."""
    root = tmp_path_factory.mktemp("repositories")
    folders = [path for path in PATHS if (ROOT / path).is_dir()]
    files = [path for path in PATHS if path not in folders]
    files += [f"{folder}/{name}" for folder in folders for name in ("old.py", "gone.py")]
    first = dict.fromkeys([*files, "README.md", "docs/index.md", AUDIT], "first\n")
    # What makes the update work.
    real = ("Makefile", "pyproject.toml", "mkdocs.yml", "macros/update.py")
    first |= {name: (ROOT / name).read_text(encoding="utf-8") for name in real}
    commit(root / "a newer", {**first, "CHANGELOG.md": OLD})
    shutil.copytree(root / "a newer", root / "copy", ignore=shutil.ignore_patterns(".git"))
    commit(root / "copy", {"README.md": "own\n", "docs/colors.css": "own\n", AUDIT: None})
    write_files(root / "copy", {"docs/index.md": "own, at work\n"})
    changed = ["macros/old.py", "macros/new/a.py", "macros/new/b.py", "tests/old.py", ADDED]
    second = dict.fromkeys([*changed, "README.md", "docs/index.md", SITE, AUDIT], "second\n")
    second |= dict.fromkeys(["macros/gone.py", "tests/gone.py", DROPPED])
    listed = first["pyproject.toml"].replace("update = [", f'update = ["{ADDED}", ')
    second |= {"pyproject.toml": listed.replace(f'"{DROPPED}", ', "")}
    second |= {"CHANGELOG.md": OLD.replace("## First", f"{NEWS}\n## First")}
    commit(root / "a newer", second)
    git(root / "a newer", "tag", "of-the-template")
    return root


@pytest.fixture
def copy(repositories, tmp_path) -> Path:
    return shutil.copytree(repositories / "copy", tmp_path / "copy")


@pytest.fixture
def newer(repositories) -> Path:
    return repositories / "a newer"


def update(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess:
    return run(folder, "make", "update", f"PYTHON={sys.executable}", *arguments, **variables)


def updated(folder: Path, *arguments: str, **variables: str) -> str:
    """What a successful update says."""
    result = update(folder, *arguments, **variables)
    assert result.returncode == 0, result.stderr
    return result.stdout


def state(folder: Path) -> dict[str, bytes | str]:
    """Every file, and what git would commit of it."""
    files = (path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts)
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    if (folder / ".git").exists():
        found["git"] = git(folder, "status", "--porcelain") + git(folder, "diff", "HEAD")
    return found


def test_update_brings_the_template_leaves_the_rest_and_says_so(copy, newer):
    output = updated(copy, f"FROM={newer}")
    listed = [*{*PATHS, ADDED} - {DROPPED}]
    files = git(newer, "ls-files", "--", *listed).splitlines()
    assert len(files) >= len(listed)
    _, differ, lost = filecmp.cmpfiles(copy, newer, files, shallow=False)
    assert differ + lost == []
    assert git(copy, "ls-files", "--", *listed, DROPPED).splitlines() == files
    assert not (copy / DROPPED).exists() and not (copy / "macros/gone.py").exists()
    own = {"docs/index.md": "own, at work\n", "docs/colors.css": "own\n", "README.md": "own\n"}
    assert {name: (copy / name).read_text(encoding="utf-8") for name in own} == own
    assert not (copy / AUDIT).exists()
    assert git(copy, "log", "--format=%s") == "A version\n"
    assert git(copy, "tag") == ""
    changes = git(copy, "diff", "--staged", "--name-status", "--no-renames").splitlines()
    assert "D\tmacros/gone.py" in changes and "A\tmacros/new/a.py" in changes
    assert all(line in output for line in changes)
    assert "Rename `use_wen`" in output and "+## First" not in output
    run(copy, "sh", "-c", output.split("To go back, now or later: ")[1].split("\n")[0])
    assert git(copy, "status", "--porcelain") == " M docs/index.md\n"


COMMIT = "git init --quiet; git add --all; git commit --quiet --message=x"
# What is done to a copy, where the update is asked for, and what is said.
FAILS = {
    "changed": ("echo at work > macros/old.py", None, "macros/old.py"),
    "added": ("echo at work > macros/own.py", None, "macros/own.py"),
    "new": (f"echo at work > {ADDED}", None, ADDED),
    "ignored": (f"echo {ADDED} > .gitignore; {COMMIT}; echo at work > {ADDED}", None, ADDED),
    "in another": (f"rm -r .git; cd ..; {COMMIT}", None, "repository of its own"),
    "ZIP": ("rm -r .git", None, "git init; git add --all; git commit"),
    "not a template": (
        f"mkdir ../other; cd ../other; echo '[project]' > pyproject.toml; {COMMIT}",
        "../other",
        "no version of this template",
    ),
    "no answer": ("", "../nowhere", "make update FROM="),
}


@pytest.mark.parametrize(("prepare", "address", "reason"), FAILS.values(), ids=FAILS)
def test_an_update_that_fails_changes_nothing(copy, newer, prepare, address, reason):
    assert run(copy, "sh", "-ec", prepare).returncode == 0
    before = state(copy)
    result = update(copy, f"FROM={address or newer}")
    assert result.returncode != 0
    assert result.stderr.startswith("No update, and nothing has changed.")
    assert reason in result.stderr and "Traceback" not in result.stderr
    assert state(copy) == before


@pytest.mark.parametrize("end", ["exit 1", "kill -9 $PPID; exit"], ids=["failed", "killed"])
def test_an_update_that_broke_off_can_go_back(copy, newer, tmp_path, end):
    """Half of the files are written, all are staged: a second run tells the line for it."""
    before, real = state(copy), shutil.which("git")
    half = f"--worktree*) {real} restore --source=FETCH_HEAD --staged --worktree macros; {end};;"
    script = f'#!/bin/sh\ncase "$*" in *{half} esac\nexec {real} "$@"\n'
    path = command_path(tmp_path / "bin", "git", script)
    result = update(copy, f"FROM={newer}", PATH=path)
    assert result.returncode != 0 and "Traceback" not in result.stderr
    assert ("The update broke off" in result.stderr) == (end == "exit 1")
    assert (copy / "macros/new/a.py").exists() and not (copy / ADDED).exists()
    told = update(copy, f"FROM={newer}").stderr
    back = result.stdout.split("now or later: ")[1].split("\n")[0]
    assert f"in all of them: {back}\n" in told
    run(copy, "sh", "-c", back)
    assert state(copy) == before


def test_mkdocs_yml_names_the_template_where_github_does_not(copy, newer):
    text = (copy / "mkdocs.yml").read_text(encoding="utf-8")
    named = text.split("REPOSITORY_URL, ")[1].split('"')[1]
    commit(copy, {"mkdocs.yml": text.replace(named, str(newer))})
    assert f"Brought from {newer}" in updated(copy)


def test_nothing_of_a_copy_s_own_is_listed():
    assert [path for path in PATHS if not (ROOT / path).exists()] == []
    assert [path for path in PATHS if path.startswith("docs")] == ["docs/modes.schema.json"]
