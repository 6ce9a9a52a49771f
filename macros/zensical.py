"""Builds the same tree with Zensical: `python -m macros.zensical build`, or `serve`. Knows Zensical alone.

Zensical has read its configuration before it meets a macro, so that its own command shows the pages in a
frame of the configuration's: without the definition's name, language and menu. Here they come in time.
"""

from zensical import config
from zensical.main import cli

from . import defined, frame

parse = config.parse_config


def parse_and_frame(path: str) -> dict:
    conf = parse(path)
    frame(conf, defined(conf))
    conf["nav"] = config._convert_nav(conf["nav"])
    return conf


# Zensical's native part looks the function up by its name; it offers no other way in.
config.parse_config = parse_and_frame

if __name__ == "__main__":
    cli()
