import re
from collections.abc import Iterable
from datetime import UTC, datetime
from io import StringIO

import pytest
from dotenv import dotenv_values
from hypothesis import given
from hypothesis import strategies as st

from configvars.actions.pull import PullOptions, PullPlan, plan_pull
from configvars.actions.pull_words import addon_question, instead, question, summary
from configvars.edits import apply_edits
from configvars.platforms.base import AppSnapshot, PlatformVariable
from configvars.secret import Secret

ON_SHOP = {
    "SECRET_KEY": "s3cr3t",
    "MAIL_SERVER": "smtp.example.com",
    "DATABASE_URL": "postgres://u:p@db.example.com/x",
    "REDIS_URL": "rediss://cache.example.com",
    "CERT": "-----BEGIN-----\nabc\n-----END-----\n",
}
ADDONS = {"DATABASE_URL": "heroku-postgresql", "REDIS_URL": "heroku-redis"}


def snapshot(values: dict[str, str], *, production: bool = False, addons_known: bool = True) -> AppSnapshot:
    owners = ADDONS if addons_known else {}
    variables = {name: PlatformVariable(Secret(v).facts(), owners.get(name)) for name, v in values.items()}
    return AppSnapshot("heroku", "shop", datetime.now(UTC), variables, production, addons_known)


def plan(
    text: str | None,
    wanted: Iterable[str],
    on_app: dict[str, str] = ON_SHOP,
    *,
    template: str | None = None,
    production: bool = False,
    addons_known: bool = True,
    **options: Iterable[str],
) -> PullPlan:
    app = snapshot(on_app, production=production, addons_known=addons_known)
    values = {name: Secret(value) for name, value in on_app.items()}
    agreed = PullOptions(**{name: frozenset(names) for name, names in options.items()})
    return plan_pull("/shop/.env", text, app, wanted, values, agreed, template)


def rendered(made: PullPlan) -> list[str]:
    return [f"{item.state} {item.name}" for item in made.items]


def after(made: PullPlan, text: str | None) -> str:
    return apply_edits(text or "", made.edit.edits if made.edit else ())


def test_nothing_is_written_if_there_is_nothing_to_do() -> None:
    made = plan("SECRET_KEY=s3cr3t\n", ["SECRET_KEY", "NOPE", "DATABASE_URL"])
    assert rendered(made) == ["same SECRET_KEY", "not-on-app NOPE", "held-back DATABASE_URL"]
    assert made.edit is None


def test_only_the_database_of_the_app_itself_is_held_back() -> None:
    on_app = {"DATABASE_URL": "x", "REPORTS_DATABASE_URL": "x"}
    assert rendered(plan("", on_app, on_app)) == ["held-back DATABASE_URL", "add REPORTS_DATABASE_URL"]


def test_a_different_local_value_is_kept_unless_the_user_agrees() -> None:
    text = "# mine\nSECRET_KEY=dev # why\n"
    assert rendered(plan(text, ["SECRET_KEY"])) == ["conflict SECRET_KEY"]
    made = plan(text, ["SECRET_KEY"], overwrite=["SECRET_KEY"])
    assert rendered(made) == ["replace SECRET_KEY"]
    assert after(made, text) == "# mine\nSECRET_KEY=s3cr3t # why\n"


def test_a_new_file_is_created_with_the_names_asked_for() -> None:
    made = plan(None, ["SECRET_KEY", "MAIL_SERVER"])
    assert made.edit is not None
    assert made.edit.create
    assert after(made, None) == "SECRET_KEY=s3cr3t\nMAIL_SERVER=smtp.example.com\n"


def test_names_are_in_the_order_of_the_template() -> None:
    made = plan("PORT=1\n", ["SECRET_KEY", "MAIL_SERVER"], template="MAIL_SERVER=\nPORT=\nSECRET_KEY=\n")
    assert after(made, "PORT=1\n") == "MAIL_SERVER=smtp.example.com\nPORT=1\nSECRET_KEY=s3cr3t\n"


def test_a_variable_of_an_add_on_is_not_pulled_even_by_name() -> None:
    made = plan("", ["DATABASE_URL", "REDIS_URL"])
    assert [(i.state, i.why) for i in made.items] == [
        ("held-back", "it belongs to the add-on heroku-postgresql"),
        ("held-back", "it belongs to the add-on heroku-redis"),
    ]


def test_a_local_value_is_offered_instead() -> None:
    (item,) = plan("", ["DATABASE_URL"]).items
    assert item.local is not None
    assert item.local.words == "postgresql://localhost/shop"
    made = plan("", ["DATABASE_URL"], use_local=["DATABASE_URL"])
    assert after(made, "") == "DATABASE_URL=postgresql://localhost/shop\n"


def test_the_local_value_of_the_template_comes_first_and_is_not_shown() -> None:
    made = plan("", ["DATABASE_URL"], template="DATABASE_URL=sqlite:///dev.db\n", use_local=["DATABASE_URL"])
    (item,) = made.items
    assert item.local is not None
    assert item.local.words == "the template's value"
    assert after(made, "") == "DATABASE_URL=sqlite:///dev.db\n"


def test_nothing_is_offered_if_there_is_a_local_value() -> None:
    (item,) = plan("DATABASE_URL=sqlite://\n", ["DATABASE_URL"]).items
    assert (item.state, item.local) == ("held-back", None)


