r"""How each library reads an env file: a table of dialects.

    reading("A=1 # one\n", "python-decouple").of("A")     # the value of A, and where it is written
    values("A=1 # one\n", "python-decouple")["A"]         # only its value

Only the file is read; `Given.rests_on` are variables that would change a value if they were set elsewhere.
`Reading.stops` and `Given.fails` say what raises. `tests/syntax/test_dialects.py` compares the dialects with
the real libraries. `python_dotenv(…)` and `django_environ(…)` return dialects with other options.
The text is what `open()` returns for the file: without a byte order mark that the encoding removes.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from configvars.secret import Secret
from configvars.syntax.dialects.base import Dialect as Dialect
from configvars.syntax.dialects.base import Given as Given
from configvars.syntax.dialects.base import Reading as Reading
from configvars.syntax.dialects.compose import COMPOSE
from configvars.syntax.dialects.heroku_local import HEROKU_LOCAL
from configvars.syntax.dialects.ini import DECOUPLE_INI
from configvars.syntax.dialects.python_dotenv import DYNACONF, PYTHON_DOTENV
from configvars.syntax.dialects.python_dotenv import of_statements as of_statements
from configvars.syntax.dialects.python_dotenv import python_dotenv as python_dotenv
from configvars.syntax.dialects.python_lines import DECOUPLE, DJANGO_ENVIRON, HONCHO, STARLETTE
from configvars.syntax.dialects.python_lines import django_environ as django_environ
from configvars.syntax.dialects.vscode import VSCODE

_ALL = (
    *(PYTHON_DOTENV, DECOUPLE, DECOUPLE_INI, DJANGO_ENVIRON, STARLETTE, DYNACONF, HONCHO),
    *(HEROKU_LOCAL, VSCODE, COMPOSE),
)
DIALECTS: Mapping[str, Dialect] = MappingProxyType({dialect.name: dialect for dialect in _ALL})
"""By name: python-dotenv, python-decouple, python-decouple (settings.ini), django-environ, Starlette, …"""


def reading(text: str, dialect: str | Dialect) -> Reading:
    """How a library reads the text of an env file."""
    return (DIALECTS[dialect] if isinstance(dialect, str) else dialect).read(text)


def values(text: str, dialect: str | Dialect) -> dict[str, Secret | None]:
    """Only the values; empty if the library raises an error."""
    return {name: given.value for name, given in reading(text, dialect).given.items()}
