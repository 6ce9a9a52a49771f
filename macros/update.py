"""What `make update` runs: brings a newer version of the template into a copy of it.

A copy has no history in common with its template, so git cannot merge the two. What pyproject.toml
lists as the template's is taken as it is there; everything else stays, and nothing is committed.
"""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

NOTHING = "No update, and nothing has changed."


def main() -> None:
    """Update from the address that is given, or from the one in mkdocs.yml."""
    named = re.search(r'REPOSITORY_URL, "([^"]+)"', Path("mkdocs.yml").read_text(encoding="utf-8"))
    address = "".join(sys.argv[1:]) or (named[1] if named else "")
    if _git("rev-parse", "--show-prefix"):
        sys.exit(f"{NOTHING} The copy has to be a repository of its own, not a folder in another.")
    _git("fetch", "--quiet", address, "HEAD")
    listed = {path for commit in ("HEAD", "FETCH_HEAD") for path in _listed(commit)}
    here, there = (
        set(_git("ls-tree", "--name-only", commit, "--", *listed).splitlines())
        for commit in ("HEAD", "FETCH_HEAD")
    )
    # A workflow that is not here has been deleted, and stays so.
    paths = sorted(here | {path for path in there if not path.startswith(".github/")})
    if own := _git("status", "--porcelain", "--untracked-files=all", "--", *paths):
        sys.exit(f"{NOTHING} Commit these files first, or put them back:\n{own}")
    print(f"To go back: git restore --source=HEAD --staged --worktree {' '.join(paths)}")
    _git("restore", "--source=FETCH_HEAD", "--staged", "--worktree", "--", *paths)
    changes = _git("diff", "--staged", "--name-status", "--no-renames", "--", *paths)
    news = _git("diff", "--staged", "--unified=0", "--", "CHANGELOG.md")
    print(
        f"Brought from {address}:\n{changes or 'Nothing new.'}\n\nWhat it says of itself:\n{news}"
    )
    print('Next: make check; git commit --all --message "A newer version"; git push')


def _listed(commit: str) -> list[str]:
    """The paths that are the template's, as a commit lists them."""
    settings = tomllib.loads(_git("show", f"{commit}:pyproject.toml"))
    try:
        return list(settings["tool"]["manager-readme"]["update"])
    except KeyError:
        sys.exit(f"{NOTHING} There is no version of this template.")


def _git(*arguments: str) -> str:
    """What git prints. Ends with what it complains about."""
    command = ["git", *arguments]
    result = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    if result.returncode:
        advice = "Another address is given as: make update FROM=https://…"
        sys.exit(f"{NOTHING} {result.stderr.strip()}\n{advice}")
    return result.stdout.rstrip("\n")


if __name__ == "__main__":
    main()
