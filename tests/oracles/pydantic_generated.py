"""Generates settings classes: options × kinds of fields × aliases × nested models."""

from __future__ import annotations

from hypothesis import strategies as st

from oracles.pydantic_examples import settings

_OPTIONS = (
    ("env_prefix='APP_'", "env_prefix='x'"),
    ("env_nested_delimiter='__'",),
    ("env_nested_max_split=1",),
    ("case_sensitive=True",),
    ("populate_by_name=True", "validate_by_name=True"),
    ("env_prefix_target='all'",),
)
_SHAPES = (
    "str",
    "int = 1",
    "Optional[str] = None",
    "list[int] = []",
    "dict[str, int] = {}",
    "Db",
    "Db = Db(host='h')",
    "Optional[Db] = None",
)
_ALIASES = (
    "",
    "",
    "",
    "alias='Outer'",
    "validation_alias='OUTER_2'",
    "validation_alias=AliasChoices('First', 'SECOND')",
)
_NAMES = ("name", "Other", "db_url")


@st.composite
def pydantic_settings(draw: st.DrawFn) -> str:
    """A settings class with up to three fields."""
    options = [draw(st.sampled_from(group)) for group in _OPTIONS if draw(st.booleans())]
    if "env_nested_max_split=1" in options and "env_nested_delimiter='__'" not in options:
        options.remove("env_nested_max_split=1")
    lines = [f"model_config = SettingsConfigDict({', '.join(options)})"]
    aliases = list(_ALIASES)
    for name in draw(st.lists(st.sampled_from(_NAMES), min_size=1, max_size=2, unique=True)):
        shape, _, default = draw(st.sampled_from(_SHAPES)).partition(" = ")
        alias = draw(st.sampled_from(aliases))
        if alias:
            aliases.remove(alias)
        if alias:
            default = f"Field({', '.join(filter(None, (default, alias)))})"
        lines.append(f"{name}: {shape} = {default}" if default else f"{name}: {shape}")
    inner = draw(st.sampled_from(("", "alias='Host2'", "validation_alias=AliasChoices('H1', 'H2')")))
    host = f"host: str = Field({inner})" if inner else "host: str"
    config = "model_config = ConfigDict(populate_by_name=True)"
    before = f"class Db(BaseModel):\n    {config}\n    {host}\n    port: int = 1\n"
    return settings("\n".join(lines), before=before)
