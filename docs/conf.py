"""Settings of Sphinx, which builds the documentation site from the Markdown files here: `make docs`."""

from __future__ import annotations

import re

from sphinx.application import Sphinx

project = "configvars"
author = "the configvars authors"
extensions = ["myst_parser"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "configvars"
html_copy_source = False
html_show_copyright = False
html_show_sphinx = False
html_baseurl = "https://configvars.github.io/configvars/"
# Headings get the same anchors as on GitHub, so that links work in both places.
myst_heading_anchors = 4
# Env files and fixtures of several files are not in any language that can be highlighted.
highlight_language = "text"
suppress_warnings = ["misc.highlighting_failure"]

_REPOSITORY = "https://github.com/configvars/configvars/blob/main/"


def _link_to_repository(app: Sphinx, docname: str, content: list[str]) -> None:
    """Make links to files outside of this folder lead to the repository."""
    levels = "../" * (docname.count("/") + 1)
    content[0] = re.sub(rf"\]\({re.escape(levels)}(?!\.\./)", f"]({_REPOSITORY}", content[0])


def setup(app: Sphinx) -> None:
    """Called by Sphinx when it starts."""
    app.connect("source-read", _link_to_repository)
