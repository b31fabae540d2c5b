"""Shell scripts: the variables that they expand, the programs that they start, and all other names that they mention."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from configvars.model import Example, FileFacts, Need, Reference, Variable
from configvars.patterns import lazy_pattern
from configvars.sources.base import Source
from configvars.sources.shell_needs import Stretch, needing
from configvars.sources.shell_starts import script_starts
from configvars.sources.starts import starts_within
from configvars.syntax.env_names import is_upper_name
from configvars.syntax.shell import Expansion, assigned_names, expansions

KIND = "shell"
_NAME = lazy_pattern(r".*\.(?:sh|bash|zsh|ksh)")
# Variables that the shell itself sets.
_OF_SHELL = frozenset(
    {
        *(
            "BASHPID",
            "BASH_REMATCH",
            "BASH_SOURCE",
            "BASH_VERSION",
            "COMP_WORDS",
            "COMPREPLY",
            "DIRSTACK",
            "EUID",
        ),
        *(
            "FUNCNAME",
            "GROUPS",
            "HISTFILE",
            "HOSTTYPE",
            "IFS",
            "LINENO",
            "MACHTYPE",
            "OPTARG",
            "OPTIND",
            "OSTYPE",
        ),
        *("PIPESTATUS", "PPID", "PS1", "PS4", "RANDOM", "REPLY", "SECONDS", "UID", "ZSH_VERSION"),
    }
)
_WORD = lazy_pattern(r"\b[A-Z][A-Z0-9_]*\b", re.ASCII)


def _analyze(path: str, text: str) -> FileFacts:
    own = assigned_names(text)
    stretches = list(needing(text))
    references = tuple(
        Reference(Variable("env", found.name), found.span, KIND, need=need)
        for found in expansions(text)
        if is_upper_name(found.name)
        and found.name not in _OF_SHELL
        and (need := _need(found, () if found.name in own else stretches))
        and (need is not Need.OPTIONAL or found.name not in own)
    )
    mentions = frozenset(_WORD.findall(text))
    starts = starts_within(script_starts(text))
    return FileFacts(path, KIND, references, mentions=mentions, starts=starts)


def _need(found: Expansion, stretches: Sequence[Stretch]) -> Need:
    """The need of an expansion of a variable that the script does not set; some stretches fail without it."""
    at = bisect_right(stretches, found.span.start, key=lambda each: each.start) - 1
    around = stretches[at] if at >= 0 and found.span.start < stretches[at].end else None
    if around is not None and (around.tested or not found.defaulted):
        return Need.REQUIRED
    return need_of(defaulted=found.defaulted, required=found.required)


def need_of(*, defaulted: bool, required: bool) -> Need:
    """The need of an expansion in a shell: only `${X:?}` certainly fails."""
    return Need.DEFAULTED if defaulted else Need.REQUIRED if required else Need.OPTIONAL


SHELL_SCRIPT = Source(
    name=KIND,
    matches=lambda name: _NAME.fullmatch(name) is not None,
    analyze=_analyze,
    examples=(
        Example("for a in $1; do echo $a ${#a}; done\n", note="its own variables"),
        Example(
            "export A=1 \\\r\n  B=2\r\npython app.py\r\n",
            ("mentions A", "mentions B", "starts python app.py with A B"),
            note="Windows line endings",
        ),
        Example("export A=1\nnpm start\n", ("mentions A",), note="starts no Python program"),
        Example(
            "set -a\n. ./.env\nset +a\ncd web\nexport A=1 \\\n  B=2\nif true; then\n  C=3 exec gunicorn shop:app\nfi\n",
            (
                *("mentions A", "mentions B", "mentions C"),
                "starts gunicorn shop:app in web after ../.env with A B C",
            ),
            note="variables that it exports before it starts a program",
        ),
        Example(
            "source a.env\nexport $(grep -v '^#' b.env | xargs)\npython app.py\nexport LATE=1\n",
            ("mentions LATE", "starts python app.py after b.env"),
            note="`source` alone exports nothing",
        ),
        Example(
            'cat <<EOF\nexport A=1\nEOF\n# export B=1\nexport C=1\ncd "$(dirname "$0")/../web"\npython app.py\n'
            "cd $HOME\npython app.py\n",
            (
                *("8:5 HOME optional", "mentions A", "mentions B", "mentions C", "mentions EOF"),
                *("mentions HOME", "starts python app.py in ../web with C", "starts python app.py with C"),
            ),
            note="from its own folder, and from an unknown folder",
        ),
        Example(
            "set -u\nif true; then\n  run $A\nfi\nf() {\n  run $B\n}\ntrue || run $C\nset +u\nrun $D\n",
            (
                *("3:8 A optional", "6:8 B optional", "8:14 C optional", "10:6 D optional"),
                *("mentions A", "mentions B", "mentions C", "mentions D"),
            ),
            note="it is not certain that this runs while `set -u` holds",
        ),
        Example(
            'if [ -z "${A:-}" ] || [ -z "$B" ]; then\n  echo no\n  exit 1\nfi\n[ -n "$C" ] || exit 1\n'
            '[ -z "$D" ] && echo no\nif [ -z "$E" ]; then\n  exit 0\nfi\n',
            (
                *(
                    "1:12 A required",
                    "1:30 B required",
                    "5:8 C required",
                    "6:8 D optional",
                    "7:11 E optional",
                ),
                *("mentions A", "mentions B", "mentions C", "mentions D", "mentions E"),
            ),
            note="tests before which nothing ends the script",
        ),
        Example(
            'set -eu\n: "${APP:?}"\nPORT=${PORT:-80}\nDIR=/tmp\nrun $HOST $DIR $RANDOM # $NOT\n',
            (
                *("2:6 APP required", "3:8 PORT defaulted", "5:6 HOST required"),
                *("mentions APP", "mentions DIR", "mentions HOST", "mentions NOT", "mentions PORT"),
                "mentions RANDOM",
            ),
        ),
    ),
)
