"""The comments of an env file: descriptions of the line below them, and suppressed checks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from configvars.patterns import lazy_pattern
from configvars.secret import Secret
from configvars.syntax.dotenv import Binding

_SUPPRESSION = lazy_pattern(r"#\s*configvars:\s*ignore(?:\s*\[([^\]]*)\]|\s*$)")
_LONGEST = 300  # code points; a longer comment line is not for people to read
# A commented-out line, a former value, a URL with a password, "the password
# is x", and a word that mixes letters and digits as passwords do.
_HOLDS_VALUE = lazy_pattern(
    r"[\w'\"]\s*=|(?-i:\b[A-Z][A-Z0-9_]+:\s)|://[^\s/@]*@"
    r"|^#*\s*(?:was|were|old|ex|prev(?:ious)?(?:ly)?|former(?:ly)?|before|not)\b"
    r"|\b(?:pass(?:word|wd|phrase)?|secret|token|key|pin|value)\s*(?:\bis|\bwas|:)\s*\S+\s*$"
    r"|(?<![\w./-])(?=[\w!@$%^&*+]*[A-Za-z])(?=[\w!@$%^&*+]*\d)[\w!@$%^&*+]{8,}(?![\w/])",
    re.IGNORECASE,
)
_HEADING_WORDS = 6
_TITLE_WORDS = 3
_RULE = lazy_pattern(r"^#+[ \t]*$|[-=*~_]{3,}[ \t]*$|^#+[ \t]*[-=*~_]{2,}")
_COMMENTED_OUT = lazy_pattern(r"#+[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=")
_SEVERAL = lazy_pattern(r"\b(?:variables|settings|values|keys)\b", re.IGNORECASE)
_BELOW = lazy_pattern(r"\bbelow\b", re.IGNORECASE)
_OF_THE_FILE = lazy_pattern(
    r"\.env\b|\bcopy\b|\bthis file\b|\btemplate\b|\benvironment variables\b", re.IGNORECASE
)


def is_comment(binding: Binding) -> bool:
    """Whether a statement is a line that contains only a comment."""
    return binding.key is None and not binding.error and binding.comment_span is not None


def is_attached(comment: Binding, below: Binding) -> bool:
    """Whether the first is a comment line with no blank line between it and the second."""
    return is_comment(comment) and comment.statement.end == below.statement.start


def about(above: Sequence[Binding], name: str, text: str) -> Sequence[Binding]:
    """The comment lines above a statement for `name` that describe it, and not its section or the file.

    An empty comment, a line of dashes, another variable that is commented out or a line about what is below
    ends a comment about something else. At the start of the file, lines that mention the file are about it.
    """
    lines = [binding.comment_span.of(text) if binding.comment_span else "" for binding in above]
    others = (n + 1 for n, line in enumerate(lines) if _is_about_others(line, name))
    first = max(after_rules(lines), *others, 0)
    is_start = first == 0 and bool(above) and not text[: above[0].statement.start].strip("\ufeff")
    if is_start and any(map(_OF_THE_FILE.search, lines)):
        return ()
    return above[first:]


def _is_about_others(line: str, name: str) -> bool:
    if commented_out := _COMMENTED_OUT.match(line):
        return commented_out[1] != name
    several = _SEVERAL.search(line)
    return several is not None and _BELOW.search(line, several.end()) is not None


def after_rules(lines: Sequence[str]) -> int:
    """The index of the first comment line after the last empty one or line of dashes."""
    return next((n + 1 for n in reversed(range(len(lines))) if _RULE.search(lines[n])), 0)


def description(above: Iterable[Binding], binding: Binding, text: str) -> str:
    """The comment lines of a template above a statement, and the comment after it, one on each line.

    Suppressions, lines of dashes and every line that may contain a value are left out: people comment out the
    line with the old password.
    """
    spans = [b.comment_span for b in (*above, binding) if b.comment_span]
    lines = (span.of(text) for span in spans)
    return "\n".join(line.strip("# \t") for line in lines if is_fit_to_show(line))


def suppressed_checks(binding: Binding, text: str) -> frozenset[str] | None:
    """The checks that a comment line suppresses for the statement below it.

    Empty for all checks; None if it suppresses none.
    """
    if not is_comment(binding) or binding.comment_span is None:
        return None
    found = _SUPPRESSION.match(binding.comment_span.of(text))
    if not found:
        return None
    return frozenset(name.strip() for name in (found[1] or "").split(",") if name.strip())


def is_fit_to_show(line: str) -> bool:
    """Whether a comment line is text for people and contains nothing that may be a value."""
    return (
        len(line) <= _LONGEST
        and any(character.isalnum() for character in line)
        and not _SUPPRESSION.match(line)
        and not _HOLDS_VALUE.search(line)
        and not any(Secret(word).facts().looks_random for word in line.split())
    )


def is_heading(words: str) -> bool:
    """Whether a comment of an env file can be shown as the heading of a section: a few plain words.

    Other comments of files with values are never shown: `# the old one was …`.
    """
    parts = words.replace("-", " ").replace("/", " ").split()
    return (
        is_fit_to_show(f"# {words}")
        and 0 < len(parts) <= _HEADING_WORDS
        and words[0].isupper()
        and all(part.strip("(),&:'’").isalpha() or part == "&" for part in parts)
    )


def is_title(comment: str) -> bool:
    """Whether a comment above several lines is the title of all of them, and describes none."""
    return is_heading(comment) and len(comment.split()) <= _TITLE_WORDS
