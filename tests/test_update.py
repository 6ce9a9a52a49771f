"""Does `make update` bring what is the template's, leave what is the copy's, or else do nothing?"""

import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
import tomllib
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from conftest import ROOT, built, read_pages

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PATHS = SETTINGS["tool"]["manager-readme"]["update"]
# A newer version does without it.
DROPPED = "requirements.txt"
OLD = "# Changelog\n\n## First\n\nNothing to do.\n"
NEWS = "## Second\n\nRename `use_wen` in docs/modes.yml.\n"


def git(folder: Path, *arguments: str) -> str:
    # Neither the user's settings nor a repository around this one have a say.
    result = subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments],
        cwd=folder,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return result.stdout


def environment(**more: str) -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "MAKE"))
    }
    return {**kept, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, **more}


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "A version")


def write(folder: Path, **texts: str | None) -> None:
    """Files by their path, each with its text or without a file."""
    for name, text in texts.items():
        path = folder / name
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def repositories(tmp_path_factory) -> Path:
    """A template, a copy of it, and the template with a version more: `copy` and `newer`."""
    root = tmp_path_factory.mktemp("repositories")
    make_template(root / "newer")
    make_copy(root / "copy", root / "newer")
    add_version(root / "newer")
    return root


def make_template(folder: Path) -> None:
    """What makes the update work, and little else."""
    for path in [*PATHS, "README.md", "docs/index.md", ".github/workflows/audit.yml"]:
        files = [path] if (ROOT / path).is_file() else [f"{path}/old.py", f"{path}/gone.py"]
        write(folder, **{file: "first\n" for file in files})
    write(folder, **{"CHANGELOG.md": OLD})
    for path in ("Makefile", "pyproject.toml", "mkdocs.yml", "macros/update.py", ".gitignore"):
        shutil.copy(ROOT / path, folder / path)
    git(folder, "init", "--quiet", "--initial-branch=trunk")
    commit(folder)


def make_copy(folder: Path, template: Path) -> None:
    """As GitHub makes it, the same files with another history; and its owner has been at work."""
    shutil.copytree(template, folder, ignore=shutil.ignore_patterns(".git"))
    own = {"docs/index.md": "Own\n", "docs/colors.css": "/* own */\n", "README.md": "Own\n"}
    write(folder, **own, **{".github/workflows/audit.yml": None})
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder)
    write(folder, **{"docs/index.md": "Own words, at work\n"})


def add_version(folder: Path) -> None:
    listed = (folder / "pyproject.toml").read_text(encoding="utf-8")
    listed = listed.replace("update = [", 'update = ["tool.cfg", ').replace(f'"{DROPPED}", ', "")
    changed = [
        "macros/old.py",
        "macros/new/a.py",
        "macros/new/new.py",
        "tests/old.py",
        "docs/index.md",
        "tool.cfg",
    ]
    changed += ["README.md", ".github/workflows/site.yml", ".github/workflows/audit.yml"]
    write(folder, **{path: "second\n" for path in changed})
    write(
        folder,
        **{"macros/gone.py": None, "tests/gone.py": None, DROPPED: None, "pyproject.toml": listed},
    )
    write(folder, **{"CHANGELOG.md": OLD.replace("## First", f"{NEWS}\n## First")})
    commit(folder)
    git(folder, "tag", "of-the-template")


@pytest.fixture
def copy(repositories, tmp_path) -> Path:
    return shutil.copytree(repositories / "copy", tmp_path / "copy")


@pytest.fixture
def newer(repositories) -> Path:
    return repositories / "newer"


def update(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        ["make", "update", f"PYTHON={sys.executable}", *arguments],
        cwd=folder,
        env=environment(**variables),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )


def state(folder: Path) -> dict[str, bytes]:
    """Every file, and what git would commit of it."""
    files = (
        path
        for path in folder.rglob("*")
        if path.is_file() and ".git" not in path.relative_to(folder).parts
    )
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    return {
        **found,
        "git": (
            git(folder, "status", "--porcelain", "--ignored") + git(folder, "diff", "HEAD")
        ).encode(),
    }


