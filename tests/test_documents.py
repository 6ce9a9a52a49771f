"""Do README and CONTRIBUTING name only what exists?"""

import re

import pytest

from tests.helpers.projects import ROOT, make_targets

DOCUMENTS = ["README.md", "CONTRIBUTING.md"]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_make_command_exists(name):
    code = " ".join(re.findall(r"(?m)`[^`]+`|^make .*$", read(name)))
    named = set(re.findall(r"\bmake ([a-z]+)\b(?= |`|$)", code))
    assert named
    assert named <= make_targets()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_file_exists(name):
    text = read(name)
    named = {path for path in re.findall(r"`([\w.-]*[/.][\w./-]*)`", text) if path != "site/"}
    named |= set(re.findall(r"\]\((?!https?:)([^)#]+)", text))
    named |= set(re.findall(r"(?m)^(\S+)  +\S", text)) - {"make"}
    # GitHub's own pages, whoever owns the repository: its template and its published site.
    named -= {"../../generate", "../../deployments"}
    # Which pages there are is the manager's to say.
    named -= {path for path in named if path.startswith("docs/") and path.endswith(".md")}
    assert named
    assert {path for path in named if not (ROOT / path).exists()} == set()


def test_readme_fits_on_a_screen_and_names_the_test_command():
    assert len(read("README.md").splitlines()) <= 45
    assert read(".ci/run").splitlines()[-1] == "make test" and "make test" in read("README.md")


def test_locks_hold_hashes_and_no_address_and_pin_the_same_versions():
    versions = []
    for name in ("requirements.txt", "tests/requirements-check.txt", "tests/requirements.txt"):
        text = read(name)
        pins = re.findall(r"(?ms)^([a-z][\w.-]*)==(\S+)(.*?)(?=^[a-z]|\Z)", text)
        assert pins and all("--hash=sha256:" in hashes for _, _, hashes in pins), name
        assert "://" not in text, name
        versions.append({(package, version) for package, version, _ in pins})
    site, check, everything = versions
    assert site < check < everything
    assert {"playwright", "beautifulsoup4"} <= {package for package, _ in check - site}
