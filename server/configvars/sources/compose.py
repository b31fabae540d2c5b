"""Compose files: the environment of their services, and the programs that they start.

https://docs.docker.com/reference/compose-file/services/: `environment` is a list of `NAME=value` or `NAME`, or a
mapping; `env_file` is a path, or a list of paths or of mappings with `path`; `extends` names a service whose
`environment` and `env_file` come first.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping

from msgspec.structs import replace

from configvars.limits import EXTENDED_SERVICES, beyond
from configvars.model import Example, FileFacts, PresetVariable, Start
from configvars.patterns import lazy_pattern
from configvars.slices import result
from configvars.sources.base import Source
from configvars.sources.mentions import mentioned
from configvars.sources.starts import gifts_within, label_of, starts_of, starts_within
from configvars.syntax.yaml import Yaml, parsing_yaml
from configvars.text import Span

_NAME = lazy_pattern(r"(?:docker-)?compose(?:[._-].+)?\.ya?ml")
_VARIABLE = lazy_pattern(r"[A-Za-z_][A-Za-z0-9_]*")
# `$X`, `${X}`, `${X?message}`: expansions without a default.
_HANDED_ON = lazy_pattern(r"\$(?:(\w+)|\{(\w+)(?::?\?[^}]*)?\})")

_TAG = lazy_pattern(r"[:@]")
# Well-known images, without the names of registries and organizations.
_SERVERS = frozenset(
    {"adminer", "caddy", "cassandra", "clickhouse-server", "consul", "couchdb", "cp-kafka", "elasticsearch"}
    | {"etcd", "grafana", "influxdb", "kafka", "keycloak", "kibana", "localstack", "mailhog", "mailpit"}
    | {"mariadb", "memcached", "minio", "mongo", "mongo-express", "mongodb", "mysql", "mysql-server", "neo4j"}
    | {"nginx", "opensearch", "percona", "pgadmin4", "pgvector", "phpmyadmin", "postgis", "postgres"}
    | {
        "postgresql",
        "prometheus",
        "rabbitmq",
        "redis",
        "timescaledb",
        "traefik",
        "valkey",
        "vault",
        "zookeeper",
    }
)


def _analyzing(path: str, text: str) -> Generator[None, None, FileFacts]:
    root = yield from parsing_yaml(text)
    services = root.get("services") if root is not None else None
    pairs = services.pairs if services is not None else ()
    by_name = {name.text: service for name, service in pairs if name.text}
    starts = (start for name, service in pairs for start in _starts(name, _extended(service, by_name)))
    return FileFacts(path, "mentions", starts=starts_within(starts), mentions=mentioned(text))


def _extended(service: Yaml, services: Mapping[str, Yaml]) -> tuple[Yaml, ...]:
    """A service and those of the same file that it extends, the nearest first."""
    chain = [service]
    while len(chain) < EXTENDED_SERVICES.most:
        base = chain[-1].get("extends")
        name = base.get("service") if base is not None and base.get("file") is None else None
        text = base.text if base is not None and base.text else name.text if name is not None else None
        found = services.get(text) if text else None
        if found is None or found in chain:
            return tuple(chain)
        chain.append(found)
    beyond(EXTENDED_SERVICES)
    return tuple(chain)


def _is_complete(chain: tuple[Yaml, ...]) -> bool:
    """Whether the last service of a chain extends none that is not followed."""
    return chain[-1].get("extends") is None


def _of_first(chain: tuple[Yaml, ...], key: str) -> Yaml | None:
    return next((found for service in chain if (found := service.get(key)) is not None), None)


def _starts(name: Yaml, chain: tuple[Yaml, ...]) -> Iterator[Start]:
    of_others = _is_of_others(chain)
    given = () if of_others else chain
    gifts = gifts_within(gift for service in given for gift in presets_in(service.get("environment")))
    files = tuple(file for service in reversed(chain) for file in _env_files(service.get("env_file")))
    commands = [_of_first(chain, "entrypoint"), _of_first(chain, "command")]
    text = " ".join(word.text or "" for command in commands if command for word in command.texts())
    span = next((command.span for command in commands if command), name.span)
    found = list(starts_of(text.replace("$$", "$"), span, "compose", gifts)) or [
        Start(label_of("Compose service", name.text), name.span, "compose", given=gifts)
    ]
    handed_on = dict.fromkeys(name for service in given for name in _handed_on(service.get("environment")))
    for start in found:
        yield replace(
            start,
            env_files=(*files, *start.env_files),
            of_others=of_others,
            handed_on=tuple(handed_on),
            service=(name.text or "") if _is_complete(chain) else "",
        )


def _is_of_others(chain: tuple[Yaml, ...]) -> bool:
    """Whether a service runs a database or another server, so that no program of the project gets its variables."""
    image = _of_first(chain, "image")
    if image is None or image.text is None or _of_first(chain, "build") is not None:
        return False
    name = image.text.rpartition("/")[2]
    return _TAG.split(name, maxsplit=1)[0] in _SERVERS


def presets_in(environment: Yaml | None) -> Iterator[PresetVariable]:
    """The variables that a list of `NAME=value`, or a mapping, sets.

    A name alone, or `NAME: ${NAME}`, is passed on from the machine that runs Compose, and sets nothing by
    itself. `NAME: ${OTHER}` sets NAME, if only to an empty string.
    """
    if environment is None:
        return
    for key, value in environment.pairs:
        if key.text and value.text != "" and not _is_handed_on(key.text, value.text or ""):
            yield from _gift(key.text, key.span)
    for item in environment.items:
        name, equals, value_text = (item.text or "").partition("=")
        if equals and not _is_handed_on(name, value_text):
            yield from _gift(name, item.span)


def _handed_on(environment: Yaml | None) -> Iterator[str]:
    """The names that a list or mapping passes on: `NAME`, `NAME:` or `NAME: ${NAME}`."""
    if environment is None:
        return
    for key, value in environment.pairs:
        if key.text and value.text is not None and (not value.text or _is_handed_on(key.text, value.text)):
            yield key.text
    for item in environment.items:
        name, equals, value_text = (item.text or "").partition("=")
        if name and (not equals or _is_handed_on(name, value_text)):
            yield name


def _is_handed_on(name: str, value: str) -> bool:
    found = _HANDED_ON.fullmatch(value)
    return found is not None and name in (found[1], found[2])


def _gift(name: str, span: Span) -> Iterator[PresetVariable]:
    if _VARIABLE.fullmatch(name):
        yield PresetVariable(name, span)


def _env_files(listed: Yaml | None) -> Iterator[str]:
    if listed is None:
        return
    yield from (each.text for each in listed.texts() if each.text)
    for item in listed.items:
        path = item.get("path")
        if path is not None and path.text:
            yield path.text


COMPOSE = Source(
    name="compose",
    matches=lambda name: _NAME.fullmatch(name) is not None,
    analyze=lambda path, text: result(_analyzing(path, text)),
    in_slices=_analyzing,
    examples=(
        Example("services: [\n", note="no YAML"),
        Example("volumes:\n  data:\n", note="no service"),
        Example("services:\n  db:\n    image: postgres\n", ("starts Compose service db",)),
        Example(
            "services:\n  db:\n    image: docker.io/bitnami/postgresql:16\n    environment:\n      DB: shop\n",
            ("mentions DB", "starts Compose service db"),
            note="a database, which is no program of the project",
        ),
        Example(
            "services:\n  web:\n    image: shop/postgres-ui\n    environment:\n      DB: shop\n",
            ("mentions DB", "starts Compose service web with DB"),
        ),
        Example(
            "services:\n  web:\n    command: gunicorn -w 4 shop:app\n    env_file: .env\n"
            "    environment:\n      - DEBUG=1\n      - HANDED_ON\n",
            ("mentions DEBUG", "mentions HANDED_ON", "starts gunicorn shop:app after .env with DEBUG"),
        ),
        Example(
            "services:\n  web:\n    command: sh -c 'export $$(cat .env | xargs) && python app.py'\n",
            ("starts python app.py after .env",),
            note="`$$` is the `$` of the shell",
        ),
        Example(
            "services:\n  web:\n    command: [flask, --app, shop, run]\n    env_file:\n      - path: a.env\n"
            "    environment:\n      PORT: 5000\n      NONE:\n",
            ("mentions NONE", "mentions PORT", "starts flask shop after a.env with PORT"),
        ),
        Example(
            "services:\n  web:\n    entrypoint: [gunicorn]\n    command: [shop:app]\n"
            "    environment:\n      A: ${A:?gone}\n      B: ${B?}\n      C: ${C:-1}\n      D: ${E}\n",
            (
                *("mentions A", "mentions B", "mentions C", "mentions D", "mentions E"),
                "starts gunicorn shop:app with C D",
            ),
        ),
        Example(
            "services:\n  web:\n    command: flask run\n    env_file:\n      - path:\n      - path: ''\n      - required: true\n",
            ("starts flask",),
            note="env files without a path",
        ),
        Example(
            "x-all: &all\n  A: 1\nservices:\n  base:\n    env_file: b.env\n    environment:\n      <<: *all\n"
            "  web:\n    extends: {service: base}\n    environment: {B: 2}\n  loop: {extends: loop}\n",
            (
                *("mentions A", "mentions B", "starts Compose service base after b.env with A"),
                *("starts Compose service web after b.env with B A", "starts Compose service loop"),
            ),
            note="anchors, and services that extend others",
        ),
    ),
)
