"""Which files a dotted name may stand for, and how often they are looked up."""

from __future__ import annotations

import pytest

from configvars.resolve.modules import Modules

ROOT = "/ws"
FILES = ("app.py", "shop/__init__.py", "shop/models.py", "shop/views/__init__.py", "shop/views/cart.py")


@pytest.fixture
def modules() -> Modules:
    found = Modules(ROOT)
    for name in FILES:
        found.add(f"{ROOT}/{name}")
    return found


def test_a_package_hides_a_module_of_its_name(modules: Modules) -> None:
    modules.add(f"{ROOT}/shop.py")
    assert modules.find(f"{ROOT}/app.py", "shop") == ((f"{ROOT}/shop/__init__.py", ()),)


@pytest.mark.parametrize(
    ("importer", "dotted", "expected"),
    [
        ("app.py", "os.path", None),
        ("shop/views/cart.py", "...models", None),
        ("shop/views/cart.py", "..missing", ("shop/__init__.py", "missing")),
        ("shop/views/cart.py", "shop.models", ("shop/models.py", "")),
        ("shop/views/cart.py", "..models", ("shop/models.py", "")),
        ("app.py", "shop.models.Cart", ("shop/models.py", "Cart")),
    ],
)
def test_a_dotted_name_is_found(
    modules: Modules, importer: str, dotted: str, expected: tuple[str, str] | None
) -> None:
    files = [(path, rest) for path, rest in modules.find(f"{ROOT}/{importer}", dotted) if path is not None]
    likeliest = [(path.removeprefix(f"{ROOT}/"), ".".join(rest)) for path, rest in files[:1]]
    assert likeliest == ([] if expected is None else [expected])


@pytest.mark.parametrize(
    ("importer", "dotted", "expected"),
    [
        ("app.py", "shop.models", "shop.models"),
        ("app.py", ".shop", "shop"),
        ("__init__.py", ".shop", "shop"),
        ("shop/__init__.py", ".models", "shop.models"),
        ("shop/__init__.py", ".", "shop"),
        ("shop/views/cart.py", ".", "shop.views"),
        ("shop/views/cart.py", "..models", "shop.models"),
        ("scripts/run.py", ".tools", "scripts.tools"),
        ("scripts/more/run.py", ".tools", "more.tools"),
    ],
)
def test_the_name_for_every_importer(modules: Modules, importer: str, dotted: str, expected: str) -> None:
    """A folder with a relative import is a package; whether those above it are, `__init__.py` tells."""
    modules.add(f"{ROOT}/__init__.py")
    assert modules.absolute(f"{ROOT}/{importer}", dotted) == expected


def test_modules_that_python_has_already_loaded_are_not_files_of_the_project(modules: Modules) -> None:
    modules.add(f"{ROOT}/os.py")
    assert modules.find(f"{ROOT}/app.py", "os") == ()
    assert modules.find(f"{ROOT}/app.py", ".os") == ((f"{ROOT}/os.py", ()),)


@pytest.mark.parametrize("name", ["ws", "home"])
def test_the_name_of_a_clone_is_not_that_of_a_module(name: str) -> None:
    modules = Modules("/home/ws")
    modules.add("/home/ws/shop/cart.py")
    assert not modules.is_ours(name)
    assert modules.is_ours("shop")
    assert modules.is_ours("cart")


def test_a_folder_that_is_a_package_is_imported_by_its_name(modules: Modules) -> None:
    modules.add(f"{ROOT}/__init__.py")
    assert modules.is_ours("ws")
    modules.remove(f"{ROOT}/__init__.py")
    assert not modules.is_ours("ws")


def test_results_for_one_file_of_a_package_are_shared(modules: Modules) -> None:
    first = modules.find(f"{ROOT}/shop/models.py", "shop.views.cart")
    assert modules.find(f"{ROOT}/shop/views/cart.py", "shop.views.cart") is first


def test_a_new_file_is_found(modules: Modules) -> None:
    assert not any(path for path, _ in modules.find(f"{ROOT}/app.py", "tools"))
    modules.add(f"{ROOT}/tools.py")
    assert modules.find(f"{ROOT}/app.py", "tools") == ((f"{ROOT}/tools.py", ()),)
