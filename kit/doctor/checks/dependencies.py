"""Whether the packages that kit is built on are there, within their bounds, and in the versions tested together."""

from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Final

import kit
from kit.doctor.examining import Beat
from kit.doctor.finding import Finding, ok, problem, warning
from kit.doctor.requirements import Requirement, read_constraints, read_requirement
from kit.doctor.scene import Scene
from kit.version import DISTRIBUTION

CONSTRAINTS: Final = Path(kit.__file__).parents[1] / "constraints.txt"  # Beside the source; a wheel has none.
INSTALL: Final = "pip install -c constraints.txt ."


def dependencies(scene: Scene, beat: Beat) -> Iterator[Finding]:
    try:
        declared = requires(DISTRIBUTION) or []
    except PackageNotFoundError:
        yield warning("which versions kit needs is not known, since it is not installed", INSTALL)
        return
    tested = read_constraints(CONSTRAINTS.read_text("utf-8")) if CONSTRAINTS.exists() else {}
    needed = [requirement for line in declared if not (requirement := read_requirement(line)).extra]
    yield from findings((one, installed(one.name), tested.get(one.name)) for one in needed)


def findings(packages: Iterable[tuple[Requirement, str | None, str | None]]) -> Iterator[Finding]:
    """For each package what is needed, what is installed, and what was tested, None where that is not known."""
    well = []
    for needed, found, tested in packages:
        facts = {"name": needed.name, "bounds": needed.bounds, "found": found, "tested": tested}
        if found is None:
            if not needed.conditional:  # Not every platform has it, and kit does without.
                yield problem("{name} is missing; kit needs {bounds}", INSTALL, **facts)
        elif not needed.allows(found):
            yield problem("{name} is {found}; kit needs {bounds}", INSTALL, **facts)
        elif tested not in (None, found):
            yield warning("{name} is {found}; {bounds} will do, and {tested} was tested", INSTALL, **facts)
        else:
            well.append(f"{needed.name} {found} ({needed.bounds})")
    if well:
        yield ok("{packages}", packages=", ".join(well))


def installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
