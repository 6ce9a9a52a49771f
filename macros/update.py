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

FAILED = "No update, and nothing has changed."


def main() -> None:
    """Update from the address that is given, or from the one in mkdocs.yml."""
    named = re.search(r'REPOSITORY_URL, "([^"]+)"', Path("mkdocs.yml").read_text(encoding="utf-8"))
    address = " ".join(sys.argv[1:]) or (named[1] if named else "")
    if not Path(".git").exists():
        cure = "begin one with: git init; git add --all; git commit"
        sys.exit(f"{FAILED} The copy has to be a repository of its own, {cure}")
    failed, cure = FAILED, "Another address: make update FROM=…"
    try:
        _git("fetch", "--quiet", address, "HEAD")
        here, there = _listed("HEAD"), _listed("FETCH_HEAD")
        # A workflow that is not here has been deleted, and stays so.
        there = [path for path in there if path in here or not path.startswith(".github/")]
        paths = sorted({*here, *there})
        take = ("--staged", "--worktree", "--", *paths)
        back = shlex.join(["git", "restore", "--source=HEAD", *take])
        new = _git("ls-tree", "-r", "--name-only", "FETCH_HEAD", "--", *there).splitlines()
        own = _git("status", "--porcelain", "--untracked-files=all", "--", *paths)
        own += _git("ls-files", "--others", "--ignored", "--exclude-standard", "--", *new)
        if own:
            cure = f"Commit these files first, or put them back:\n{own}"
            sys.exit(f"{FAILED} {cure}\nTo go back to the last commit in all of them: {back}")
        _git("restore", "--source=FETCH_HEAD", "--staged", "--overlay", "--", *there)  # one step
        failed, cure = "The update broke off, and not all that is staged is written.", ""
        print(f"All that is new is staged. To go back, now or later: {back}", flush=True)
        _git("restore", "--source=FETCH_HEAD", *take)
    except (KeyboardInterrupt, OSError, ValueError) as error:
        sys.exit(f"{failed} {str(error) or 'It was stopped.'}\n{cure}")
    changes = _git("diff", "--staged", "--name-status", "--no-renames", "--", *paths)
    news = _git("diff", "--staged", "--unified=0", "--", "CHANGELOG.md")
    print(f"Brought from {address}:\n{changes or 'Nothing new.'}\n\nWhat it says:\n{news}")
    print('Next: make check; git commit --all --message "A newer version"; git push')


def _listed(commit: str) -> list[str]:
    """The paths that are the template's by either version, and that a commit holds."""
    listed = set()
    for version in ("HEAD", "FETCH_HEAD"):
        settings = tomllib.loads(_git("show", f"{version}:pyproject.toml"))
        if "manager-readme" not in settings.get("tool", {}):
            raise ValueError("There is no version of this template.")
        listed.update(settings["tool"]["manager-readme"]["update"])
    return _git("ls-tree", "--name-only", commit, "--", *listed).splitlines()


def _git(*arguments: str) -> str:
    """What git prints. Raises OSError with what it complains about."""
    command = ["git", "-c", "core.quotePath=off", *arguments]
    result = subprocess.run(command, capture_output=True, check=False)
    if result.returncode:
        raise OSError(result.stderr.decode(errors="replace").strip())
    return result.stdout.decode(errors="replace").rstrip("\n")


if __name__ == "__main__":
    main()