def assert_untouched(
    folder: Path, before: dict[str, bytes], result: subprocess.CompletedProcess, *reasons: str
) -> None:
    assert result.returncode != 0
    assert "No update, and nothing has changed." in result.stderr
    assert all(reason in result.stderr for reason in reasons), result.stderr
    assert "Traceback" not in result.stderr
    assert state(folder) == before


def test_update_brings_the_template_and_leaves_the_rest(copy, newer):
    result = update(copy, f"FROM={newer}")
    assert result.returncode == 0, result.stderr
    for path in {*PATHS} - {DROPPED}:
        names = [
            file.relative_to(newer)
            for file in [newer / path, *(newer / path).rglob("*")]
            if file.is_file()
        ]
        assert names
        assert [
            name for name in names if (copy / name).read_bytes() != (newer / name).read_bytes()
        ] == []
    assert (copy / "tool.cfg").read_text(encoding="utf-8") == "second\n", (
        "the new version lists one more"
    )
    assert not list(copy.rglob("gone.py")) and not (copy / DROPPED).exists()
    assert (copy / "docs/index.md").read_text(encoding="utf-8") == "Own words, at work\n"
    assert (copy / "docs/colors.css").is_file()
    assert (copy / "README.md").read_text(encoding="utf-8") == "Own\n"
    assert not (copy / ".github/workflows/audit.yml").exists()
    assert git(copy, "log", "--format=%s").splitlines() == ["A version"]
    assert git(copy, "tag") == ""


def test_update_says_what_changed_and_what_to_do(copy, newer):
    output = update(copy, f"FROM={newer}").stdout
    changes = git(copy, "diff", "--staged", "--name-status", "--no-renames").splitlines()
    assert "D\tmacros/gone.py" in changes and "A\tmacros/new/new.py" in changes
    assert all(line in output for line in changes)
    assert NEWS in output and "## First" not in output
    assert "make check" in output
    back = output.split("To go back instead: ")[1].strip()
    subprocess.run(back, shell=True, cwd=copy, env=environment(), check=True)
    assert git(copy, "status", "--porcelain") == " M docs/index.md\n"


def test_what_the_copy_was_told_is_not_told_again(copy, newer):
    write(copy, **{"CHANGELOG.md": (newer / "CHANGELOG.md").read_text(encoding="utf-8")})
    commit(copy)
    output = update(copy, f"FROM={newer}").stdout
    assert "Nothing to change in docs/." in output and "## " not in output


def test_second_update_has_nothing_to_do(copy, newer):
    update(copy, f"FROM={newer}")
    commit(copy)
    before = state(copy)
    result = update(copy, f"FROM={newer}")
    assert result.returncode == 0 and "Nothing to do" in result.stdout
    assert state(copy) == before


def test_deleted_site_workflow_stays_away(copy, newer):
    write(copy, **{".github/workflows/site.yml": None})
    commit(copy)
    assert update(copy, f"FROM={newer}").returncode == 0
    assert not (copy / ".github/workflows/site.yml").exists()


@pytest.mark.parametrize(
    "file", ["macros/old.py", "macros/own.py", "tool.cfg"], ids=["changed", "added", "new there"]
)
def test_work_in_the_template_s_files_is_not_lost(copy, newer, file):
    write(copy, **{file: "at work\n"})
    assert_untouched(copy, state(copy), update(copy, f"FROM={newer}"), file, "Commit")


def test_an_address_that_does_not_answer_changes_nothing(copy, tmp_path):
    nowhere = str(tmp_path / "nowhere")
    assert_untouched(
        copy, state(copy), update(copy, f"FROM={nowhere}"), nowhere, "make update FROM="
    )


def test_a_repository_that_is_not_the_template_changes_nothing(copy, tmp_path):
    other = tmp_path / "other"
    write(other, **{"pyproject.toml": "[project]\nname = 'other'\n", "macros/old.py": "other\n"})
    git(other, "init", "--quiet")
    commit(other)
    assert_untouched(
        copy, state(copy), update(copy, f"FROM={other}"), "not a version of this template"
    )


def test_a_failure_midway_is_taken_back(copy, newer):
    # Git writes the files one by one, and this one, which is new, cannot be written.
    git(copy, "config", "filter.broken.smudge", "false")
    git(copy, "config", "filter.broken.required", "true")
    (copy / ".git/info/attributes").write_text(
        "macros/new/new.py filter=broken\n", encoding="utf-8"
    )
    before = state(copy)
    assert_untouched(copy, before, update(copy, f"FROM={newer}"), "macros/new/new.py")


