"""Is the check green for whatever a manager may write, and does it speak to a manager when not?"""

import shutil
from pathlib import Path

import pytest

import tests.check.__main__ as program
from macros.problems import Problem
from tests.check import IN_FILES, Site, markup, problems
from tests.helpers.projects import ROOT, change, run


def faults(found: list[Problem]) -> list[str]:
    return [str(problem) for problem in found if not problem.is_advice]


@pytest.mark.managers("noa", "zofia")
def test_the_site_of_a_manager_passes(site):
    """The browser looks at the site's own, below: the words of another are nothing to it."""
    assert faults(problems(site, IN_FILES)) == []


# What of a site is odd, and where it lies on its host.
ODD = {
    "samples": ("/manager-readme/", ["moving/", "still/"]),
    "hostile": ("/", ["", "phrases/", "404.html"]),
}


@pytest.mark.parametrize("name", ODD)
def test_so_do_odd_pages_and_odd_words_at_the_root_of_a_host(variant, seen, name):
    odd, (base, paths) = variant(name), ODD[name]
    asked = [page for page in odd.pages if page.web_path in paths]
    odd.__dict__["visits"] = seen(odd.with_pages(asked)).visits
    assert odd.base == base and [page.web_path for page in asked] == paths
    assert faults(problems(odd)) == []


@pytest.mark.managers("eleni")
def test_a_weakness_is_advice(site, seen):
    book = [page for page in site.pages if page.select(markup.GROUP)]
    site.__dict__["visits"] = seen(site.with_pages(book)).visits
    advice = [str(problem) for problem in problems(site)]  # and no fault
    for line, part in zip(
        advice,
        ["φράσεις.md: prints on 2 sheets", "“../assets/ομάδα.svg” has no text", "2 task boxes"],
        strict=True,
    ):
        assert line.startswith("advice: docs/") and part in line


def test_the_program_says_in_a_line_that_all_is_well(site):
    result = run(ROOT, "tests.check", SITE_DIR=str(site.folder))
    assert (result.returncode, result.stderr) == (0, "") and result.stdout.count("\n") == 1
    assert result.stdout.startswith(f"Checked {len(site.pages)} pages, ")


def test_the_program_names_page_and_fault_and_ends_with_an_error(
    site, tmp_path, monkeypatch, capsys
):
    """The browser is left out: that it is asked, the test above shows."""
    shutil.copytree(site.docs, tmp_path / "docs")
    folder = Path(shutil.copytree(site.folder, tmp_path / "site"))
    change(folder / "index.html", "</article>", '<img src="no.png"></article>')
    monkeypatch.setenv("SITE_DIR", str(folder))
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert program.main(IN_FILES) == 1
    said = capsys.readouterr().out.splitlines()
    words = "“no.png” leads nowhere; name a page or file that is in docs/"
    assert said[:2] == [f"docs/index.md: {words}", f"::error file=docs/index.md::{words}"]
    assert said[-2].startswith("::notice file=docs/index.md::the picture “no.png”")
    assert said[-1].endswith(": 1 fault, 1 advice.")


def many(site: Site):
    """Twelve weaknesses, and one fault in three places."""
    yield from (Problem(f"{n}.md", None, None, f"weak {n}", is_advice=True) for n in range(12))
    yield from (Problem(f"{n}.md", 1, None, "wrong") for n in range(3))


def test_the_program_says_the_same_once_and_shows_ten_pieces_of_advice(site, monkeypatch, capsys):
    monkeypatch.setenv("SITE_DIR", str(site.folder))
    assert program.main([many]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "0.md:1: wrong (and in 2 more places, such as 2.md)"
    assert said[1:11] == [f"advice: {n}.md: weak {n}" for n in range(10)]
    assert said[11] == "advice: and 2 more; mend these first"
    assert said[12].endswith(": 1 fault, 12 advice.")


def test_the_program_is_not_content_with_nothing(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SITE_DIR", str(tmp_path))
    assert program.main() == 1
    what = "is not there, so that nothing can be checked; run make build first"
    assert capsys.readouterr().out == f"{tmp_path / 'index.html'}: {what}\n"
