"""`make check`: build the site, or take the folder that SITE_DIR names, and check what it holds.

Prints a line for each finding, shown beside its page on GitHub Actions. Ends with 1 if a page may
not be published.
"""

import os
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Error

from . import Site, expected, in_browser, links, read
from .finding import located


def main() -> int:
    given = os.environ.get("SITE_DIR")
    folder = Path(given or "site").resolve()
    if not given and (status := subprocess.call([sys.executable, "-m", "mkdocs", "build"])):
        return status
    site = Site(folder, folder.parent / "docs")
    for needed in (folder / "index.html", site.docs / "modes.yml"):
        if not needed.is_file():
            print(f"{needed}: is not there, so that nothing can be checked; run make build first")
            return 1
    walk = links.Walk(site)
    findings = list(read(site, walk))
    try:
        with in_browser.opened(site) as (context, address):
            findings += in_browser.check(site, context, address)
    except Error as error:
        print(f"The browser gave up: {error.message.splitlines()[0]}")
        return 1
    findings = [located(finding, site.docs.parent) for finding in findings]
    for finding in sorted(findings, key=lambda finding: finding.is_advice):
        print(finding)
        if os.environ.get("GITHUB_ACTIONS") == "true":
            print(finding.annotation())
    faults = sum(not finding.is_advice for finding in findings)
    pages, phrases = len(site.pages), len(expected.phrases(site.definition))
    print(
        f"Checked {pages} pages, {phrases} phrases, {walk.followed} links: "
        f"{faults or 'no'} faults, {len(findings) - faults or 'no'} advice."
    )
    return 1 if faults or not (pages and phrases and walk.followed) else 0


if __name__ == "__main__":
    sys.exit(main())
