"""Links, commands and settings in the documentation exist, and those that exist are documented."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from configvars.checks import CHECKS
from configvars.checks.base import page_of
from configvars.cli.arguments import COMMANDS, OUTPUT_FORMATS, parser
from configvars.readers import READERS
from configvars.settings_file import SETTINGS

REPOSITORY = Path(__file__).parents[1]
DOCUMENTS = sorted(
    [*REPOSITORY.glob("*.md"), *REPOSITORY.glob("docs/**/*.md"), REPOSITORY / "client-vscode" / "README.md"]
)
COMMAND_LINE = (REPOSITORY / "docs" / "command-line.md").read_text("utf-8")
SETTINGS_PAGE = (REPOSITORY / "docs" / "settings.md").read_text("utf-8")
EDITORS = (REPOSITORY / "docs" / "editors.md").read_text("utf-8")
PLACEHOLDERS = {"SHELL": "bash", "COMMAND": "check"}
NO_BRACKETS = str.maketrans("", "", "[]")
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]+)?(#[^)\s]+)?\)")


def slug(heading: str) -> str:
    """The anchor of a heading, as GitHub generates it."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(REPOSITORY).as_posix())
def test_links_lead_to_existing_targets(document: Path) -> None:
    for path, anchor in LINK.findall(document.read_text("utf-8")):
        target = document.parent / path if path else document
        assert target.exists(), f"{path} is not there"
        if anchor:
            headings = re.findall(r"^#+ (.+)$", target.read_text("utf-8"), re.MULTILINE)
            assert anchor[1:] in map(slug, headings), f"{anchor} is not there"


def commands_in(text: str) -> Iterator[str]:
    """The words after `configvars ` in inline code and in shell code blocks."""
    lines = re.findall(r"`(configvars (?!=)[^`\n]+)`", text)
    for block in re.findall(r"^ *```sh\n(.*?)```", text, re.MULTILINE | re.DOTALL):
        lines += re.findall(r"^[^#\n]*?(?<![\w./-])(configvars [^#\n]+)", block, re.MULTILINE)
    for line in lines:
        yield re.split(r" (?:>|\||&&|>>) |\)\"", line)[0].removeprefix("configvars ")


def test_every_command_in_a_document_exists() -> None:
    found = {each for document in DOCUMENTS for each in commands_in(document.read_text("utf-8"))}
    assert len(found) > 25
    for line in sorted(found):
        if line.strip() in ("", *COMMANDS):  # mentioned in prose, not meant to be run
            continue
        words = [PLACEHOLDERS.get(word, word) for word in line.translate(NO_BRACKETS).split()]
        with suppress(SystemExit):  # --help and --version
            parser().parse(words)


def test_the_page_of_the_command_line_has_every_command() -> None:
    assert all(f"`configvars {name}" in COMMAND_LINE for name in COMMANDS)


def test_the_page_of_the_command_line_has_every_format() -> None:
    assert all(f"| `{name}` |" in COMMAND_LINE for name in OUTPUT_FORMATS)


def test_the_page_of_settings_has_every_setting() -> None:
    rows = re.findall(
        r"^\| `([\w.]+)` \|(?: `([\w.-]+)`)?(?: \(a suggestion\))? \|", SETTINGS_PAGE, re.MULTILINE
    )
    expected = [
        (setting.name, setting.kebab if setting.in_repository or setting.name == "heroku.apps" else "")
        for setting in SETTINGS
    ]
    assert rows == expected


@pytest.mark.parametrize(
    "block",
    re.findall(r"^```(json|toml)\n(.*?)^```$", EDITORS, re.MULTILINE | re.DOTALL),
    ids=lambda block: block[0],
)
def test_the_settings_of_editors_can_be_read(block: tuple[str, str]) -> None:
    language, text = block
    read = json.loads(text) if language == "json" else tomllib.loads(text)
    assert "configvars" in str(read)


def test_every_reader_is_on_the_page_of_readers() -> None:
    page = (REPOSITORY / "docs" / "readers.md").read_text("utf-8")
    assert re.findall(r"^\| ([\w. -]+) \|", page, re.MULTILINE)[1:] == [reader.name for reader in READERS]


def test_pages_that_reports_and_editors_link_to_are_on_the_site() -> None:
    """`make docs` turns docs/checks/NAME.md into NAME.html; `docs/conf.py` defines the URL of the site."""
    base = re.search(r'^html_baseurl = "(.+)"$', (REPOSITORY / "docs" / "conf.py").read_text("utf-8"), re.M)
    assert base is not None
    for check in CHECKS:
        path = page_of(check.name).removeprefix(base[1])
        assert path == f"checks/{check.name}.html"
        assert (REPOSITORY / "docs" / path).with_suffix(".md").exists()


def test_every_check_has_a_page() -> None:
    pages = {path.stem for path in (REPOSITORY / "docs" / "checks").glob("*.md")} - {"README"}
    assert pages == {check.name for check in CHECKS}


def test_the_tests_that_prove_security_exist() -> None:
    named = re.findall(r"`([\w/]+\.py)::(\w+)`", (REPOSITORY / "docs" / "security.md").read_text("utf-8"))
    assert len(named) > 30
    for path, test in named:
        assert f"\ndef {test}(" in (REPOSITORY / "tests" / path).read_text("utf-8"), f"{path}::{test}"


NOT_A_CLIENT = {"VS Code", "Other editors"}


@pytest.mark.parametrize(
    "client", [each for each in re.findall(r"^## (.+)$", EDITORS, re.M) if each not in NOT_A_CLIENT]
)
def test_the_section_of_an_editor_says_what_a_user_needs(client: str) -> None:
    text = EDITORS.split(f"\n## {client}\n", 1)[1].split("\n## ", 1)[0]
    saves = "Save All" in text or ":wa" in text or "save-some-buffers" in text
    assert "```" in text or "| field |" in text, "how it is configured"
    assert "hoose" in text or "heroku.apps" in text, "how an app is chosen"
    assert re.search(r"[Pp]ull", text), "how a value is pulled"
    assert re.search(r"[Ss]ettings", text), "where settings go"
    assert saves or "Not shown: code actions" in text, "how a file is saved that a fix has changed"
