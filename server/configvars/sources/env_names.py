"""Recognising env files, templates and well-known env files by their names."""

from __future__ import annotations

import os
import re

from configvars.patterns import lazy_pattern

_ENV_NAME = lazy_pattern(r"\.(?:flask)?env(?:[._-].+)?|.+\.(?:flask)?env|(?:dot)?env[._-].+")
# In English, Portuguese, French, Spanish, Italian, German and Dutch.
_TEMPLATE = (
    r"examples?|sample|template|tmpl|tpl|dist|exemplo|modelo|exemple|modele|ejemplo|plantilla|esempio|modello"
    r"|beispiel|vorlage|muster|voorbeeld"
)
_TEMPLATE_WORD = lazy_pattern(rf"(?:^|[._-])(?:{_TEMPLATE})(?=$|[._-])", re.IGNORECASE)
_TEMPLATE_ENDING = lazy_pattern(rf"(?:[._-](?:{_TEMPLATE}))+$", re.IGNORECASE)
_COPY_ENDING = lazy_pattern(rf"(?:[._-](?:{_TEMPLATE}|bak|backup|copy|old|orig))+$", re.IGNORECASE)
_OF_TESTS = lazy_pattern(r"[._-](?:tests?|testing|e2e|ci)(?=$|[._-])", re.IGNORECASE)
_ENVIRONMENT = (
    r"acceptance|base|beta|canary|ci|common|defaults?|demo|dev|develop|development|docker|e2e|integration"
    r"|live|local|personal|preprod|preview|prod|production|qa|remote|review|sandbox|secrets?|shared|stag|stage"
    r"|staging|test|testing|tests|uat|user"
)
_USUAL = lazy_pattern(
    rf"\.(?:flask)?env(?:[._-](?:{_ENVIRONMENT}|{_TEMPLATE}))*"
    rf"|(?:dot)?env(?:[._-](?:{_ENVIRONMENT}))*(?:[._-](?:{_TEMPLATE}))+",
    re.IGNORECASE,
)

# Endings of other formats: code, markup, patches, pictures, binary formats.
_OTHER_FORMAT = lazy_pattern(
    r"""~$|.\.(?:
    # changes and templates of other languages
    patch|diff|rej|ctmpl|ejs|epp|erb|gotmpl|handlebars|hbs|j2|jinja|jinja2|liquid|mako|mustache|njk|tera|tt
    |twig
    # code
    |astro|bash|bat|c|cc|cjs|class|clj|cljs|cmd|cpp|cs|csh|css|cxx|d|dart|dll|ds|el|elm|erl|ex|exs|fish|fs
    |go|gradle|groovy|h|hpp|hrl|hs|htm|html|ipynb|jar|java|jl|js|jsx|kt|kts|less|lua|m|mjs|ml|mts|nim|nix|nu
    |php|pl|pm|po|ps1|psm1|pxd|py|pyc|pyi|pyo|pyw|pyx|r|rb|rs|sass|scala|scss|sh|sql|svelte|swift|tcl|ts|tsx
    |vb|vim|vue|wasm|zig|zsh
    # data and prose
    |adoc|avro|bson|cfg|csv|db|doc|docx|hcl|ini|ipynb|jks|json|json5|jsonc|jsonl|lock|log|map|md|mdx|ndjson
    |ods|odt|org|parquet|pdf|plist|properties|proto|rst|rtf|sqlite|sqlite3|tex|tf|tfvars|toml|tsv|txt|xls
    |xlsx|xml|xsl|yaml|yml
    # sealed, packed, pictured, left by an editor
    |7z|age|asc|bz2|crt|der|enc|gif|gpg|gz|ico|jpeg|jpg|kdbx|key|lz4|p12|pem|pfx|png|rar|sig|so|sops|svg|swn
    |swo|swp|tar|tgz|vault|webp|xz|zip|zst
    )$""",
    re.IGNORECASE | re.VERBOSE,
)


def is_env_file_name(name: str) -> bool:
    """Whether a file of this name (without its folder) is an env file or a template of one."""
    if not _ENV_NAME.fullmatch(name) or _is_of_other_format(name):
        return False
    return name.startswith(".") or name.endswith((".env", ".flaskenv")) or is_template_name(name)


def is_template_name(name: str) -> bool:
    """Whether a file of this name is a template: `.env.example`, `.env-sample`, `env.dist`."""
    return _TEMPLATE_WORD.search(name) is not None


def is_test_name(name: str) -> bool:
    """Whether the name of an env file says that it is for tests: `.env.test`."""
    return _OF_TESTS.search(name) is not None


def name_in_use(name: str) -> str:
    """The name of the file for which a template or a backup stands: `.env` for `.env.example` and `.env_bak`."""
    return _COPY_ENDING.sub("", name)


def is_backup_name(name: str) -> bool:
    """Whether a file of this name is the old state of an env file: `.env.bak`, `.env.old`."""
    return not is_template_name(name) and name_in_use(name) != name


def copies_of_editors(path: str) -> tuple[str, ...]:
    """The paths at which Emacs and Vim keep copies of a file while it is edited, or afterwards."""
    folder, name = os.path.split(path)
    names = (f"{name}~", f"#{name}#", f".{name.removeprefix('.')}.swp")
    return tuple(os.path.join(folder, each) for each in names)


def is_usual_name(name: str) -> bool:
    """Whether a name is certainly that of an env file: `.env`, `.flaskenv`, `.env.production` and templates."""
    return _USUAL.fullmatch(name) is not None


def _is_of_other_format(name: str) -> bool:
    """Whether a name has the ending of another format; `.env.js.example` is a template of JavaScript."""
    return _OTHER_FORMAT.search(_TEMPLATE_ENDING.sub("", name)) is not None
