"""`make check`: build the site, or take the folder that SITE_DIR names, and check what it holds.

Prints a line for each finding, shown beside its page on GitHub Actions. Ends with 1 if a page may
not be published.
"""

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Error

from . import CHECKS, Check, Site, expected, links, problems

SHOWN = 10  # pieces of advice


def main(checks: Iterable[Check] = CHECKS) -> int:
    given = os.environ.get("SITE_DIR")
    folder = Path(given or "site").resolve()
    if not given and (status := subprocess.call([sys.executable, "-m", "mkdocs", "build"])):
        return status
    site = Site(folder, folder.parent / "docs")
    for needed in (folder / "index.html", site.docs / "modes.yml"):
        if not needed.is_file():
            print(f"{needed}: is not there, so that nothing can be checked; run make build first")
            return 1
    try:
        found = problems(site, checks)
    except Error as error:
        print(f"The browser gave up: {error.message.splitlines()[0]}")
        return 1
    faults = [problem for problem in found if not problem.is_advice]
    advice = [problem for problem in found if problem.is_advice]
    for problem in [*faults, *advice[:SHOWN]]:
        print(problem)
        problem.annotate()
    if more := len(advice[SHOWN:]):
        print(f"advice: and {more} more; mend these first")
    pages, phrases = len(site.pages), len(expected.phrases(site.definition))
    addresses = sum(len([*links.references(page)]) for page in site.pages)
    print(
        f"Checked {pages} pages, {phrases} phrases, {addresses} links: "
        f"{len(faults) or 'no'} fault{'s' * (len(faults) != 1)}, {len(advice) or 'no'} advice."
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
