"""Does every link, anchor and asset of the built site resolve, below a sub-path and at a root?"""

import csv
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import build, built, source_with


def dead_links(addresses: list[str], tmp_path) -> tuple[int, list[str]]:
    """How many links LinkChecker followed from `addresses`, and those that lead nowhere."""
    config = tmp_path / "linkchecker.ini"
    config.write_text("[checking]\nmaxrequestspersecond=1000\n[AnchorCheck]\n", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "linkcheck",
        "--config",
        str(config),
        "--no-status",
        "--verbose",
        "--output",
        "csv",
    ]
    result = subprocess.run([*command, *addresses], capture_output=True, text=True, timeout=120)
    rows = list(
        csv.DictReader(
            (line for line in result.stdout.splitlines() if not line.startswith("# ")),
            delimiter=";",
        )
    )
    own = [row for row in rows if row["url"].startswith("http://127.0.0.1")]
    return len(own), [
        f"{row['parentname']}: {row['urlname']}: {row['result']} {row['warningstring']}"
        for row in own
        if row["valid"] != "True" or "not found" in row["warningstring"]
    ]


def with_deep_404(site: Path, target: Path) -> Path:
    """A copy of a site, with its 404 page as it is met deep inside."""
    shutil.copytree(site, target)
    deep = target / "not/there/at/all/index.html"
    deep.parent.mkdir(parents=True)
    shutil.copy(target / "404.html", deep)
    return target


def check(home: str, tmp_path: Path) -> None:
    checked, dead = dead_links([home, home + "not/there/at/all/"], tmp_path)
    assert checked > 20
    assert dead == []


@pytest.mark.any_manager
def test_every_link_anchor_and_asset_resolves(site, serve, tmp_path):
    check(serve(with_deep_404(site, tmp_path / "site")), tmp_path)


def test_so_they_do_at_the_root_of_a_host(project, serve, tmp_path):
    check(
        serve(with_deep_404(built(project, "http://127.0.0.1:8000/"), tmp_path / "site")), tmp_path
    )


def test_dead_links_in_markdown_stop_the_build(project):
    book = source_with(project, "{{ call_outs() }}").name
    links = ["nowhere.md", f"{book}#no-such-phrase", "/nowhere/", "#no-such-anchor"]
    with (project / "docs/index.md").open("a", encoding="utf-8") as page:
        first = (project / "docs/index.md").read_text(encoding="utf-8").count("\n") + 2
        page.writelines(f"\n[x]({link})\n" for link in links)
    result = build(project, GITHUB_ACTIONS="true")
    assert result.returncode != 0
    for number, link in enumerate(links):
        place = first + 2 * number
        assert any(
            f"docs/index.md:{place}: " in line and f"'{link}'" in line
            for line in result.stderr.splitlines()
        ), link
        assert any(
            line.startswith(f"::error file=docs/index.md,line={place}::")
            for line in result.stdout.splitlines()
        ), link
