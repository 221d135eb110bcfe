"""The documentation says what is so: its tables are current, its examples work, its links lead somewhere."""

import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, get_args

import msgspec
import pytest

from kit.cli.main import kit
from kit.gateway.catalogue import PAYLOADS
from kit.gateway.limits import Limits
from kit.metrics import Metrics
from kit.reference import errors, events, limits
from kit.reference.meanings import METHODS, PARAMS
from kit.reference.methods import all_methods, fields_of
from kit.reference.pages import SECTION, SECTIONS, rewritten
from kit.settings import load_settings
from kit.wire.frames import ErrorCode, Response
from tests.e2e.gateway import PAGE_PRICES, running
from tests.e2e.stranger import Json
from tests.examples import decoded, deviations
from tests.kit.cli.command_line import check_arguments

ROOT: Final = Path(__file__).resolve().parents[1]
PAGES: Final = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
LINK: Final = re.compile(r"\]\((?P<page>[^)#]*)(?:#(?P<anchor>[^)]*))?\)")
HEADING: Final = re.compile(r"^#+ (?P<text>.*)$", re.MULTILINE)


def blocks(page: Path, language: str) -> list[str]:
    """The page's blocks of code in that language."""
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)


def anchors(page: Path) -> set[str]:
    """Where links can lead on the page, as the usual renderers name headings."""
    headings = (found["text"] for found in HEADING.finditer(page.read_text("utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-") for heading in headings}


def commands(page: Path) -> Iterator[list[str]]:
    """The arguments of every ``kit`` that a reader is told to type."""
    for block in blocks(page, "console"):
        for line in block.replace("\\\n", " ").splitlines():
            words = shlex.split(line.removeprefix("$ "), comments=True) if line.startswith("$ ") else []
            while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
                del words[0]
            if words and Path(words[0]).name == "kit":
                yield words[1:]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_generated_sections_are_what_the_code_says_now(page: Path) -> None:
    text = page.read_text("utf-8")
    assert text == rewritten(text), f"{page.name} is stale: make docs"


def test_every_generated_section_stands_on_a_page() -> None:
    written = [found["name"] for page in PAGES for found in SECTION.finditer(page.read_text("utf-8"))]
    assert sorted(written) == sorted(SECTIONS)


def test_words_are_kept_for_what_exists_and_for_nothing_else() -> None:
    params = {(method.name, name) for method in all_methods() for name, _ in fields_of(method.params)}
    needed = {f"{method}.{name}" if f"{method}.{name}" in PARAMS else name for method, name in params}
    assert set(PARAMS) == needed
    assert set(METHODS) == {method.name for method in all_methods()}
    assert set(events.WHEN) == set(PAYLOADS)
    assert set(errors.WHEN) == set(get_args(ErrorCode))
    assert set(limits.EDGE) == {field.name for field in msgspec.structs.fields(Limits)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_pages_and_headings_that_exist(page: Path) -> None:
    for link in LINK.finditer(page.read_text("utf-8")):
        if link["page"].startswith("http"):
            continue
        target = page.parent / link["page"] if link["page"] else page
        assert target.exists(), link[0]
        assert link["anchor"] is None or link["anchor"] in anchors(target), link[0]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_kit_command_has_arguments_that_it_takes(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("token").touch()
    for arguments in commands(page):
        check_arguments(kit, "kit", arguments)


def test_the_configuration_file_shown_is_taken(tmp_path: Path) -> None:
    (shown,) = blocks(ROOT / "docs" / "configuration.md", "toml")
    for name in ("token", "read-token"):
        (tmp_path / name).write_text(f"{name}-of-our-own\n")
    file = tmp_path / "kit.toml"
    file.write_text(shown.replace("/etc/kit", str(tmp_path)))
    settings = load_settings({}, file)
    assert settings.gateway.rate_per_second == 20
    assert settings.market.prices["BTC/USDT"] == 67250


def test_the_metrics_listed_are_those_that_there_are() -> None:
    families = [family for family in Metrics(()).registry.collect() if family.name.startswith("kit_")]
    named = set(re.findall(r"`(kit_\w+)`", (ROOT / "docs" / "operations.md").read_text("utf-8")))
    assert named == {f"{one.name}_total" if one.type == "counter" else one.name for one in families}


async def test_the_recordings_shown_can_be_played(tmp_path: Path) -> None:
    candles, trades = blocks(ROOT / "docs" / "markets.md", "csv")
    (tmp_path / "candles.csv").write_text(candles)
    (tmp_path / "trades.csv").write_text(trades)
    recordings = {"KIT_MARKET": "replay", "KIT_REPLAY": "BTC/USDT=candles.csv,ETH/USDT=trades.csv"}
    with running(tmp_path / "data", **recordings) as gateway:
        async with await gateway.client() as client:
            price = await client.ok("market.data", action="price", pair="ETH/USDT")
            order = await client.ok("trade.execute", action="buy", pair="BTC/USDT", amount=100, type="market")
    assert (price["source"], price["simulated"]) == ("replay", False)
    assert order["status"] == "filled"


@pytest.mark.parametrize("page", ["protocol.md", "risk.md"])
async def test_every_example_of_a_page_is_answered_as_shown(tmp_path: Path, page: str) -> None:
    frames = blocks(ROOT / "docs" / page, "json")
    with running(tmp_path / "data", **PAGE_PRICES) as gateway:
        client = await gateway.stranger()
        for text, following in zip(frames, [*frames[1:], "{}"], strict=True):
            frame = decoded(text)
            if frame["type"] == "req":
                if frame["method"] == "connect":
                    await client.close()
                    client = await gateway.stranger()
                answer = await client.literally(text)
                assert list(deviations(decoded(following), answer)) == []
            elif frame["type"] == "event":
                assert list(deviations(frame, await client.event_frame(has_name(frame["event"])))) == []
            else:
                msgspec.json.decode(text, type=Response)
        await client.close()


def has_name(name: str) -> Callable[[Json], bool]:
    return lambda frame: bool(frame["event"] == name)
