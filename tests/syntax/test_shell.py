from __future__ import annotations

import pytest

from configvars.syntax.shell import expansions

SILENT = [
    "",
    "$",
    "$$ $1 $@ $?",
    r"\$A \${A}",
    "'$A ${A}'",
    "$(date) `date`",
    "A=1 && echo $A",
    "read A; echo $A",
    "for A in 1 2; do echo $A; done",
    "export A=1; run ${A}",
    "# don't use $A\n",
    "cat <<'END'\n$A\nEND\n",
    "local A; echo $A",
    "read -r A; echo $A",
]
FOUND = [
    ("$A", "A"),
    ("${A}b", "A"),
    ("\"'$A'\"", "A"),
    ("a'$N'b\"$A\"", "A"),
    ("$A$B ${C:-$D}", "A B C- D"),
    ("${A-x} ${A:=x} ${A:?gone} ${A?} ${A#x}", "A- A- A! A! A"),
    ('A="${A:-x}"; echo $A', "A-"),
    ("A=$A:b run $A", "A"),
    ('echo "# $A"', "A"),
    ("echo \"<<'END' $A\"", "A"),
    ("cat <<END\n$A\nEND\n# $B", "A"),
    ("echo x#$A", "A"),
    ("X=$A run $B --opt=$C", "A B C"),
    ("$(echo $A)", "A"),
]


@pytest.mark.parametrize("command", SILENT)
def test_silent(command):
    assert list(expansions(command)) == []


@pytest.mark.parametrize(("command", "expected"), FOUND)
def test_found(command, expected):
    found = list(expansions(command))
    assert " ".join(e.name + "-" * e.defaulted + "!" * e.required for e in found) == expected
    assert all(e.span.of(command) == e.name for e in found)
