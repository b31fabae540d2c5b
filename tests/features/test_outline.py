"""The outline, the folding ranges and the semantic tokens of an env file."""

from __future__ import annotations

from itertools import pairwise

import pytest

from configvars.features.document_symbols import document_symbols
from configvars.features.folding import folding
from configvars.features.semantic_tokens import semantic_tokens


def flat(symbols):
    for symbol in symbols:
        yield symbol
        yield from flat(symbol.children)


OUTLINES = [
    ("", ""),
    ("# only a comment\n", ""),
    ("A=1\nB=2\n", "A B"),
    ("# About A\nA=1\n\n# About B\nB=2\n", "A B"),
    ("# Database\nA=1\nB=2\n\n# Mail\nC=1\nD=1\n", "[Database:A,B] [Mail:C,D]"),
    ("# --- Database ---\nA=1\n\nB=2\n# == Mail ==\n\nC=1\n", "[Database:A,B] [Mail:C]"),
    ("# --- Database ---\nA=1\n# --- Mail ---\nC=1\n", "[Database:A] [Mail:C]"),
    ("X=1\n\n####\n# Database\n####\n\nA=1\n", "X [Database:A]"),
    ("# Title\n\nA=1\n\nB=1\n", "[Title:A,B]"),
    ("# Title\nA=1\nB=1\n\n# The end\n", "[Title:A,B]"),
    ("# A=old\n# B=old\nC=1\nD=1\n", "C D"),
    ("# the old key was swordfish\nA=1\nB=1\n", "A B"),
    ("# --- Tr4ub0r ---\nA=1\nB=1\n", "A B"),
    ("# Mail & Co. (SMTP)\nA=1\nB=1\n", "A B"),
    ("# Mail & more (SMTP)\nA=1\nB=1\n", "[Mail & more (SMTP):A,B]"),
    ("K=-----BEGIN A-----\nabc=\n\nq==\n-----END A-----\nA=1\n", "K A"),
    ("# Keys\nA='1\n\n# no\n2'\nB=1\n", "[Keys:A,B]"),
]


@pytest.mark.parametrize(("text", "expected"), OUTLINES)
def test_symbols_are_grouped_by_comment_headings(project, text, expected):
    it = project(f"-- .env --\n{text}")
    found = document_symbols(it.project, it.path(".env"))
    rendered = [
        f"[{s.name}:{','.join(child.name for child in s.children)}]" if s.children else s.name for s in found
    ]
    assert " ".join(rendered) == expected
    for symbol in flat(found):
        assert symbol.span.start <= symbol.selection.start <= symbol.selection.end <= symbol.span.end


def test_headings_of_a_template_are_free_of_values(project):
    it = project("-- .env.example --\n# the old key was swordfish\nA=\nB=\n\n# Mail & Co. (SMTP)\nC=\nD=\n")
    found = document_symbols(it.project, it.path(".env.example"))
    assert [symbol.name for symbol in found] == ["A", "B", "Mail & Co. (SMTP)"]


def test_symbols_of_other_files(project):
    it = project('-- app.json --\n{"env": {"A": "1", "B": {}}}\n-- app.py --\nimport os\nos.environ["A"]\n')
    assert [s.name for s in document_symbols(it.project, it.path("app.json"))] == ["A", "B"]
    assert document_symbols(it.project, it.path("app.py")) == ()


FOLDS = [
    ("A=1\nB=2\n", ""),
    ("# Database\nA=1\nB=2\n\n# Mail\nC=1\nD=1\n", "0-2 4-6"),
    ("A=1 # one\nB=2 # two\n", ""),
    ("A='1\n2\n3'\nB=1\n", "0-2"),
    ("# one\n# two\nA=1\n", "0-1c"),
    ("A='\n# no\n# comment\n'\n", "0-3"),
]


@pytest.mark.parametrize(("text", "expected"), FOLDS)
def test_folding(project, text, expected):
    it = project(f"-- .env --\n{text}")
    found = folding(it.project, it.path(".env"))
    assert " ".join(f"{fold.first}-{fold.last}{'c' * fold.comment}" for fold in found) == expected


TOKENS = [
    ("# c\n", "comment:# c"),
    ("A=1\n", "variable:A operator:= string:1"),
    ("export A = 'x'  # c\n", "keyword:export variable:A operator:= string:'x' comment:# c"),
    ("A=\n", "variable:A operator:="),
    ("A\n", "variable:A"),
    (
        'U="h${HOST}:${P:-1}"\n',
        'variable:U operator:= string:"h${ variable:HOST string:}:${ variable:P string::-1}"',
    ),
    ("A='unclosed\n", ""),
    ("A=${}x\n", "variable:A operator:= string:${}x"),
]


@pytest.mark.parametrize(("text", "expected"), TOKENS)
def test_semantic_tokens(project, text, expected):
    it = project(f"-- .env --\n{text}")
    found = semantic_tokens(it.project, it.path(".env"))
    assert " ".join(f"{token.kind}:{token.span.of(text)}" for token in found) == expected
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))
