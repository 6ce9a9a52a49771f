"""What `make update` runs: brings a newer version of the template into a copy of it.

A copy has no history in common with its template, so git cannot merge the two. What pyproject.toml
lists as the template's is taken as it is there; everything else stays, and nothing is committed.
"""

import json
import os
import re
import subprocess
import sys
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

COMMIT = 'git commit --all --message "A newer version"'


class UpdateError(Exception):
    """Why there is no update; nothing has changed then."""


def main() -> None:
    """Update from the address that is given, or from the template. Ends with a line if it fails."""
    address = "".join(sys.argv[1:]) or _template()
    try:
        print(update(address))
    except UpdateError as error:
        sys.exit(f"No update, and nothing has changed. {error}")


def update(address: str) -> str:
    """Take over the template's files from the repository at `address`, and say what changed.

    Raises UpdateError.
    """
    if _git("rev-parse", "--show-prefix"):
        raise UpdateError("The copy has to be a repository of its own, not a folder in another.")
    try:
        _git("fetch", "--quiet", address, "HEAD")
    except UpdateError as error:
        advice = "Another address is given as: make update FROM=https://…"
        raise UpdateError(f"{address} cannot be read.\n{error}\n{advice}") from None
    new = _git("rev-parse", "FETCH_HEAD")
    paths = _take_over(address, new)
    changes = _git("diff", "--staged", "--name-status", "--no-renames", "--", *paths)
    if not changes:
        return f"Nothing to do: this is the version at {address} already."
    return (
        f"Brought from {address} (A: added, M: modified, D: deleted):\n{changes}\n\n"
        f"{_news(new)}\n\n"
        f"Next, one after the other:\n  make check\n  {COMMIT}\n  git push\n"
        f"To go back instead: {_way_back(paths)}"
    )


def _take_over(address: str, new: str) -> list[str]:
    """Make the template's files what they are in the commit `new`; gives their paths."""
    try:
        listed = {*_listed("HEAD"), *_listed(new)}
    except (UpdateError, KeyError, tomllib.TOMLDecodeError):
        raise UpdateError(f"{address} is not a version of this template.") from None
    here, there = (
        set(_git("ls-tree", "--name-only", commit, "--", *listed).splitlines())
        for commit in ("HEAD", new)
    )
    # A workflow that is not here has been deleted, and stays so.
    paths = sorted(here | {path for path in there if not path.startswith(".github/")})
    if own := _git("status", "--porcelain", "--untracked-files=all", "--", *paths):
        raise UpdateError(f"Commit these files first, or put them back:\n{own}")
    try:
        _git("restore", f"--source={new}", "--staged", "--worktree", "--", *paths)
    except UpdateError as error:
        # There was nothing in these paths that is not committed.
        try:
            _git("restore", "--source=HEAD", "--staged", "--worktree", "--", *sorted(here))
            _git("clean", "--quiet", "--force", "-d", "--", *paths)
        except UpdateError:
            advice = f"Afterwards, go back: {_way_back(sorted(here))}"
            sys.exit(f"The update broke off. {error}\n{advice}")
        raise
    return paths


def _way_back(paths: list[str]) -> str:
    return f"git restore --source=HEAD --staged --worktree {' '.join(paths)}"


def _listed(commit: str) -> list[str]:
    """The paths that are the template's, as a commit lists them."""
    settings = tomllib.loads(_git("show", f"{commit}:pyproject.toml"))
    return list(settings["tool"]["manager-readme"]["update"])


def _news(new: str) -> str:
    """What the changelog of `new` says that the copy's did not."""
    entries: dict[str, list[str]] = {"HEAD": [], new: []}
    for commit in entries:
        with suppress(UpdateError):
            log = _git("show", f"{commit}:CHANGELOG.md")
            entries[commit] = re.split(r"(?m)^(?=## )", log)[1:]
    known = {entry.partition("\n")[0] for entry in entries["HEAD"]}
    news = [entry for entry in entries[new] if entry.partition("\n")[0] not in known]
    return "".join(news).strip() or "Nothing to change in docs/."


def _template() -> str:
    """The address of the template: what GitHub tells of this copy, else what mkdocs.yml names."""
    repository = _ask_github()
    for origin in ("template_repository", "source"):  # a copy has the one, a fork the other
        if repository.get(origin):
            return str(repository[origin]["html_url"])
    text = Path("mkdocs.yml").read_text(encoding="utf-8")
    named = re.search(r'REPOSITORY_URL, "([^"]+)"', text)
    return named[1] if named else ""


def _ask_github() -> dict[str, Any]:
    """GitHub's description of this repository; nothing where it cannot be had."""
    with suppress(UpdateError, ValueError):
        return dict(json.loads(_run("gh", "api", "repos/{owner}/{repo}")))
    api = os.environ.get("GITHUB_API_URL", "https://api.github.com")
    with suppress(UpdateError, OSError, ValueError):
        path = urlsplit(re.sub(r"^git@(.*?):", r"ssh://\1/", _git("remote", "get-url", "origin")))
        if path.hostname == "github.com":
            name = path.path.strip("/").removesuffix(".git")
            with urlopen(f"{api}/repos/{name}", timeout=30) as answer:
                return dict(json.load(answer))
    return {}


def _git(*arguments: str) -> str:
    return _run("git", *arguments)


def _run(*command: str) -> str:
    """What a command prints. Raises UpdateError with what it complains about."""
    # A question for a password would stand behind this program's silence.
    env = {**os.environ, "GIT_TERMINAL_PROMPT": "0"}
    try:
        result = subprocess.run(command, env=env, capture_output=True, check=True, encoding="utf-8")
    except subprocess.CalledProcessError as error:
        raise UpdateError(error.stderr.strip()) from None
    except OSError as error:
        raise UpdateError(str(error)) from None
    return result.stdout.rstrip("\n")


if __name__ == "__main__":
    main()
