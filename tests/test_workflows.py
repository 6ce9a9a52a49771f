"""Do the workflows publish only what was checked, say why nothing is published, and run no more?

Whether each is well formed and allowed no more than it needs is for `make lint`.
"""

import json
import os
import re
import sys

import pytest

from tests.check.expected import read_yaml
from tests.helpers.projects import ROOT, call, command_path, make_targets

WORKFLOWS = {path: read_yaml(path)["jobs"] for path in (ROOT / ".github/workflows").iterdir()}
SITE = WORKFLOWS[ROOT / ".github/workflows/site.yml"]
SETTINGS = "https://github.com/ann/1-on-1/settings"
PAGES = f"Open {SETTINGS}/pages and choose GitHub Actions as the source."
TEMPLATE = "https://github.com/boss/manager-readme"
OFF = "gh: Not Found (HTTP 404)"
# GitHub's command prints the body of a refusal, too.
GH = f"""#!{sys.executable}
import json, os, sys
answer = json.loads(os.environ["ANSWERS"])[not sys.argv[2].endswith("/pages")]
print(answer if not answer.startswith("gh: ") else '{{"message": "body of a refusal"}}')
sys.exit(answer if answer.startswith("gh: ") else 0)
"""


@pytest.fixture
def ask(tmp_path):
    """Run the step against these answers about Pages and about the repository."""

    def run(*answers: str, private: bool = False) -> tuple[int, str, dict[str, str]]:
        (step,) = [step for step in SITE["build"]["steps"] if step.get("id") == "github"]
        output = tmp_path / "output"
        output.touch()
        values = {"SETTINGS": SETTINGS, "PRIVATE": json.dumps(private)}
        assert step["env"].keys() == {*values, "GH_TOKEN"}
        values |= {"PATH": command_path(tmp_path, "gh", GH), "RUNNER_TEMP": str(tmp_path)}
        values |= {"GITHUB_OUTPUT": str(output), "GITHUB_REPOSITORY": "ann/1-on-1"}
        values["ANSWERS"] = json.dumps(answers)
        result = call("bash", "-e", "-c", step["run"], env={**os.environ, **values})
        lines = output.read_text(encoding="utf-8").splitlines()
        said = result.stdout + result.stderr
        return result.returncode, said, dict(line.split("=", 1) for line in lines)

    return run


@pytest.mark.parametrize("address", ["https://ann.github.io/1-on-1", "https://ann.example/"])
def test_published_site_is_built_for_its_address(ask, address):
    status, said, output = ask(f"workflow {address}", TEMPLATE)
    assert (status, said) == (0, "")
    assert output == {"address": address.rstrip("/") + "/", "template": TEMPLATE}


@pytest.mark.parametrize("private", [False, True], ids=["public", "private"])
@pytest.mark.parametrize(
    "pages", [OFF, "legacy https://ann.github.io/1-on-1"], ids=["off", "branch"]
)
def test_why_nothing_is_published_is_said(ask, pages, private):
    status, said, output = ask(pages, TEMPLATE, private=private)
    assert status == 0 and output == {"address": "", "template": TEMPLATE}
    assert said.startswith("::notice title=Nothing is published yet::") and PAGES in said
    reason = "is switched off." if pages == OFF else "is set to deploy from a branch."
    assert f"Pages {reason}" in said
    assert ("free plan" in said and f"{SETTINGS}, at its foot" in said) == (
        private and pages == OFF
    )


@pytest.mark.parametrize("refusal", ["gh: Resource not accessible (HTTP 403)", "gh: offline"])
@pytest.mark.parametrize("about", ["pages", "repository"])
def test_a_refusal_is_not_taken_for_an_answer(ask, refusal, about):
    answers = (refusal, TEMPLATE) if about == "pages" else ("workflow https://ann.example", refusal)
    status, said, output = ask(*answers)
    assert status != 0
    assert said.startswith("::error::") and refusal in said
    assert output == {}


def test_only_what_was_checked_in_this_run_is_deployed():
    build, deploy = SITE["build"], SITE["deploy"]
    runs = [step.get("run", "") for step in build["steps"]]
    uploads = [i for i, step in enumerate(build["steps"]) if "upload" in step.get("uses", "")]
    checks = [i for i, run in enumerate(runs) if "make check" in run]
    assert len(uploads) == len(checks) == 1 and checks < uploads
    upload = build["steps"][uploads[0]]
    assert build["steps"][checks[0]]["env"]["SITE_DIR"] == upload["with"]["path"]
    # One name for each attempt, or a second one could never be deployed.
    assert upload["with"]["name"] == "site-${{ github.run_attempt }}"
    assert "format('site-{0}', github.run_attempt)" in build["outputs"]["artifact"]
    assert f"steps.{upload['id']}.outcome == 'success'" in build["outputs"]["artifact"]
    assert deploy["if"] == "needs.build.outputs.artifact"
    (step,) = deploy["steps"]
    assert step["with"]["artifact_name"] == "${{ needs.build.outputs.artifact }}"


def test_what_only_the_template_needs_runs_there_alone():
    for path, jobs in WORKFLOWS.items():
        if jobs is not SITE:
            ifs = [job.get("if", "") for job in jobs.values() if "needs" not in job]
            assert ifs and all("is_template" in condition for condition in ifs), path.name


def test_every_pin_names_its_version():
    """Dependabot moves the two together; zizmor sees to the commit."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in WORKFLOWS)
    used = re.findall(r".*\buses:.*", text)
    assert used
    assert [line for line in used if not re.search(r"@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line)] == []


def test_a_job_that_may_write_runs_nothing_from_the_repository():
    """The code of a pull request is its author's, as is that of a package that is installed."""
    jobs = [job for of_file in WORKFLOWS.values() for job in of_file.values()]
    commands = " ".join(step.get("run", "") for job in jobs for step in job["steps"])
    assert {*re.findall(r"\bmake ([\w-]+)", commands)} <= make_targets()
    may_write = [job for job in jobs if "write" in job.get("permissions", {}).values()]
    assert may_write
    for step in (step for job in may_write for step in job["steps"]):
        assert "checkout" not in step.get("uses", "") and "make " not in step.get("run", ""), step
