"""The field test changes a copy as intended, and its data is complete."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from field.corpus import repositories
from field.run import Said
from field.situations import break_names, copy, env_file_name, fill_from_templates, misspelt
from field.verdicts import VERDICTS, Judged, judged, report


@pytest.mark.parametrize(
    ("template", "name"),
    [
        (".env.example", ".env"),
        (".env-dist", ".env"),
        (".env_sample", ".env"),
        ("env.default", ".env"),
        ("example.env", ".env"),
        ("sample.flaskenv", ".flaskenv"),
        (".env.production.template", ".env.production"),
    ],
)
def test_the_file_that_a_template_is_copied_to(template: str, name: str) -> None:
    assert env_file_name(template) == name


def test_one_name_is_deleted_one_misspelt_and_one_doubled() -> None:
    text = "# ours\nSECRET_KEY=a\nDEBUG=1\nDATABASE_URL=b\n"
    broken, done = break_names(text, ["SECRET_KEY", "DATABASE_URL"])
    assert broken == "# ours\nDEBUG=1\nDATAASE_URL=b\nDEBUG=1\n"
    assert done == {"misspelt": "DATABASE_URL", "doubled": "DEBUG", "deleted": "SECRET_KEY"}


def test_unused_lines_are_only_duplicated() -> None:
    assert break_names("DEBUG=1", []) == ("DEBUG=1\nDEBUG=1\n", {"doubled": "DEBUG"})
    assert break_names("", ["A"]) == ("", {})


def test_the_longest_word_is_misspelt() -> None:
    assert [misspelt(name) for name in ("SECRET_KEY", "A_B")] == ["SECET_KEY", "A_BS"]


def test_templates_are_filled_in_a_copy(tmp_path: Path) -> None:
    source = tmp_path / "shop"
    source.mkdir()
    (source / ".env.example").write_text("A=1\n", "utf-8")
    (source / "env.sample").write_text("B=1\n", "utf-8")
    copy(source, tmp_path / "copy")
    made = fill_from_templates(tmp_path / "copy")
    assert [path.name for path in made] == [".env"]
    made[0].write_text("changed", "utf-8")
    assert sorted(os.listdir(source)) == [".env.example", "env.sample"]
    assert (source / ".env.example").read_text("utf-8") == "A=1\n"


def test_every_verdict_is_of_a_repository_and_commit_of_the_corpus() -> None:
    corpus = {one.name: one.commit for one in repositories()}
    keys = [one.key for one in judged()]
    assert len(keys) == len(set(keys))
    assert all(one.commit == corpus[one.repository] and one.verdict in VERDICTS for one in judged())


def test_the_report_counts_by_check_and_lists_what_nobody_has_read() -> None:
    said = [
        Said("a/b", "plain", "app.py", 3, "missing-variable", "warning", "A", "A is missing"),
        Said("a/b", "template", "app.py", 3, "missing-variable", "warning", "A", "A is missing"),
        Said("a/b", "plain", ".env", 1, "syntax-error", "error", "", "is no assignment"),
        Said("a/b", "plain", ".env", 2, "unused-variable", "information", "B", "Nothing reads B"),
    ]
    verdict = Judged("a/b", "0" * 40, "app.py", 3, "missing-variable", "A", True, "right", "nothing gives it")
    assert report(said, [verdict]) == (
        "### Errors and warnings\n\n"
        "| check | findings | read | right | noise | wrong |\n"
        "| --- | --: | --: | --: | --: | --: |\n"
        "| missing-variable | 1 | 1 | 1 | 0 | 0 |\n"
        "| syntax-error | 1 | 0 | 0 | 0 | 0 |\n"
        "| all | 2 | 1 | 1 (100%) | 0 (0%) | 0 (0%) |\n\n"
        "### Information and hints\n\n"
        "| check | findings | read | right | noise | wrong |\n"
        "| --- | --: | --: | --: | --: | --: |\n"
        "| unused-variable | 1 | 0 | 0 | 0 | 0 |\n"
        "| all | 1 | 0 | 0 | 0 | 0 |\n\n"
        "Without a verdict:\na/b .env:1 error syntax-error is no assignment"
    )
