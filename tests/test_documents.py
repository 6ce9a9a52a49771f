"""Do README and CONTRIBUTING name only what exists?"""

import re

import pytest

from tests.projects import ROOT

DOCUMENTS = ["README.md", "CONTRIBUTING.md"]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_make_command_exists(name):
    targets = set(re.findall(r"^([\w-]+):", read("Makefile"), re.MULTILINE))
    named = set(
        re.findall(
            r"\bmake ([a-z]+)\b(?= |`|$)",
            " ".join(re.findall(r"`[^`]+`|^make .*$", read(name), re.MULTILINE)),
        )
    )
    assert named
    assert named <= targets


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_file_exists(name):
    text = read(name)
    named = {path for path in re.findall(r"`([\w.-]*[/.][\w./-]*)`", text) if path != "site/"}
    named |= set(re.findall(r"\]\((?!https?:)([^)#]+)", text))
    named |= set(re.findall(r"^(\S+)  +\S", text, re.MULTILINE)) - {"make"}
    # Which pages there are is the manager's to say.
    named -= {path for path in named if path.startswith("docs/") and path.endswith(".md")}
    assert named
    assert {path for path in named if not (ROOT / path).exists()} == set()


def test_every_command_is_in_the_readme_or_in_contributing():
    (phony,) = re.findall(r"^\.PHONY: (.+)$", read("Makefile"), re.MULTILINE)
    documents = "".join(map(read, DOCUMENTS))
    assert [target for target in phony.split() if f"make {target}" not in documents] == []


def test_readme_fits_on_a_screen():
    assert len(read("README.md").splitlines()) <= 45


def test_ci_runs_the_test_command_of_the_readme():
    assert read(".ci/run").splitlines()[-1] == "make test"
    assert "make test" in read("README.md")


def test_locks_hold_hashes_and_no_address():
    for name in ("requirements.txt", "tests/requirements.txt"):
        text = read(name)
        pins = re.findall(r"^[a-z][\w.-]*==\S+.*?(?=^[a-z]|\Z)", text, re.MULTILINE | re.DOTALL)
        assert pins and all("--hash=sha256:" in pin for pin in pins), name
        assert "://" not in text, name


def test_both_locks_pin_the_same_versions():
    pins = [
        dict(re.findall(r"^([a-z][\w.-]*)==(\S+)", read(name), re.MULTILINE))
        for name in ("requirements.txt", "tests/requirements.txt")
    ]
    assert pins[0].items() <= pins[1].items()


def test_contributing_names_only_variables_that_the_site_reads():
    named = set(re.findall(r"`([A-Z]+_[A-Z]+)\b", read("CONTRIBUTING.md")))
    code = read("mkdocs.yml") + read("tests/check/__main__.py")
    assert named
    assert all(name in code for name in named)


def test_contributing_lists_every_entry_point():
    code = {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for path in (ROOT / "macros").rglob("*.py")
    }
    called = {
        (name, file)
        for file, text in code.items()
        for name in re.findall(r"^def (on_\w+|define_env)\(", text, re.MULTILINE)
    }
    listed = set(re.findall(r"`(\w+)` in `([\w/.]+)`", read("CONTRIBUTING.md")))
    assert called
    assert listed == called
