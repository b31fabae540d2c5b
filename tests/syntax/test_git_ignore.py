import pytest

from configvars.syntax.git_ignore import IgnoreFile, parse_ignore, verdict


def said(pattern: str, path: str, *, folder: bool = False, ignore_case: bool = False) -> bool | None:
    patterns = parse_ignore(pattern.encode(), ignore_case=ignore_case)
    return verdict(path.encode(), folder, [IgnoreFile(b"", patterns)])


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("", ".env"),
        ("# .env", ".env"),
        (".env/", ".env"),
        ("/.env", "app/.env"),
        (".env", ".envrc"),
        (".env", ".ENV"),
        ("*.env", "env"),
        ("env", ".env"),
        ("app/.env", "other/app/.env"),
        ("app/*", "app/sub/.env"),
        ("?env", "żenv"),  # two bytes
        (".env\\ ", ".env"),
        (".env\t", ".env"),
        ("[", "["),
        ("[!.]env", ".env"),
        (r"[\^.]env", "aenv"),
        ("\\", "\\"),
        ("/", ".env"),
        ("!", ".env"),
        ("a/**", "a"),
    ],
)
def test_patterns_that_do_not_match(pattern: str, path: str) -> None:
    assert said(pattern, path) is None


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        (r"[\^.]env", ".env"),
        (r"[\\.]env", "\\env"),
        (r"[a\]]env", "]env"),
        (".env", ".env"),
        (".env", "deep/down/.env"),
        ("/.env", ".env"),
        (".env*", ".env.local"),
        ("*.env", "prod.env"),
        (".env\r\n", ".env"),
        ("\ufeff.env", ".env"),
        (".env   ", ".env"),
        (".env\\ ", ".env "),
        ("\\#env", "#env"),
        ("\\!env", "!env"),
        ("app/.env", "app/.env"),
        ("**/.env", ".env"),
        ("**/.env", "a/b/.env"),
        ("a/**/.env", "a/.env"),
        ("a/**/.env", "a/b/c/.env"),
        ("a/**", "a/b/.env"),
        (".en[a-v]", ".env"),
        (".en[[:alpha:]]", ".env"),
        ("*", ".env"),
    ],
)
def test_patterns_that_match(pattern: str, path: str) -> None:
    assert said(pattern, path) is True


def test_the_last_pattern_wins() -> None:
    assert said(".env*\n!.env.example", ".env.example") is False
    assert said("!.env.example\n.env*", ".env.example") is True


def test_a_folder_pattern_matches_folders() -> None:
    assert said("env/", "env", folder=True) is True


def test_case_is_ignored_if_the_file_system_ignores_it() -> None:
    assert said(".ENV", ".env", ignore_case=True) is True
