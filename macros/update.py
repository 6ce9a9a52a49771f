"""What `make update` runs: brings a newer version of the template into a copy of it.

A copy has no history in common with its template, so git cannot merge the two. What pyproject.toml
lists as the template's is taken as it is there; everything else stays, and nothing is committed.
"""

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path


def main() -> None:
    """Update from the address that is given, or from the one in mkdocs.yml."""
    named = re.search(r'REPOSITORY_URL, "([^"]+)"', Path("mkdocs.yml").read_text(encoding="utf-8"))
    address = " ".join(sys.argv[1:]) or (named[1] if named else "")
    failed, cure = "No update, and nothing has changed.", "Another address: make update FROM=…"
    try:
        if not Path(".git").exists():
            cure = "begin one with: git init; git add --all; git commit"
            sys.exit(f"{failed} The copy has to be a repository of its own, {cure}")
        _git("fetch", "--quiet", address, "HEAD")
        listed = {path for commit in ("HEAD", "FETCH_HEAD") for path in _listed(commit)}
        here, there = (
            _git("ls-tree", "--name-only", commit, "--", *listed).splitlines()
            for commit in ("HEAD", "FETCH_HEAD")
        )
        # A workflow that is not here has been deleted, and stays so.
        there = [path for path in there if path in here or not path.startswith(".github/")]
        paths = sorted({*here, *there})
        take = ["restore", "--source=FETCH_HEAD", "--staged", "--worktree", "--", *paths]
        back = shlex.join(["git", "restore", "--source=HEAD", *take[2:]])
        new = _git("ls-tree", "-r", "--name-only", "FETCH_HEAD", "--", *there).splitlines()
        own = _git("status", "--porcelain", "--untracked-files=all", "--", *paths)
        own += _git("ls-files", "--others", "--ignored", "--exclude-standard", "--", *new)
        diff = ("diff", "--staged", "--name-only", "--diff-filter=a")
        if _git(*diff, "HEAD", "--", *paths) and not _git(*diff, "FETCH_HEAD", "--", *paths):
            on = f"To go on, without any change of your own in there: {shlex.join(['git', *take])}"
            sys.exit(f"This update is staged already.\n{on}\nTo go back: {back}")
        if own:
            sys.exit(f"{failed} Commit these files first, or put them back:\n{own}")
        _git("restore", "--source=FETCH_HEAD", "--staged", "--overlay", "--", *there)  # one step
        failed, cure = "The update broke off, and not all that is staged is written.", ""
        print(f"All that is new is staged. To go back, now or later: {back}", flush=True)
        _git(*take)
    except (KeyboardInterrupt, OSError, KeyError, ValueError) as error:
        sys.exit(f"{failed} {str(error) or 'It was stopped.'}\n{cure}")
    changes = _git("diff", "--staged", "--name-status", "--no-renames", "--", *paths)
    news = _git("diff", "--staged", "--unified=0", "--", "CHANGELOG.md")
    print(f"Brought from {address}:\n{changes or 'Nothing new.'}\n\nWhat it says:\n{news}")
    print('Next: make check; git commit --all --message "A newer version"; git push')


def _listed(commit: str) -> list[str]:
    """The paths that are the template's, as a commit lists them."""
    settings = tomllib.loads(_git("show", f"{commit}:pyproject.toml"))
    if "manager-readme" not in settings.get("tool", {}):
        raise ValueError("There is no version of this template.")
    return list(settings["tool"]["manager-readme"]["update"])


def _git(*arguments: str) -> str:
    """What git prints. Raises OSError with what it complains about."""
    command = ["git", "-c", "core.quotePath=off", *arguments]
    result = subprocess.run(command, capture_output=True, check=False)
    if result.returncode:
        raise OSError(result.stderr.decode(errors="replace").strip())
    return result.stdout.decode(errors="replace").rstrip("\n")


if __name__ == "__main__":
    main()
