"""What the environment and the file say, and in which order they count."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from kit.settings import Secret, Settings, documented, load_settings

STRONG = "0123456789abcdef"

EVERYTHING = {
    "KIT_DATA_DIR": "/var/lib/kit",
    "KIT_DATABASE_URL": "sqlite",
    "KIT_EXCHANGE": "paper",
    "KIT_STABLECOINS": "USDT, USDC",
    "KIT_GATEWAY_HOST": "[::1]",
    "KIT_GATEWAY_PORT": "0",
    "KIT_GATEWAY_TOKEN": "  full-access-0123456 ",
    "KIT_GATEWAY_READ_TOKEN": "read-access-0123456",
    "KIT_GATEWAY_ORIGINS": "https://Kit.example:443,http://localhost:8080",
    "KIT_GATEWAY_HOSTS": "gateway,10.0.0.7",
    "KIT_GATEWAY_RATE_PER_SECOND": "100",
    "KIT_GATEWAY_RATE_PER_MINUTE": "6000",
    "KIT_GATEWAY_MAX_CONNECTIONS": "7",
    "KIT_MARKET": "fixed",
    "KIT_MARKET_SEED": "42",
    "KIT_REPLAY_SPEED": "60",
    "KIT_REPLAY_QUOTE_VOLUME": "BTC/USDT",
    "KIT_REPLAY_START": "2024-03-01",
    "KIT_PRICES": "BTC/USDT=67250,ETH/USDT=3500.5",
    "KIT_PAPER_FUNDS": "USDT=5000,BTC=0.1",
    "KIT_LOG_LEVEL": "DEBUG",
    "KIT_LOG_FORMAT": "json",
}


@pytest.fixture(autouse=True)
def _empty_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def toml(text: str) -> Path:
    file = Path("kit.toml")
    file.write_text(text)
    return file


def test_nothing_configured_is_a_loopback_gateway_with_ten_thousand_paper_usdt() -> None:
    settings = load_settings({})
    assert settings == Settings()
    assert (settings.gateway.host, settings.gateway.port, settings.gateway.token) == ("127.0.0.1", 18_800, None)
    assert (settings.data_dir, settings.exchanges) == (Path("data"), ("paper",))
    assert (settings.market.kind, settings.market.speed) == ("simulated", 1.0)
    assert settings.paper.funds == {"USDT": Decimal(10_000)}
    assert settings.warnings == ()


def test_every_variable_reaches_its_setting() -> None:
    settings = load_settings(EVERYTHING)
    gateway, market = settings.gateway, settings.market
    assert (settings.data_dir, settings.stablecoins) == (Path("/var/lib/kit"), ("USDT", "USDC"))
    assert (gateway.host, gateway.port, gateway.loopback) == ("::1", 0, True)
    assert (gateway.token, gateway.read_token) == (Secret("full-access-0123456"), Secret("read-access-0123456"))
    assert gateway.origins == ("https://kit.example", "http://localhost:8080")
    assert gateway.hosts == ("gateway", "10.0.0.7")
    assert (gateway.rate_per_second, gateway.rate_per_minute, gateway.max_connections) == (100, 6000, 7)
    assert (market.kind, market.seed, market.speed) == ("fixed", 42, 60.0)
    assert market.start == datetime(2024, 3, 1, tzinfo=UTC)
    assert market.quote_volume == ("BTC/USDT",)
    assert market.prices == {"BTC/USDT": Decimal(67250), "ETH/USDT": Decimal("3500.5")}
    assert settings.paper.funds == {"USDT": Decimal(5000), "BTC": Decimal("0.1")}
    assert (settings.logs.level, settings.logs.format) == ("debug", "json")


def test_a_variable_that_is_empty_counts_as_not_set() -> None:
    assert load_settings({"KIT_GATEWAY_TOKEN": "", "KIT_GATEWAY_PORT": " "}) == Settings()


def test_variables_of_other_programs_are_left_alone() -> None:
    assert load_settings({"PATH": "/bin", "KITTY_PID": "1", "MY_KIT_X": "1"}) == Settings()


def test_the_file_in_the_working_directory_is_read_and_the_environment_counts_more() -> None:
    toml('data_dir = "ledger"\n[gateway]\nport = 19000\nhosts = ["kit.lan", "kit"]\n[logs]\nlevel = "error"\n')
    settings = load_settings({"KIT_GATEWAY_PORT": "20000"})
    assert (settings.gateway.port, settings.gateway.hosts) == (20000, ("kit.lan", "kit"))
    assert (settings.data_dir, settings.logs.level) == (Path("ledger"), "error")


def test_the_file_has_tables_for_recordings_prices_and_funds_and_numbers_stay_exact() -> None:
    recording = Path("btc, minutes.parquet")
    recording.touch()
    toml(
        '[market]\nkind = "replay"\nspeed = 2.5\nstart = 2024-03-01T12:00:00+01:00\n'
        '[market.replay]\n"BTC/USDT" = "btc, minutes.parquet"\n'
        '[paper]\nfunds = {USDT = "10000", BTC = 0.100000000000000001}\n'
    )
    settings = load_settings({})
    assert settings.market.replay == {"BTC/USDT": recording}
    assert (settings.market.speed, settings.market.start) == (2.5, datetime(2024, 3, 1, 11, tzinfo=UTC))
    assert settings.paper.funds == {"USDT": Decimal(10000), "BTC": Decimal("0.100000000000000001")}


def test_an_account_can_be_opened_with_nothing() -> None:
    toml("[paper]\nfunds = {}\n")
    assert load_settings({}).paper.funds == {}


def test_kit_config_names_another_file_and_the_argument_counts_more() -> None:
    Path("one.toml").write_text("[gateway]\nport = 1001\n")
    Path("two.toml").write_text("[gateway]\nport = 1002\n")
    toml("[gateway]\nport = 1003\n")
    assert load_settings({"KIT_CONFIG": "one.toml"}).gateway.port == 1001
    assert load_settings({"KIT_CONFIG": "one.toml"}, Path("two.toml")).gateway.port == 1002


def test_a_token_comes_from_a_file_without_its_line_break() -> None:
    Path("token").write_text(f"{STRONG}\n")
    assert load_settings({"KIT_GATEWAY_TOKEN_FILE": "token"}).gateway.token == Secret(STRONG)


def test_a_token_in_the_environment_counts_more_than_a_token_file_in_the_file() -> None:
    toml('[gateway]\ntoken_file = "there is none"\n')
    assert load_settings({"KIT_GATEWAY_TOKEN": STRONG}).gateway.token == Secret(STRONG)


def test_settings_cannot_be_changed() -> None:
    settings = load_settings(EVERYTHING)
    with pytest.raises(AttributeError):
        settings.gateway.port = 1  # type: ignore[misc]
    with pytest.raises(TypeError):
        settings.paper.funds["USDT"] = Decimal(1)  # type: ignore[index]


def test_the_documentation_has_a_line_for_every_variable() -> None:
    lines = {line.name: line for line in documented()}
    assert lines.keys() == EVERYTHING.keys() | {
        "KIT_CONFIG",
        "KIT_GATEWAY_TOKEN_FILE",
        "KIT_GATEWAY_READ_TOKEN_FILE",
        "KIT_REPLAY",
    }
    assert (lines["KIT_GATEWAY_PORT"].default, lines["KIT_GATEWAY_PORT"].key) == ("18800", "gateway.port")
    assert lines["KIT_PAPER_FUNDS"].default == "USDT=10000"
    assert lines["KIT_GATEWAY_TOKEN"].default == "none"
    assert all(line.meaning and line.default for line in lines.values())


def test_the_address_that_clients_are_told_does_not_keep_a_gateway_from_starting() -> None:
    assert load_settings({"KIT_GATEWAY_URL": "ws://127.0.0.1:18800/", "KIT_LANG": "de"}).gateway.port == 18_800
