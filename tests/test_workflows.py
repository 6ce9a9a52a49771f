"""Are the workflows well-formed, pinned, and allowed no more than they need?"""

import re
import shutil
import sysconfig

import pytest

from tests.check.expected import read_yaml
from tests.projects import ROOT, call, make_targets, run

WORKFLOWS = sorted((ROOT / ".github/workflows").iterdir())
DEPENDABOT = ROOT / ".github/dependabot.yml"
FILES = [*WORKFLOWS, DEPENDABOT]


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
    options = ["--persona=pedantic", "--offline", "--no-progress"]
    result = call(zizmor, *options, ROOT / ".github")
    output = result.stdout + result.stderr
    assert result.returncode == 0, output
    assert [file.name for file in FILES if f"{file.name}\n" not in output] == [], "not looked at"


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
    result = run(ROOT, "check_jsonschema", "--builtin-schema", schema, *files)
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_pin_names_its_version():
    # Dependabot moves the two together; zizmor sees to the commit.
    text = "\n".join(path.read_text(encoding="utf-8") for path in WORKFLOWS)
    used = re.findall(r".*\buses:.*", text)
    assert used
    assert [line for line in used if not re.search(r"@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line)] == []


def test_every_make_command_exists():
    commands = [step.get("run", "") for job in jobs().values() for step in job["steps"]]
    called = set(re.findall(r"\bmake ([\w-]+)", "\n".join(commands)))
    assert called
    assert called <= make_targets()


def test_a_job_that_may_write_runs_nothing_from_the_repository():
    # A pull request's code is its author's, and so is that of a package which the build installs.
    may_write = {
        name: job for name, job in jobs().items() if "write" in job.get("permissions", {}).values()
    }
    assert may_write
    for name, job in may_write.items():
        for step in job["steps"]:
            assert "checkout" not in step.get("uses", ""), name
            assert "make " not in step.get("run", ""), name


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_file_opens_with_what_it_may_change_and_what_it_never_does(file):
    opening = re.match(r"(#.*\n)*", file.read_text(encoding="utf-8"))[0]
    assert "May change: " in opening and " Never: " in opening
