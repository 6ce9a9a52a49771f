"""Is the check green for whatever a manager may write, and does it speak to a manager when not?"""

import shutil
from contextlib import nullcontext
from pathlib import Path

import pytest

import tests.check.__main__ as program
from tests.check import Finding, Site, in_browser, read
from tests.projects import ROOT, change, run


def faults(findings: list[Finding]) -> list[str]:
    return [str(finding) for finding in findings if not finding.is_advice]


@pytest.mark.managers("noa", "zofia")
def test_the_site_of_a_manager_passes(site):
    """The browser looks at the site's own, below: the words of another are nothing to it."""
    assert faults(list(read(site))) == []


def test_so_do_odd_pages(variant, look, site):
    odd = variant("samples")
    paths = {page.path for page in site.pages}
    added = [page for page in odd.pages if page.path not in paths]
    assert added
    assert faults([*read(odd), *look(odd.with_pages(added))]) == []


def test_so_do_odd_words_at_the_root_of_a_host(variant, look):
    odd = variant("hostile")
    assert odd.base == "/"
    assert faults([*read(odd), *look(odd)]) == []


@pytest.mark.managers("eleni")
def test_a_weakness_is_advice(site, look):
    advice = [str(finding) for finding in [*read(site), *look(site)]]  # and no fault
    assert [line.split(": ")[1] for line in advice] == ["docs/η-ομάδα.md"] * 2 + ["docs/φράσεις.md"]
    for line, part in zip(
        advice,
        ["the picture “../assets/ομάδα.svg” has no text", "2 task boxes", "prints on 2 sheets"],
        strict=True,
    ):
        assert line.startswith("advice: ") and part in line


def test_a_line_wider_than_a_phone_is_advice(site, look, tmp_path):
    wide = Site(Path(shutil.copytree(site.folder, tmp_path / "site")), site.docs)
    home = wide.folder / "index.html"
    change(home, "</h1>", f"</h1><nobr>{'x' * 99}</nobr>")
    (finding,) = look(wide.with_pages(wide.pages[:1]))
    assert finding.is_advice
    assert str(finding).startswith(
        "advice: docs/index.md: is wider than a phone of 320 pixels, perhaps by “xxx"
    )


def checked(folder: Path) -> tuple[int, list[str]]:
    """How the program ends, and what it says."""
    result = run(ROOT, "tests.check", SITE_DIR=str(folder))
    assert "Traceback" not in result.stderr
    return result.returncode, result.stdout.splitlines()


def test_the_program_says_in_a_line_that_all_is_well(site):
    status, said = checked(site.folder)
    assert (status, said) == (0, [said[-1]])
    assert said[0].startswith(f"Checked {len(site.pages)} pages, ")


def test_the_program_names_page_and_fault_and_ends_with_an_error(
    site, tmp_path, monkeypatch, capsys
):
    """The browser is left out: that it is asked, the test above shows."""
    shutil.copytree(site.docs, tmp_path / "docs")
    folder = Path(shutil.copytree(site.folder, tmp_path / "site"))
    change(folder / "index.html", "</article>", '<img src="no.png"></article>')
    monkeypatch.setenv("SITE_DIR", str(folder))
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setattr(in_browser, "opened", lambda site: nullcontext((None, "")))
    seen = Finding("docs/index.md", "seen in a browser")
    monkeypatch.setattr(in_browser, "check", lambda *_: iter([seen]))
    assert program.main() == 1
    said = capsys.readouterr().out.splitlines()
    line = "docs/index.md: “no.png” leads nowhere; name a page or file that is in docs/"
    assert said[:2] == [line, f"::error file=docs/index.md::{line}"]
    assert said[2] == str(seen)
    assert said[-2].startswith("::notice file=docs/index.md::docs/index.md: the picture “no.png”")
    assert said[-1].endswith(": 2 faults, 1 advice.")


def test_the_program_is_not_content_with_nothing(tmp_path):
    (tmp_path / "site").mkdir()
    status, said = checked(tmp_path / "site")
    assert status == 1
    assert said == [
        f"{tmp_path / 'site/index.html'}: is not there, so that nothing can be checked; "
        "run make build first"
    ]
