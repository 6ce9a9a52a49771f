"""Build the same tree with Zensical: `python -m macros.zensical build`, or `serve`.

Zensical reads its configuration before it meets a macro. So what the definition says of the site
(name, menu, language, words of the frame) goes first into a copy of mkdocs.yml beside it.
"""

import sys
from pathlib import Path

from ruamel.yaml import YAML
from zensical.main import cli

from .problems import PluginError
from .settings import apply_site_settings, load_definition

CONFIG = Path("zensical.yml")


def main() -> None:
    """Run Zensical's command with the arguments of this one. Ends with a line for each problem."""
    yaml = YAML()
    conf = yaml.load(Path("mkdocs.yml"))
    conf.setdefault("docs_dir", "docs")
    try:
        apply_site_settings(conf, load_definition(conf))
    except PluginError as error:
        sys.exit(str(error))
    yaml.dump(conf, CONFIG)
    try:
        cli([*sys.argv[1:], "--config-file", str(CONFIG)])
    finally:
        CONFIG.unlink()


if __name__ == "__main__":
    main()