@pytest.mark.parametrize(
    ("into", "where"),
    [(".env", ""), ("api/.env", " --into api/.env"), ("my api/.env", " --into 'my api/.env'")],
)
def test_the_command_for_a_terminal_names_the_file(into: str, where: str) -> None:
    message = instead(plan("", ["SECRET_KEY"]), ["SECRET_KEY"], into, "--overwrite")
    assert f"`configvars pull SECRET_KEY --app shop{where} --overwrite`" in message


def test_after_a_yes_a_variable_of_an_add_on_is_pulled() -> None:
    made = plan("", ["DATABASE_URL"], include_addons=["DATABASE_URL"])
    assert after(made, "") == "DATABASE_URL=postgres://u:p@db.example.com/x\n"


def test_if_heroku_does_not_return_the_owner_the_catalogue_does() -> None:
    made = plan("", ["REDIS_URL", "SECRET_KEY"], addons_known=False)
    assert [(i.state, i.why) for i in made.items] == [
        ("held-back", "it usually belongs to heroku-redis"),
        ("add", ""),
    ]


def test_a_database_url_is_not_pulled_even_without_an_add_on() -> None:
    app = AppSnapshot(
        "heroku", "shop", datetime.now(UTC), {"DATABASE_URL": PlatformVariable(Secret("x").facts())}
    )
    made = plan_pull("/shop/.env", "", app, ["DATABASE_URL"], {"DATABASE_URL": Secret("x")})
    assert [(i.state, i.why) for i in made.items] == [("held-back", "it holds the credentials of a database")]


@pytest.mark.parametrize("text", ["", "A='never closed\n"])
def test_names_that_cannot_be_written_are_reported_without_values(text: str) -> None:
    made = plan(text, ["BAD-NAME", "OK"], {"BAD-NAME": "CANARY-1", "OK": "CANARY-2\udc80"})
    assert rendered(made) == ["unwritable BAD-NAME", "unwritable OK"]
    assert "CANARY" not in repr(made) + summary(made, ".env")
    assert made.edit is None


def test_a_file_with_exploding_interpolation_is_not_changed() -> None:
    doubling = "A0=xxxxxxxx\n" + "".join(f"A{n + 1}=${{A{n}}}${{A{n}}}\n" for n in range(40))
    made = plan(doubling, ["SECRET_KEY"])
    assert rendered(made) == ["unwritable SECRET_KEY"]


def test_lines_that_heroku_local_reads_differently_are_reported() -> None:
    (item,) = plan("", ["CERT"]).items
    assert item.elsewhere == "does not support backslash escapes"


def test_the_summary_is_one_sentence() -> None:
    text = "MAIL_SERVER=localhost\nSAME=1\n"
    on_app = {**ON_SHOP, "SAME": "1"}
    made = plan(text, ["SECRET_KEY", "CERT", "MAIL_SERVER", "DATABASE_URL", "SAME", "NOPE"], on_app)
    assert summary(made, ".env") == (
        "Pulled SECRET_KEY and CERT from shop into .env; SAME already has the same value;"
        " kept the local value of MAIL_SERVER; NOPE is not set on shop;"
        " held back DATABASE_URL (it belongs to the add-on heroku-postgresql;"
        " for this machine, use postgresql://localhost/shop);"
        " heroku local reads CERT differently (does not support backslash escapes)."
    )


def test_the_summary_if_nothing_was_pulled() -> None:
    assert summary(plan("", ["NOPE"]), ".env") == "Pulled nothing; NOPE is not set on shop."


def test_the_question_says_that_an_app_is_a_production_app() -> None:
    made = plan("", ["SECRET_KEY", "DATABASE_URL"], production=True)
    assert question(made, ".env") == "Pull SECRET_KEY from the production app shop into .env?"
    assert addon_question(made, "DATABASE_URL", ".env") == (
        "DATABASE_URL of production app shop should not be copied: it belongs to the add-on"
        " heroku-postgresql, and Heroku may change it at any time. Pull it anyway?"
    )
    (item,) = plan("", ["DATABASE_URL"]).items
    assert addon_question(made, "DATABASE_URL", ".env", item.local).endswith(
        " Pull it anyway, or write postgresql://localhost/shop for this machine?"
    )
    assert question(plan("", ["SECRET_KEY"]), ".env") == "Pull SECRET_KEY from Heroku app shop into .env?"


def test_the_question_says_that_a_value_is_local() -> None:
    made = plan("", ["DATABASE_URL"], use_local=["DATABASE_URL"])
    assert question(made, ".env") == "Write a local value for DATABASE_URL into .env?"


LINE_END = r"\r\n|\n|\r"
VALUES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@given(st.dictionaries(st.from_regex(r"[A-C]_?[XY]{1,2}", fullmatch=True), VALUES, max_size=6), st.booleans())
def test_python_dotenv_reads_back_what_heroku_has(values: dict[str, str], crlf: bool) -> None:
    text = "# head\nA_X=old # c\n\nexport ZZ='kept'\nB_Y" + ("=\n# end" if crlf else "=1")
    text = text.replace("\n", "\r\n") if crlf else text
    made = plan(text, values, values, overwrite=values)
    new = after(made, text)
    read = dotenv_values(stream=StringIO(new, newline=""), interpolate=True)
    assert {name: read[name] for name in values} == values
    # not splitlines(): a value may contain characters that splitlines() treats as line endings
    kept = [line for line in re.split(LINE_END, text) if not line.startswith(tuple(values))]
    assert [line for line in re.split(LINE_END, new) if line in kept][: len(kept)] == kept