def test_a_way_back_that_fails_is_not_called_one(copy, newer):
    (copy / ".git/index.lock").touch()
    result = update(copy, f"FROM={newer}")
    assert result.returncode != 0
    assert "index.lock" in result.stderr and "git restore --source=HEAD" in result.stderr
    assert "nothing has changed" not in result.stderr and "Traceback" not in result.stderr


def test_a_folder_in_another_repository_is_refused(copy, newer, tmp_path):
    outer = tmp_path / "outer"
    shutil.copytree(copy, outer / "inner", ignore=shutil.ignore_patterns(".git"))
    git(outer, "init", "--quiet")
    commit(outer)
    assert_untouched(
        outer / "inner",
        state(outer / "inner"),
        update(outer / "inner", f"FROM={newer}"),
        "repository of its own",
    )


def gh(folder: Path, answer: str) -> str:
    """A PATH on which GitHub's command gives this answer, or fails without one."""
    command = folder / "bin/gh"
    command.parent.mkdir()
    command.write_text(
        f"#!{sys.executable}\nimport sys\nsys.exit({answer!r} and print({answer!r}))\n"
        if answer
        else "#!/bin/sh\nexit 4\n",
        encoding="utf-8",
    )
    command.chmod(0o755)
    return f"{command.parent}{os.pathsep}{os.environ['PATH']}"


@pytest.mark.parametrize("origin", ["template_repository", "source"])
def test_github_tells_where_the_copy_was_made_from(copy, newer, tmp_path, origin):
    path = gh(tmp_path, json.dumps({"template_repository": None, origin: {"html_url": str(newer)}}))
    result = update(copy, PATH=path)
    assert result.returncode == 0, result.stderr
    assert f"Brought from {newer}" in result.stdout


@pytest.mark.parametrize(
    "remote", ["https://github.com/ann/1-on-1.git", "git@github.com:ann/1-on-1.git"]
)
def test_github_tells_it_without_its_command_too(copy, newer, tmp_path, remote):
    asked = []

    class Api(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps({"template_repository": {"html_url": str(newer)}}).encode())

        def log_message(self, *_):
            pass

    git(copy, "remote", "add", "origin", remote)
    with http.server.HTTPServer(("127.0.0.1", 0), Api) as server:
        threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        result = update(
            copy,
            PATH=gh(tmp_path, ""),
            GITHUB_API_URL=f"http://127.0.0.1:{server.server_port}",
            no_proxy="127.0.0.1",
        )
        server.shutdown()
    assert result.returncode == 0, result.stderr
    assert asked == ["/repos/ann/1-on-1"]


def test_mkdocs_yml_names_the_template_where_github_does_not(copy, newer, tmp_path):
    text = (copy / "mkdocs.yml").read_text(encoding="utf-8")
    named = text.split("REPOSITORY_URL, ")[1].split('"')[1]
    write(copy, **{"mkdocs.yml": text.replace(named, str(newer))})
    commit(copy)
    result = update(copy, PATH=gh(tmp_path, ""))
    assert result.returncode == 0, result.stderr
    assert f"Brought from {newer}" in result.stdout


def test_nothing_of_a_copy_s_own_is_listed():
    assert [path for path in PATHS if not (ROOT / path).exists()] == []
    assert [
        path for path in PATHS if path.startswith("docs") and path != "docs/modes.schema.json"
    ] == []


def test_colors_of_a_copy_s_own_reach_every_page(project):
    rule = '[data-md-color-scheme="default"] { --paper: rgb(255, 250, 240); }'
    write(project, **{"docs/colors.css": rule})
    site = built(project)
    for path, page in read_pages(site).items():
        found = page.head.find_all("link", rel="stylesheet")
        sheets = [urljoin(f"/manager-readme/{path}", urlsplit(link["href"]).path) for link in found]
        styles = [(site / sheet.removeprefix("/manager-readme/")).read_text() for sheet in sheets]
        assert "--paper:rgb(255,250,240)" in "".join(styles).replace(" ", ""), path
