"""Imports point one way: kit, then projections, then domain; and domain is pure."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[1]
PACKAGES: Final = ("domain", "projections", "kit")
DOMAIN_MAY_IMPORT: Final = {"domain", "eventsourcing", "msgspec"}
PROJECTIONS_MAY_IMPORT: Final = {"projections", "domain", "msgspec", "numba", "polars"}
COME_WITH_EVENTSOURCING: Final = {"typing_extensions"}
COME_WITH_NUMBA: Final = {"llvmlite", "numpy"}
INPUT_CLOCK_OR_CHANCE: Final = {
    *("asyncio", "http", "multiprocessing", "os", "pathlib", "random", "secrets", "selectors", "shutil", "signal"),
    *("socket", "sqlite3", "ssl", "subprocess", "tempfile", "threading", "time", "urllib"),
}
SAYS_NOTHING: Final = {"common", "helper", "helpers", "misc", "util", "utils"}

# Prints what an import of every module of the packages in argv loads, top-level names only.
LOAD_AND_LIST: Final = """
import importlib, pkgutil, sys
before = set(sys.modules)
for name in sys.argv[1:]:
    package = importlib.import_module(name)
    for module in pkgutil.walk_packages(package.__path__, name + "."):
        importlib.import_module(module.name)
print(*{name.partition(".")[0] for name in set(sys.modules) - before})
"""


def sources(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imported_by(source: Path) -> Iterator[str]:
    """The top-level name of every import in the file, wherever it stands."""
    for node in ast.walk(ast.parse(source.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").partition(".")[0] if not node.level else "a relative import"


def imports_beyond(package: str, allowed: set[str]) -> set[str]:
    """``file: name`` for each import of the package that is not in ``allowed``."""
    return {
        f"{source.relative_to(ROOT)}: {name}"
        for source in sources(package)
        for name in imported_by(source)
        if name not in allowed
    }


def third_parties_loaded_by(*packages: str) -> set[str]:
    command = [sys.executable, "-c", LOAD_AND_LIST, *packages]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return {name for name in done.stdout.split() if not name.startswith("_")} - sys.stdlib_module_names


def declared_dependencies() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    names = (re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in project["dependencies"])
    return {name.replace("-", "_") for name in names}


def test_domain_imports_only_the_standard_library_msgspec_and_eventsourcing() -> None:
    assert imports_beyond("domain", DOMAIN_MAY_IMPORT | sys.stdlib_module_names) == set()


def test_domain_imports_nothing_that_reads_a_clock_a_device_or_chance() -> None:
    assert imports_beyond("domain", (DOMAIN_MAY_IMPORT | sys.stdlib_module_names) - INPUT_CLOCK_OR_CHANCE) == set()


def test_projections_import_only_the_domain_and_what_computes() -> None:
    assert imports_beyond("projections", PROJECTIONS_MAY_IMPORT | sys.stdlib_module_names) == set()


def test_kit_imports_only_what_the_project_declares() -> None:
    assert imports_beyond("kit", {*PACKAGES, *declared_dependencies(), *sys.stdlib_module_names}) == set()


def test_loading_domain_in_a_fresh_interpreter_loads_nothing_else() -> None:
    assert third_parties_loaded_by("domain") <= DOMAIN_MAY_IMPORT | COME_WITH_EVENTSOURCING


def test_loading_projections_in_a_fresh_interpreter_loads_no_edge() -> None:
    loaded = third_parties_loaded_by("domain", "projections")
    assert loaded <= DOMAIN_MAY_IMPORT | PROJECTIONS_MAY_IMPORT | COME_WITH_EVENTSOURCING | COME_WITH_NUMBA


@pytest.mark.parametrize("folder", [*PACKAGES, "tests"])
def test_every_module_is_named_for_what_it_holds(folder: str) -> None:
    names = {name for source in sources(folder) for name in source.relative_to(ROOT).with_suffix("").parts}
    assert names & SAYS_NOTHING == set()
