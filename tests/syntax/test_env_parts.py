"""Lines that are parts of one value, but that python-dotenv reads as separate statements."""

from __future__ import annotations

import pytest

from configvars.syntax.dotenv import parse_env
from configvars.syntax.env_parts import parts

BEGIN, END = "-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----"
BODY = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC\nabcDEF+/ghi==\nabc=\nABC=\nQ==\n"


def rendered(text: str) -> str:
    """The kind of part of each statement, by its first letter: ``.`` for none, a capital for the first
    part.
    """
    letters = []
    for binding, part in parts(parse_env(text), text):
        letter = part.kind[0] if part else "."
        letters.append(letter.upper() if part and part.begins_with(binding) else letter)
    return "".join(letters)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A=1\nB\n# c\nD E\n", "...."),
        (f'K="{BEGIN}\n{BODY}{END}"\nA=1\n', ".."),
        (f"K='{BEGIN}\\n{BODY.split()[0]}\\n{END}\\n'\nlow=1\n", ".."),
        (f"K={BEGIN}\\n{BODY.split()[0]}\\n{END}\nlow=1\n", ".."),
        (f"K={BEGIN}...\nlow=1\n", ".."),
        (f'K="{BEGIN}"\nlow=1\n', ".."),
        (f"K={BEGIN}\nlow=1\n{BODY}", "..Fffff"),
        (f"# with the lines {BEGIN} and {END}\nA=1\n", ".."),
        (f"# from {BEGIN} on\nlow=1\n", ".."),
        ("SECRET=" + "aB1" * 20 + "\nlow=\nA=1\n", "..."),
        ("lowercase\nlow=\n", ".."),
        ("A='x\nB=1\n", ".."),
        ("A='x\nb=1\n", ".."),
    ],
)
def test_statements_that_are_not_parts(text: str, expected: str) -> None:
    assert rendered(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"K={BEGIN}\n{BODY}{END}\nA=1\n", "Kkkkkkk."),
        (f'K="{BEGIN}\n{BODY}{END}\nA=1\n', "Kkkkkkk."),
        (f"K='{BEGIN}\n{BODY}{END}'x\nA=1\n", ".."),
        (f'K="{BEGIN}"\n{BODY}{END}\nA=1\n', "Kkkkkkk."),
        (f"K=\n{BEGIN}\n{BODY}{END}\nA=1\n", "Kkkkkkkk."),
        (f'K="\n{BEGIN}\n{BODY}{END}\nA=1\n', "Kkkkkkkk."),
        (f"{BEGIN}\n{BODY}{END}\nA=1\n", "Kkkkkkk."),
        (f"# K={BEGIN}\n{BODY}{END}\nA=1\n", "Kkkkkkk."),
        (f"K={BEGIN}\nProc-Type: 4,ENCRYPTED\n\n{BODY}{END}\nA=1\n", "Kkkkkkkk."),
        (f"K={BEGIN}\n{BODY}{END}\n{BEGIN}\n{BODY}{END}\nA=1\n", "K" + "k" * 13 + "."),
        (f"K={BEGIN}\n{BODY}{END}\nL={BEGIN}\n{BODY}{END}\nA=1\n", "KkkkkkkKkkkkkk."),
        (f"K={BEGIN}\r\n{BODY}{END}\r\nA=1\r\n".replace("\n", "\r\n").replace("\r\r", "\r"), "Kkkkkkk."),
        (f"K={BEGIN}\n{BODY}{END}\nA=1\n".replace("\n", "\r"), "Kkkkkkk."),
        (f"K={BEGIN}\n{BODY}{END}", "Kkkkkkk"),
    ],
)
def test_a_private_key_goes_from_begin_to_end(text: str, expected: str) -> None:
    assert rendered(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"K={BEGIN}\n{BODY}AFTER=1\nlow=1\n", "Kkkkkk.."),
        (f"K={BEGIN}\n{BODY}low=1\nexport AFTER = \n", "Kkkkkkk."),
        (f"K={BEGIN}\n{BODY}", "Kkkkkk"),
        (f"K={BEGIN}\n{BODY}\nL={BEGIN}\n{BODY}{END}\n", "KkkkkkKkkkkkk"),
    ],
)
def test_a_private_key_without_end_goes_to_the_next_upper_case_name(text: str, expected: str) -> None:
    assert rendered(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A='x\nlow\nSWORDFISH\nwith blanks\nabc==\nb=1\n", "Qqqqq."),
        ('A="x\nlow\n', "Qq"),
        ("CERT=" + "aB1" * 20 + "\n" + "cD2" * 20 + "\nx9=\nlow=1\n", ".Ff."),
        ("CERT=" + "aB1" * 20 + "\nKQ\nA=1\n", ".F."),
        ("f2c1e7ab40d58c3e6f1a7b2\nab=\nA=1\n", "Ff."),
    ],
)
def test_fragments_without_begin_and_end(text: str, expected: str) -> None:
    assert rendered(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        f"a={BEGIN}\n" * 20_000,
        f"K={BEGIN}\nAB=\n" * 20_000,
        f"K={BEGIN}\n" + "abc=\n" * 50_000,
        "-" * 1_000_000,
        " 'x'='\n" * 20_000,
        "a='\n abc=\n" * 20_000,
        "aB1" * 20 + "\n" + "ab\n" * 50_000,
        "A=\n" + "\n" * 500_000,
    ],
    ids=lambda text: ascii(text[:6]),
)
@pytest.mark.slow
@pytest.mark.timeout(120)  # quadratic time would be many minutes
def test_no_file_takes_too_long(text: str) -> None:
    bindings = parse_env(text)
    assert sum(1 for _ in parts(bindings, text)) == len(bindings)
