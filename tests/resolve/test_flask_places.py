"""Where the files of `from_pyfile` may be, and to which code prefixes of `from_prefixed_env` apply."""

from __future__ import annotations

import pytest

from configvars.flask_model import ConfigFlow, ConfigStep
from configvars.limits import PREFIXES
from configvars.resolve.flask_places import is_template, prefixes, prefixes_of, pyfile_templates, pyfiles
from configvars.text import Mark, Span

AT = Span(0, 0)


def flow(*events: ConfigStep, owner: str | None = None, relative: bool = False) -> ConfigFlow:
    mark = Mark(owner) if owner else None
    return ConfigFlow(mark, events, relative=AT if relative else None)


@pytest.mark.parametrize(
    ("it", "file", "expected"),
    [
        (flow(), "/etc/x/../shop.cfg", ["/etc/shop.cfg"]),
        (
            flow(),
            "shop.cfg",
            ["/ws/app/shop.cfg", "/ws/shop.cfg", "/ws/app/instance/shop.cfg", "/ws/instance/shop.cfg"],
        ),
        (
            flow(relative=True),
            "shop.cfg",
            ["/ws/app/instance/shop.cfg", "/ws/instance/shop.cfg"],
        ),
        (
            flow(owner="/ws/__init__.py"),
            "../shop.cfg",
            ["/shop.cfg", "/shop.cfg", "/ws/shop.cfg", "/shop.cfg"],
        ),
    ],
)
def test_the_places_of_a_file(it: ConfigFlow, file: str, expected: list[str]) -> None:
    assert list(pyfiles("/ws/app/main.py", it, file)) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("shop.cfg", False),
        (".cfg.example", False),
        ("shop.py.example", False),
        ("shop.cfg.bak", False),
        ("shop.cfg.example", True),
        ("a/shop.cfg-dist", True),
        ("shop.cfg_template", True),
    ],
)
def test_templates(path: str, expected: bool) -> None:
    assert is_template(path) is expected


TEMPLATES = ("/ws/shop.cfg.example", "/ws/other.cfg.dist")


@pytest.mark.parametrize(
    ("step", "files", "expected"),
    [
        (ConfigStep("from_pyfile", AT, file="shop.cfg"), (), ()),
        (ConfigStep("from_file", AT, file="shop.cfg"), TEMPLATES, ()),
        (ConfigStep("from_pyfile", AT, file="config.py"), TEMPLATES, ()),
        (ConfigStep("from_pyfile", AT, file="here.cfg"), (*TEMPLATES, "/ws/here.cfg"), ()),
        (ConfigStep("from_pyfile", AT, file="shop.cfg"), TEMPLATES, TEMPLATES[:1]),
        (ConfigStep("from_pyfile", AT, file="absent.cfg"), TEMPLATES, TEMPLATES),
        (ConfigStep("from_pyfile", AT), TEMPLATES, TEMPLATES),
        (ConfigStep("from_envvar", AT, variable="X"), TEMPLATES, TEMPLATES),
    ],
)
def test_the_templates_of_files_that_are_loaded(
    step: ConfigStep, files: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert tuple(pyfile_templates([("/ws/app.py", flow(step), step)], files)) == expected


def test_the_prefixes_of_a_folder() -> None:
    def steps(path: str, *names: str | None) -> list[tuple[str, ConfigFlow, ConfigStep]]:
        made = [ConfigStep("from_prefixed_env", AT, prefix=name) for name in names]
        return [(path, flow(*made), step) for step in made]

    found = prefixes([*steps("/ws/b.py", "B", "A", None), *steps("/ws/a.py", "A")])
    assert found == (("/ws/a.py", "A"), ("/ws/b.py", "A"), ("/ws/b.py", "B"))
    many = [f"{number:04}" for number in range(PREFIXES.most + 1)]
    assert [name for _, name in prefixes(steps("/ws/a.py", *reversed(many)))] == many[:-1]


KNOWN = (("/ws/app.py", "ROOT"), ("/ws/shop/a.py", "A"), ("/ws/shop/b.py", "B"), ("/ws/shop/deep/c.py", "C"))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/ws/shop/a.py", ("A",)),
        ("/ws/shop/other.py", ("A", "B")),
        ("/ws/shop/views/x.py", ("A", "B")),
        ("/ws/shop/deep/er/x.py", ("C",)),
        ("/ws/shopping/x.py", ("ROOT",)),
        ("/elsewhere/x.py", ("A", "B", "C", "ROOT")),
    ],
)
def test_the_prefixes_that_apply_to_a_file(path: str, expected: tuple[str, ...]) -> None:
    assert prefixes_of(path, iter(KNOWN)) == expected
