"""Are the workflows well-formed, pinned, and allowed no more than they need?"""

import re
import shutil
import subprocess
import sys
import sysconfig

import pytest

from tests.check.expected import read_yaml
from tests.projects import ROOT

WORKFLOWS = sorted((ROOT / ".github/workflows").iterdir())
DEPENDABOT = ROOT / ".github/dependabot.yml"


def run(*command) -> tuple[int, str]:
    result = subprocess.run([*map(str, command)], capture_output=True, text=True, timeout=60)
    return result.returncode, result.stdout + result.stderr


def jobs() -> dict[str, dict]:
    found = {
        f"{path.name}: {name}": job
        for path in WORKFLOWS
        for name, job in read_yaml(path)["jobs"].items()
    }
    assert found
    return found


def test_zizmor_finds_nothing():
    zizmor = shutil.which("zizmor", path=sysconfig.get_path("scripts"))
    status, output = run(
        zizmor, "--persona=pedantic", "--offline", "--no-progress", ROOT / ".github"
    )
    assert status == 0, output
    assert [
        path.name for path in (*WORKFLOWS, DEPENDABOT) if f"{path.name}\n" not in output
    ] == [], "not looked at"


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", WORKFLOWS),
        ("custom.github-workflows-require-timeout", WORKFLOWS),
        ("vendor.dependabot", [DEPENDABOT]),
    ],
    ids=["workflow", "time limit", "dependabot"],
)
def test_schema_is_kept(schema, files):
    status, output = run(
        sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *files
    )
    assert status == 0, output


def test_every_pin_names_its_version():
    # Dependabot moves the two together; zizmor sees to the commit.
    used = [
        line
        for path in WORKFLOWS
        for line in path.read_text(encoding="utf-8").splitlines()
        if "uses:" in line
    ]
    assert used
    assert [line for line in used if not re.search(r"@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line)] == []


def test_every_make_command_exists():
    targets = set(
        re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    )
    called = {
        target
        for job in jobs().values()
        for step in job["steps"]
        for target in re.findall(r"\bmake ([\w-]+)", step.get("run", ""))
    }
    assert called
    assert called <= targets


def test_a_job_that_may_write_runs_nothing_from_the_repository():
    # A pull request's code is its author's, and so is that of a package which the build installs.
    may_write = {
        name: job for name, job in jobs().items() if "write" in job.get("permissions", {}).values()
    }
    assert may_write
    for name, job in may_write.items():
        assert not [
            step
            for step in job["steps"]
            if "checkout" in step.get("uses", "") or "make " in step.get("run", "")
        ], name


@pytest.mark.parametrize("file", [*WORKFLOWS, DEPENDABOT], ids=lambda file: file.name)
def test_file_opens_with_what_it_may_change_and_what_it_never_does(file):
    opening = re.match(r"(#.*\n)*", file.read_text(encoding="utf-8"))[0]
    assert "May change: " in opening and " Never: " in opening
