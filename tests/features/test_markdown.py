"""Text from the user's files is never interpreted as Markdown, and plain text contains no Markdown."""

from __future__ import annotations

import pytest

from configvars.features.markdown import code, plain, unmarked

KEPT = ["a sentence, with words.", ".env:3 (a URL, short)", "postgresql-round-12345", "app/config.py", "50 %"]
ESCAPED = {
    "[x](command:y)": r"\[x\](command:y)",
    "<img src=x>": r"\<img src=x\>",
    "http://h.example": r"http\://h.example",
    "WWW.h.example": r"WWW\.h.example",
    "me@h.example": r"me\@h.example",
    "&lt;": r"\&lt;",
    "`x` *y* _z_": r"\`x\` \*y\* \_z\_",
    "two\nlines": "two lines",
}


@pytest.mark.parametrize("text", KEPT)
def test_words_stay_as_they_are(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(("text", "escaped"), ESCAPED.items())
def test_markup_is_escaped(text: str, escaped: str) -> None:
    assert plain(text) == escaped


def test_plain_text_has_no_markup() -> None:
    assert unmarked(f"**{code('A_B')}** {plain('<x> & [y](z)')}\n- {code('.env:1')}: text") == (
        "A_B <x> & [y](z)\n- .env:1: text"
    )


NAMES = ["its value comes from SECRET_KEY", r"C:\_x\*", r"a\\_b", "__x__"]


@pytest.mark.parametrize("text", [*KEPT, *ESCAPED, *NAMES])
def test_escaped_text_becomes_plain_again(text: str) -> None:
    assert unmarked(plain(text)) == " ".join(text.split())
