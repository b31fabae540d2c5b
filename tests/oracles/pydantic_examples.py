"""A text for each way in which a settings class says what it reads; the library is asked what that is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Example:
    """`since` is the release that first takes the text."""

    name: str
    text: str
    since: tuple[int, ...] = (2, 0)


_HEAD = (
    "from pydantic import BaseModel, Field\nfrom pydantic_settings import BaseSettings, SettingsConfigDict\n"
)


def _settings(body: str, *, before: str = "", call: str = "S()") -> str:
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return f"{_HEAD}{before}class S(BaseSettings):\n{lines}def main():\n    return {call}\n"


EXAMPLES = (
    Example("plain", _settings("host: str\nport: int = 1\ndsn: str | None = None")),
    Example("prefix", _settings("model_config = SettingsConfigDict(env_prefix='APP_')\nhost: str")),
    Example("case", _settings("model_config = SettingsConfigDict(case_sensitive=True)\nHost: str")),
    Example("alias", _settings("model_config = {'env_prefix': 'A_'}\nkey: str = Field(alias='API_KEY')")),
)
