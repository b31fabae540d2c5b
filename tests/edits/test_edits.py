"""Edits of env files, compared byte by byte. Everything else in the file is read as before."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from configvars.edits import apply_edits, insert_names, remove, rename, set_value, sort
from configvars.edits.write import NewLine, declare_lines
from configvars.secret import Secret
from configvars.syntax.dotenv import parse_env, resolve
from support.env_dialects import read_by_all
from support.properties import env_lines, env_texts, thorough, values

names = st.sampled_from(["A", "B", "FOO", "FOO_BAR", "FOO_BAZ", "NEW", "FOO_NEW"])


def read(text: str) -> dict[str, str | None]:
    """The variables that python-dotenv reads, without interpolation."""
    return {
        b.key: None if b.value is None else b.value.reveal() for b in parse_env(text) if b.key is not None
    }


def resolved(text: str) -> dict[str, Secret | None]:
    return resolve(parse_env(text), {"A": "from the environment"}, override=True)


def errors(text: str) -> int:
    return sum(binding.error for binding in parse_env(text))


def lines(text: str) -> list[str]:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


@pytest.mark.parametrize(
    ("before", "name", "value", "after"),
    [
        # replace
        ("A=1\n", "A", "1", "A=1\n"),
        ("A=1\nB=2\n", "A", "3", "A=3\nB=2\n"),
        ("  export A = 'old'  # why\n", "A", "new", "  export A = new  # why\n"),
        ("A='old'#why\n", "A", "new", 'A="new"#why\n'),
        ("A=old # why\n", "A", "", 'A="" # why\n'),
        ("A= # why\n", "A", "new", "A=new # why\n"),
        ("A=1\nA=2\n", "A", "3", "A=1\nA=3\n"),
        ("A\n", "A", "x", "A=x\n"),
        ("'A' # why\n", "A", "x", "'A'=x # why\n"),
        ("export A#why\n", "A", "x", 'export A="x"#why\n'),
        ("KEY='-----BEGIN\n-----END'\nB=1\n", "KEY", "x", "KEY=x\nB=1\n"),
        ("A=1\r\nB=2", "B", "x\ny", 'A=1\r\nB="x\\ny"'),
        ("\ufeffA=1\n", "A", "2", "\ufeffA=2\n"),
        ("a-b=1\n", "a-b", "2", "a-b=2\n"),
        # a multi-line key without quotes is removed as a whole, and nothing is inserted between its lines
        ("KEY=-----BEGIN A-----\nabc=\n-----END A-----\nB=1\n", "KEY", "x", "KEY=x\nB=1\n"),
        ("KEY=-----BEGIN A-----\nabc=\n-----END A-----\nB=1\n", "KEY_2", "x",
         "KEY=-----BEGIN A-----\nabc=\n-----END A-----\nKEY_2=x\nB=1\n"),
        # insert at the end
        ("", "A", "x", "A=x\n"),
        ("\ufeff", "A", "x", "\ufeffA=x\n"),
        ("B=1\n", "A", "x", "B=1\nA=x\n"),
        ("B=1", "A", "x", "B=1\nA=x"),
        ("B=1\r\nC=2", "A", "x", "B=1\r\nC=2\r\nA=x"),
        ("B=1\r", "A", "x", "B=1\rA=x\r"),
        ("export B=1\n", "A", "x", "export B=1\nexport A=x\n"),
        ("# only words\n", "A", "x", "# only words\nA=x\n"),
        ("B=1\n\n\n", "A", "x", "B=1\n\n\nA=x\n"),
        # insert next to names with the same prefix
        ("M_PORT=1\nM_USER=2\n\nDEBUG=1\n", "M_HOST", "x", "M_PORT=1\nM_USER=2\nM_HOST=x\n\nDEBUG=1\n"),
        ("A_S3_KEY=1\nA_REGION=2\nB=3\n", "A_S3_URL", "x", "A_S3_KEY=1\nA_S3_URL=x\nA_REGION=2\nB=3\n"),
        ("export X_A=1\nB=1\n", "X_B", "x", "export X_A=1\nexport X_B=x\nB=1\n"),
        # insert before the line that interpolates it
        ("A=1\n# where\nURL=http://${HOST}/\n", "HOST", "x", "A=1\nHOST=x\n# where\nURL=http://${HOST}/\n"),
    ],
)  # fmt: skip
def test_set_value(before: str, name: str, value: str, after: str) -> None:
    edits = set_value(before, name, Secret(value))
    assert apply_edits(before, edits) == after
    assert len(edits) == (before != after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("A=1\nC=3\nZ=9\n", "A=1\nB=x\nC=3\nZ=9\n"),
        ("Z=9\nC=3\n", "Z=9\nB=x\nC=3\n"),
        ("Z=9\n# about C\nC=3\n", "Z=9\nB=x\n# about C\nC=3\n"),
        ("Z=9\n", "Z=9\nB=x\n"),
        ("B_1=2\nZ=9\n", "B_1=2\nB=x\nZ=9\n"),
    ],
)
def test_set_value_in_the_order_of_a_template(before: str, after: str) -> None:
    assert apply_edits(before, set_value(before, "B", "x", template_text="# A\nA=\nB=\nC=\n")) == after


@pytest.mark.parametrize("name", ["", "1A", "A B", "A-B", "A=B", "é", "A\n", "'A'", "#A"])
def test_set_value_refuses_an_invalid_name(name: str) -> None:
    with pytest.raises(ValueError, match="not a name"):
        set_value("B=1\n", name, "x")


def test_set_value_does_not_close_an_open_quote() -> None:
    before = 'A="x\nB=1\n'
    assert read(apply_edits(before, set_value(before, "C", "plain"))) == {"B": "1", "C": "plain"}
    with pytest.raises(ValueError, match="quote earlier in the file is never closed") as caught:
        set_value(before, "C", " s3cret ")
    assert "s3cret" not in str(caught.value)


def test_insert_names() -> None:
    before = "MAIL_PORT=25\nDEBUG=1"
    after = apply_edits(before, insert_names(before, ["MAIL_HOST", "DEBUG", "X_B", "X_A", "MAIL_USER"]))
    assert after == "MAIL_PORT=25\nMAIL_HOST=\nMAIL_USER=\nDEBUG=1\nX_B=\nX_A="


def test_insert_names_in_the_order_of_a_template() -> None:
    after = apply_edits("B=2\n", insert_names("B=2\n", ["D", "C", "A"], template_text="A=\nB=\nC=\nD=\n"))
    assert after == "A=\nB=2\nC=\nD=\n"


@pytest.mark.parametrize(
    ("before", "template", "after"),
    [
        ("B=1\nX=1\nB=2\n", "A=\nB=\n", "A=\nB=1\nX=1\nB=2\n"),  # before the first line of B
        ("B=1\nX=1\nB=2\n", "B=\nA=\n", "B=1\nX=1\nB=2\nA=\n"),  # after the last one
        ("B=1\nX=1\n", "A=\nB=\nA=\n", "A=\nB=1\nX=1\n"),  # the first place of A counts
        ("X=${A}\nY=${A}\n", "", "A=\nX=${A}\nY=${A}\n"),  # before the first line that interpolates it
        ("# of X\n# and more\nX=${A}\n", "", "A=\n# of X\n# and more\nX=${A}\n"),
        ("Z=1\nX=1\nY=1\n", "W=\nX=\nY=\nA=\n", "Z=1\nX=1\nY=1\nA=\n"),
        ("export X=1\n", "", "export X=1\nexport A=\n"),
        ("export X=1\nY=1\n", "", "export X=1\nY=1\nA=\n"),
        ("A_B_C=1\nA_D=1\nX=1\n", "", "A_B_C=1\nA_D=1\nA=\nX=1\n"),
    ],
)
def test_the_place_of_a_new_name(before: str, template: str, after: str) -> None:
    assert apply_edits(before, insert_names(before, ["A"], template_text=template)) == after


def test_names_of_a_template_that_the_file_lacks_do_not_change_the_place() -> None:
    before = "A=1\nX=1\nD=1\n"
    after = apply_edits(before, insert_names(before, ["C"], template_text="A=\nB=\nC=\nD=\n"))
    assert after == "A=1\nC=\nX=1\nD=1\n"


def test_the_place_of_a_name_with_a_long_prefix() -> None:
    before = "MAIL_X=1\nMAIL_IN_X=1\nX=1\n"
    assert (
        apply_edits(before, insert_names(before, ["MAIL_IN_Y"])) == "MAIL_X=1\nMAIL_IN_X=1\nMAIL_IN_Y=\nX=1\n"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "# a\nA=\n\n# b\n# B=\n"),
        ("X=1\n", "X=1\n\n# a\nA=\n\n# b\n# B=\n"),
        ("X=1\n\n", "X=1\n\n# a\nA=\n\n# b\n# B=\n"),
        ("X=1\r\n\r\n", "X=1\r\n\r\n# a\r\nA=\r\n\r\n# b\r\n# B=\r\n"),
    ],
)
def test_lines_with_comments_have_a_blank_line_between_them(before: str, after: str) -> None:
    new = [NewLine("A", above=("# a",)), NewLine("B", above=("# b",), commented_out=True)]
    assert apply_edits(before, declare_lines(before, new)) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("A= # why\n", "A='#' # why\n"),
        ("A=1 # why\n", "A='#' # why\n"),
        ("A=1\n", "A='#'\n"),
        ("A=1\nA=2\n", "A=1\nA='#'\n"),
        ("A\n", "A='#'\n"),
        ("A='#'\n", "A='#'\n"),
    ],
)
def test_a_value_with_a_hash(before: str, after: str) -> None:
    assert apply_edits(before, set_value(before, "A", "#")) == after.replace("'#'", '"#"')


def test_no_value_before_a_comment_is_written_with_quotes() -> None:
    assert apply_edits("A=1 # why\n", set_value("A=1 # why\n", "A", "")) == 'A="" # why\n'
    assert apply_edits("A=1\n", set_value("A=1\n", "A", "")) == "A=\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("B=1\n", "B=1\n"),
        ("a=1\nAB=2\n", "a=1\nAB=2\n"),
        ("# A=1\n", "# A=1\n"),
        ("A=1\n", ""),
        ("# why\nA=1 # c\n\nB=2\n", "# why\n\nB=2\n"),
        ("A=1\r\nB=2\r\nA='x\r\ny'\r\n", "B=2\r\n"),
        ("B=2\n\n  export 'A'=1", "B=2\n\n"),
        ("\ufeffA=1\nB=2\n", "\ufeffB=2\n"),
        ("A=-----BEGIN A-----\nabc=\n-----END A-----\nB=2\n", "B=2\n"),
    ],
)
def test_remove(before: str, after: str) -> None:
    assert apply_edits(before, remove(before, "A")) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("AB=1\nXA=${AB}\n# A\n", "AB=1\nXA=${AB}\n# A\n"),
        ("A=1\n", "NEW=1\n"),
        ("export 'A'='${A}' # A\n", "export 'NEW'='${NEW}' # A\n"),
        ('A=1\r\nB="${A}\r\n${A:-A}"\r\nA', 'NEW=1\r\nB="${NEW}\r\n${NEW:-A}"\r\nNEW'),
    ],
)
def test_rename(before: str, after: str) -> None:
    assert apply_edits(before, rename(before, "A", "NEW")) == after


def test_rename_uses_of_a_name_that_another_file_sets() -> None:
    before = "A=${OLD}\nNEW=2\n"
    assert apply_edits(before, rename(before, "OLD", "NEW")) == "A=${NEW}\nNEW=2\n"


def test_rename_refuses_a_name_that_the_file_sets() -> None:
    with pytest.raises(ValueError, match="already has"):
        rename("A=1\nB=2\n", "A", "B")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("A=1\nB=2\n", "A=1\nB=2\n"),
        ("B=2\nA=1\n", "A=1\nB=2\n"),
        ("B=2\nA=1", "A=1\nB=2"),
        ("B=2\r\nA=1", "A=1\r\nB=2"),
        ("B=2\n\nA=1\n", "B=2\n\nA=1\n"),
        ("# Mail\nB=2\nA=1\n", "# Mail\nA=1\nB=2\n"),
        ("# of B\nB=2\n# of A\nA=1\n# end\n", "# of A\nA=1\n# of B\nB=2\n# end\n"),
        ("C=${B}\nA=${C}\nB=1\n", "C=${B}\nA=${C}\nB=1\n"),
        ("Z=1\nB=${Z}\nA=2\n", "A=2\nZ=1\nB=${Z}\n"),
        ("B=1\nA=1\nB=2\n", "A=1\nB=1\nB=2\n"),
        ("B=1\nA=${A}x\n", "A=${A}x\nB=1\n"),
        ("B=${A}\nA=1\n", "B=${A}\nA=1\n"),  # it stays above the line that sets it
        ("B=1\nA=1\nB=${B}\n", "B=1\nA=1\nB=${B}\n"),  # of several lines, one interpolates
        ("# of B\nB=2\n", "# of B\nB=2\n"),
        ("# heading\n# of B\nB=2\n# of A\nA=1\n", "# of A\nA=1\n# heading\n# of B\nB=2\n"),
        ("B=1\nA B\nA=1\n", "B=1\nA B\nA=1\n"),
        ("B='x\ny'\nA=1\n", "B='x\ny'\nA=1\n"),
        ("C='x\nD=1'\nB=1\nA=1\n", "C='x\nD=1'\nA=1\nB=1\n"),
        ("B=1\rA=1\n\n", "B=1\rA=1\n\n"),
        # the lines of a multi-line key without quotes stay together, in their order
        (
            "C=1\nB=1\nKEY=-----BEGIN A-----\nz=\na=\n-----END A-----\nE=1\nD=1\n",
            "B=1\nC=1\nKEY=-----BEGIN A-----\nz=\na=\n-----END A-----\nD=1\nE=1\n",
        ),
        ("B=1\x0cC=2\nA=1\n", "B=1\x0cC=2\nA=1\n"),
        ("\ufeffB=1\nA=1\n", "\ufeffB=1\nA=1\n"),
        ("B=1\n'A'=2\n\"A\"=1\nA=3\n", "'A'=2\n\"A\"=1\nA=3\nB=1\n"),
    ],
)
def test_sort(before: str, after: str) -> None:
    assert apply_edits(before, sort(before)) == after


@pytest.mark.slow
@thorough
@given(env_texts, names, values)
@example("A=1\nB='x'", "A", "'")
def test_after_set_value_only_that_value_differs(text: str, name: str, value: str) -> None:
    try:
        edits = set_value(text, name, value)
    except ValueError:
        assume(errors(text))
        return
    after = apply_edits(text, edits)
    assert resolve(parse_env(after), {}, override=True)[name] == Secret(value)
    assert {**read(after), name: None} == {**read(text), name: None}
    assert errors(after) == errors(text)
    assert sum(len(edit.span.of(text)) for edit in edits) <= len(text)
    assert len(edits) <= 1


@pytest.mark.slow
@thorough
@example('\'FOO="a\nb"\nA', ["A"])
@given(env_texts, st.lists(names))
def test_after_insert_names_the_names_are_set_and_every_line_remains(text: str, wanted: list[str]) -> None:
    after = apply_edits(text, insert_names(text, wanted))
    assert read(after) == dict.fromkeys(wanted, "") | read(text)
    added = [name for name in dict.fromkeys(wanted) if name not in read(text)]
    rest = lines(after)
    for line in lines(text):
        rest.remove(line) if line else None
    assert sorted(line.removeprefix("export ") for line in rest if line) == sorted(
        f"{name}=" for name in added
    )
    if text not in ("", "\ufeff"):
        assert after[-1:] in ("\n", "\r") or text[-1:] not in ("\n", "\r")


@pytest.mark.slow
@thorough
@example('\'FOO="a\nb"\n', False)
@given(env_texts, st.booleans())
def test_after_declare_lines_everything_else_is_read_as_before(text: str, optional: bool) -> None:
    new = [NewLine("FOO_NEWER", above=("# it's why",)), NewLine("ZZ", commented_out=optional)]
    try:
        after = apply_edits(text, declare_lines(text, new))
    except ValueError:
        assume(errors(text))
        return
    given_now = dict.fromkeys(("FOO_NEWER", *(() if optional else ("ZZ",))), "")
    assert read(after) == {**read(text), **given_now}
    assert errors(after) == errors(text)
    assert ("# ZZ=" in lines(after)) == optional


@pytest.mark.slow
@thorough
@given(env_texts, names)
def test_after_remove_only_that_name_is_gone(text: str, name: str) -> None:
    assume("\ufeff" not in text[1:])  # otherwise it would become the byte order mark of the file
    after = apply_edits(text, remove(text, name))
    assert read(after) == {key: value for key, value in read(text).items() if key != name}
    assert errors(after) == errors(text)


@pytest.mark.slow
@thorough
@given(env_texts, names)
def test_after_rename_the_values_are_the_same(text: str, name: str) -> None:
    after = apply_edits(text, rename(text, name, "RENAMED"))
    before = resolve(parse_env(text), {name: "x"}, override=True)
    assert [(("RENAMED" if k == name else k), v) for k, v in before.items()] == list(
        resolve(parse_env(after), {"RENAMED": "x"}, override=True).items()
    )


@pytest.mark.slow
@thorough
@given(env_texts)
@example("B=1\n# c\n\x0bA=1")
def test_after_sort_every_value_and_every_line_remains(text: str) -> None:
    assume("\ufeff" not in text[1:])  # otherwise it would become the byte order mark of the file
    after = apply_edits(text, sort(text))
    assert resolved(after) == resolved(text)
    assert sorted(lines(after)) == sorted(lines(text))
    assert apply_edits(after, sort(after)) == after


@pytest.fixture(scope="module")
def env_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("edits") / ".env"


@pytest.mark.slow
@thorough
@given(text=env_lines)
@example(text="B='x\nA=1'\nA=2\n")
@example(text="\ufeffB=1\nA=1\n")
@example(text="\"B\"=1\nA=1\nB=2\n'B'=3\n")
def test_after_sort_every_reader_reads_the_same(env_file: Path, text: str) -> None:
    after = apply_edits(text, sort(text))
    assert read_by_real_ones(env_file, after) == read_by_real_ones(env_file, text)


def read_by_real_ones(path: Path, text: str) -> dict[str, object]:
    """What the real libraries and `heroku local` read. Not VS Code, whose lines are compared in order."""
    path.write_bytes(text.encode())
    return {name: read for name, read in read_by_all(path).items() if name != "VS Code"}
