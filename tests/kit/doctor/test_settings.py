"""The settings and the files that hold secrets."""

from pathlib import Path

import pytest

from kit.doctor.scene import Scene
from tests.kit.doctor.scenes import examine

TOKEN = "a-token-nobody-may-see"


@pytest.fixture(autouse=True)
def _empty_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def found(name: str, **environ: str) -> list[tuple[str, str]]:
    return [(line.level, line.detail) for line in examine(Scene(environ), name)]


def test_nothing_set_is_well() -> None:
    assert found("settings") == [("ok", "nothing is set: the defaults hold")]


def test_every_setting_is_told_with_where_it_stands_and_no_secret_is() -> None:
    Path("kit.toml").write_text(f'[gateway]\nport = 18801\ntoken = "{TOKEN}"\n')
    Path("read").write_text("another-token-of-mine")
    told = found("settings", KIT_GATEWAY_PORT="18802", KIT_GATEWAY_READ_TOKEN_FILE="read", KIT_GATEWAY_URL="ws://x")
    ((level, detail),) = told
    assert level == "ok"
    assert detail == (
        "kit.toml: gateway.port=18801, gateway.token=***; KIT_GATEWAY_URL=ws://x; "
        "KIT_GATEWAY_PORT=18802 (over the file); KIT_GATEWAY_READ_TOKEN_FILE=read"
    )


def test_everything_wrong_is_a_problem_and_what_is_unwise_a_warning() -> None:
    told = found("settings", KIT_GATEWAY_PORT="http", KIT_GATEWAY_TOKN=TOKEN, KIT_PRICES="BTC/USDT=1")
    assert told == [
        ("problem", "KIT_GATEWAY_TOKN is not a setting; did you mean KIT_GATEWAY_TOKEN?"),
        ("problem", "KIT_GATEWAY_PORT is 'http': must be a whole number from 0 to 65535"),
        ("warning", "KIT_PRICES is set and not used: KIT_MARKET is 'simulated', not 'fixed'"),
    ]


def test_a_token_and_its_file_at_once_are_contradictory() -> None:
    Path("token").write_text(TOKEN)
    told = found("settings", KIT_GATEWAY_TOKEN=TOKEN, KIT_GATEWAY_TOKEN_FILE="token")
    assert told == [("problem", "KIT_GATEWAY_TOKEN and KIT_GATEWAY_TOKEN_FILE are both set: one must go")]


@pytest.mark.parametrize(
    ("mode", "level"), [(0o600, "ok"), (0o400, "ok"), (0o640, "warning"), (0o604, "problem"), (0o644, "problem")]
)
def test_a_token_file_that_others_can_read_is_told(mode: int, level: str) -> None:
    file = Path("token")
    file.write_text(TOKEN)
    file.chmod(mode)
    ((told, detail),) = found("secrets", KIT_GATEWAY_TOKEN_FILE="token")
    assert told == level
    assert "token" in detail
    assert TOKEN not in detail


def test_a_configuration_file_with_a_token_in_it_counts_as_one_that_holds_a_secret() -> None:
    file = Path("kit.toml")
    file.write_text("[gateway]\nport = 1\n")
    file.chmod(0o644)
    assert found("secrets") == [("ok", "no file holds a token")]
    file.write_text(f'[gateway]\nread_token = "{TOKEN}"\n')
    ((level, detail),) = found("secrets")
    assert (level, detail) == (
        "problem",
        "kit.toml holds a token, and every user of this machine can read or change it",
    )
