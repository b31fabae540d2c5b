"""app.json: the config vars that an app lists, and those that its scripts expand."""

from __future__ import annotations

from collections.abc import Iterator

from configvars.limits import DECLARED, beyond
from configvars.model import AddonUse, Definition, Example, FileFacts, Problem, Reference, Variable
from configvars.secret import Secret
from configvars.sources.base import Source
from configvars.sources.commands import command_references
from configvars.syntax.env_comments import is_fit_to_show
from configvars.syntax.env_names import is_name
from configvars.syntax.json import (
    JsonArray,
    JsonAtom,
    JsonMember,
    JsonObject,
    JsonString,
    JsonValue,
    parse_json,
)


def _analyze(path: str, text: str) -> FileFacts:
    document = parse_json(text)
    manifests = list(_manifests(document.root))
    problems: tuple[Problem, ...] = ()
    if document.error is not None:
        span, why = document.error
        problems = (Problem("syntax-error", span, f"app.json is not valid JSON from here on: {why}"),)
    definitions = tuple(found for manifest in manifests for found in _declarations(manifest))
    if len(definitions) > DECLARED.most:
        beyond(DECLARED)
        return FileFacts(path, "app.json", skipped=f"has more than {DECLARED.most} variables")
    return FileFacts(
        path,
        "app.json",
        references=tuple(found for manifest in manifests for found in _references(manifest)),
        definitions=definitions,
        problems=problems,
        concealed=frozenset(found for manifest in manifests for found in _concealed(manifest)),
        addons=tuple(found for manifest in manifests for found in _addons(manifest)),
        buildpacks=tuple(found for manifest in manifests for found in _buildpacks(manifest)),
    )


def _manifests(root: JsonValue | None) -> Iterator[JsonObject]:
    """The manifest itself and those of its environments, `test` and `review`."""
    if isinstance(root, JsonObject):
        yield root
        environments = root.get("environments")
        if isinstance(environments, JsonObject):
            yield from (m.value for m in environments.members if isinstance(m.value, JsonObject))


def _declarations(manifest: JsonObject) -> Iterator[Definition]:
    env = manifest.get("env")
    if isinstance(env, JsonObject):
        yield from (_declaration(member) for member in env.members if is_name(member.key.value))


def _addons(manifest: JsonObject) -> Iterator[AddonUse]:
    """The entries of `addons`: a plan as a string, or an object with a `plan` and an attachment name `as`."""
    for item in _items(manifest.get("addons")):
        plan = item.get("plan") if isinstance(item, JsonObject) else item
        name = item.get("as") if isinstance(item, JsonObject) else None
        if isinstance(plan, JsonString):
            attached_as = name.value if isinstance(name, JsonString) else None
            yield AddonUse(plan.value.partition(":")[0], plan.inner, attached_as, plan.value)


def _buildpacks(manifest: JsonObject) -> Iterator[str]:
    for item in _items(manifest.get("buildpacks")):
        url = item.get("url") if isinstance(item, JsonObject) else item
        if isinstance(url, JsonString):
            yield url.value


def _items(value: JsonValue | None) -> tuple[JsonValue, ...]:
    return value.items if isinstance(value, JsonArray) else ()


def _concealed(manifest: JsonObject) -> Iterator[Secret]:
    """The keys of `env` that are not valid names, which are not shown."""
    env = manifest.get("env")
    if isinstance(env, JsonObject):
        yield from (Secret(member.key.value) for member in env.members if not is_name(member.key.value))


def _declaration(member: JsonMember) -> Definition:
    entry = member.value
    fields = entry if isinstance(entry, JsonObject) else None
    written = fields.get("value") if fields else entry
    description = fields.get("description") if fields else None
    value = written if isinstance(written, JsonString) else None
    return Definition(
        Variable("env", member.key.value),
        member.key.inner,
        "app.json",
        declaration=True,
        value=Secret(value.value) if value else None,
        value_span=value.inner if value else None,
        statement=member.span,
        comment=_shown(description.value) if isinstance(description, JsonString) else "",
        required=_required(fields),
    )


def _shown(description: str) -> str:
    """The lines of a description that contain no value, because people write old values everywhere."""
    return "\n".join(line for line in description.splitlines() if is_fit_to_show(line))


def _required(fields: JsonObject | None) -> bool | None:
    """Whether somebody has to set it; not if a generator does, whatever `required` says."""
    if fields is None:
        return None
    if fields.get("generator") is not None:
        return False
    word = fields.get("required")
    return word.text == "true" if isinstance(word, JsonAtom) and word.text in ("true", "false") else None


def _references(manifest: JsonObject) -> Iterator[Reference]:
    scripts = manifest.get("scripts")
    if not isinstance(scripts, JsonObject):
        return
    for member in scripts.members:
        entry = member.value.get("command") if isinstance(member.value, JsonObject) else member.value
        if isinstance(entry, JsonString):
            yield from command_references(entry.value, entry.place, "app.json")


APP_JSON = Source(
    name="app.json",
    matches=lambda name: name == "app.json",
    analyze=_analyze,
    examples=(
        Example('{"name": "shop", "addons": ["heroku-postgresql"]}\n', note="no variables"),
        Example('["env"]\n', note="JSON, and no manifest"),
        Example(
            '{"env": {\n  "SECRET_KEY": {"generator": "secret"},\n  "LANG": "de",\n  "A": {"desc',
            ("2:4 SECRET_KEY?", "3:4 LANG?", "4:4 A?"),
            note="an object or just a value; an end that is being typed",
        ),
        Example(
            '{"environments": {"test": {"env": {"T": "1"},\n "scripts": {"test": "run \\"$T\\" $U"}}}}\n',
            ("1:37 T?", "2:30 T optional", "2:35 U optional"),
        ),
    ),
)
