"""What the gateway does not start with, and how it says so."""

from pathlib import Path

import pytest

from kit.settings import SettingsError, load_settings

STRONG = "0123456789abcdef"
OPEN_TO_THE_NETWORK = (
    "KIT_GATEWAY_HOST is '0.0.0.0', which other machines can reach: "
    "KIT_GATEWAY_TOKEN must be set, to at least 16 characters"
)
CANARY = "canary\u00e9-5f3a"


@pytest.fixture(autouse=True)
def _empty_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def problems(environ: dict[str, str], toml: str = "") -> tuple[str, ...]:
    Path("kit.toml").write_text(toml)
    with pytest.raises(SettingsError) as refused:
        load_settings(environ)
    assert refused.value.exit_code == 78
    return refused.value.problems


@pytest.mark.parametrize(
    ("variable", "value", "expected"),
    [
        ("KIT_GATEWAY_PORT", "65536", "must be a whole number from 0 to 65535"),
        ("KIT_GATEWAY_PORT", "٨٠", "must be a whole number from 0 to 65535"),
        ("KIT_GATEWAY_RATE_PER_SECOND", "0", "must be a whole number from 1 to 1000000"),
        ("KIT_GATEWAY_HOST", "127.0.0.1:80", "must be a host name or an IP address, without a port"),
        ("KIT_GATEWAY_HOSTS", "ok,http://x", "http://x must be a host name or an IP address, without a port"),
        ("KIT_GATEWAY_ORIGINS", "null", "null must be an origin such as https://example.org:8443, without a path"),
        ("KIT_GATEWAY_ORIGINS", "*", "* must be an origin such as https://example.org:8443, without a path"),
        ("KIT_DATA_DIR", "~/kit", "must be a path, written without ~"),
        ("KIT_EXCHANGE", "paper,binance", "binance is not available in this version, which has paper"),
        ("KIT_STABLECOINS", "usdt", "usdt must be an asset in capitals, such as USDT"),
        ("KIT_MARKET", "real", "must be one of simulated, replay, fixed"),
        ("KIT_MARKET_SEED", "1e3", "must be a whole number from 0 to 999999999999999999"),
        ("KIT_REPLAY", "a.csv", "must be written NAME=VALUE, several separated by commas"),
        ("KIT_REPLAY", "BTCUSDT=a.csv", "BTCUSDT must be a pair in capitals, such as BTC/USDT"),
        ("KIT_REPLAY_SPEED", "-1", "must be above zero"),
        ("KIT_REPLAY_SPEED", "1000001", "must be at most 1000000"),
        ("KIT_REPLAY_START", "yesterday", "must be a time such as 2024-03-01T12:00:00Z, or a day"),
        ("KIT_REPLAY_START", "0001-01-01T00:00:00+10:00", "must be a time such as 2024-03-01T12:00:00Z, or a day"),
        ("KIT_PRICES", "BTC/USDT=NaN", "BTC/USDT=NaN must be a decimal number"),
        ("KIT_PRICES", "BTC/USDT=1,BTC/USDT=2", "must name BTC/USDT once"),
        ("KIT_PAPER_FUNDS", "USDT=0", "USDT=0 must be above zero"),
        ("KIT_PAPER_FUNDS", "USDT=1e15", "USDT=1e15 must have at most 15 digits before the point"),
        ("KIT_LOG_LEVEL", "loud", "must be one of debug, info, warning, error"),
        ("KIT_LOG_FORMAT", "xml", "must be one of console, json"),
    ],
)
def test_an_invalid_value_is_named_with_what_is_expected(variable: str, value: str, expected: str) -> None:
    assert problems({variable: value}) == (f"{variable} is {value!r}: {expected}",)


def test_all_problems_are_told_at_once() -> None:
    toml = '[gateway]\nport = "http"\n[market]\nkinds = "fixed"\n'
    assert problems({"KIT_LOG_LEVEL": "loud", "KIT_GATEWAY_HOST": "0.0.0.0"}, toml) == (
        "market.kinds in kit.toml is not a setting; did you mean market.kind?",
        "gateway.port in kit.toml is 'http': must be a whole number from 0 to 65535",
        "KIT_LOG_LEVEL is 'loud': must be one of debug, info, warning, error",
        OPEN_TO_THE_NETWORK,
    )


def test_a_misspelt_variable_is_refused_with_the_nearest_name() -> None:
    assert problems({"KIT_GATEWAY_TOKNE": CANARY, "KIT_ZZZZZZZZZZZZZZ": "1"}) == (
        "KIT_GATEWAY_TOKNE is not a setting; did you mean KIT_GATEWAY_TOKEN?",
        "KIT_ZZZZZZZZZZZZZZ is not a setting",
    )


@pytest.mark.parametrize(
    ("toml", "expected"),
    [
        ("[gatway]\nport = 1\n", "gatway in kit.toml is not a setting; did you mean gateway?"),
        ("[gateway.port]\nx = 1\n", "gateway.port in kit.toml is {'x': 1}: must be a single value"),
        ("gateway = 5\n", "gateway in kit.toml must be a table, written [gateway]"),
        ("[market]\nreplay = 5\n", "market.replay in kit.toml is 5: must be a table"),
        ("[gateway]\nhosts = 5\n", "gateway.hosts in kit.toml is 5: must be a list"),
        ("[gateway]\nport = true\n", "gateway.port in kit.toml is True: must be a whole number from 0 to 65535"),
        ("[gateway]\ntoken = canary\n", "kit.toml is not a TOML file: Invalid value (at line 2, column 9)"),
    ],
)
def test_an_unusable_file_is_refused_with_the_place(toml: str, expected: str) -> None:
    assert problems({}, toml) == (expected,)


def test_a_file_that_was_asked_for_must_be_there() -> None:
    assert problems({"KIT_CONFIG": "other.toml"}) == ("other.toml cannot be read: No such file or directory",)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "kit.example", "127.1", "localhost.example"])
def test_other_machines_are_not_let_in_without_a_token(host: str) -> None:
    (problem,) = problems({"KIT_GATEWAY_HOST": host, "KIT_GATEWAY_READ_TOKEN": STRONG})
    assert problem.startswith(f"KIT_GATEWAY_HOST is '{host}', which other machines can reach: KIT_GATEWAY_TOKEN")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.0.1", "::1", "[::1]", "localhost", "LOCALHOST"])
def test_loopback_needs_no_token(host: str) -> None:
    assert load_settings({"KIT_GATEWAY_HOST": host}).gateway.loopback


@pytest.mark.parametrize("variable", ["KIT_GATEWAY_TOKEN", "KIT_GATEWAY_READ_TOKEN"])
@pytest.mark.parametrize(
    ("weak", "why"),
    [
        ("fifteen-chars-1", "is too short to be secret: it must have at least 16 characters"),
        ("your-gateway-token", "is the placeholder of the documentation: it must be a secret of your own"),
    ],
)
def test_a_weak_token_is_warned_about_on_loopback_and_refused_elsewhere(variable: str, weak: str, why: str) -> None:
    tokens = {"KIT_GATEWAY_TOKEN": STRONG, "KIT_GATEWAY_READ_TOKEN": STRONG[::-1]} | {variable: weak}
    assert load_settings(tokens).warnings == (f"{variable} {why}",)
    assert problems(tokens | {"KIT_GATEWAY_HOST": "0.0.0.0"}) == (f"{variable} {why}",)


def test_a_strong_token_opens_the_gateway_to_other_machines() -> None:
    settings = load_settings({"KIT_GATEWAY_HOST": "0.0.0.0", "KIT_GATEWAY_TOKEN": STRONG})
    assert (settings.gateway.loopback, settings.warnings) == (False, ())


def test_one_token_cannot_have_both_roles() -> None:
    assert problems({"KIT_GATEWAY_TOKEN": STRONG, "KIT_GATEWAY_READ_TOKEN": STRONG}) == (
        "KIT_GATEWAY_TOKEN and KIT_GATEWAY_READ_TOKEN must differ: one token cannot have both roles",
    )


def test_a_read_token_alone_is_warned_about() -> None:
    assert load_settings({"KIT_GATEWAY_READ_TOKEN": STRONG}).warnings == (
        "KIT_GATEWAY_READ_TOKEN is set without KIT_GATEWAY_TOKEN: whoever gives no token has full access",
    )


def test_a_token_and_its_file_in_one_place_are_refused() -> None:
    Path("token").write_text(STRONG[::-1])
    assert problems({"KIT_GATEWAY_TOKEN": STRONG, "KIT_GATEWAY_TOKEN_FILE": "token"}) == (
        "KIT_GATEWAY_TOKEN and KIT_GATEWAY_TOKEN_FILE are both set: one must go",
    )


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "the token in it must be one line of 1 to 1024 printable characters"),
        (b"canary-one\ncanary-two", "the token in it must be one line of 1 to 1024 printable characters"),
        (b"\xff\xfe", "must be a text file"),
        (None, "cannot be read: No such file or directory"),
    ],
)
def test_an_unusable_token_file_is_refused_without_its_content(content: bytes | None, why: str) -> None:
    if content is not None:
        Path("token").write_bytes(content)
    expected = f"KIT_GATEWAY_TOKEN_FILE is 'token': {why}"
    assert problems({"KIT_GATEWAY_TOKEN_FILE": "token", "KIT_GATEWAY_HOST": "0.0.0.0"}) == (expected,)


def test_postgresql_is_refused_plainly_and_its_password_is_not_shown() -> None:
    assert problems({"KIT_DATABASE_URL": f"postgresql://kit:{CANARY}@db/kit"}) == (
        "KIT_DATABASE_URL: this version keeps its log in SQLite, in KIT_DATA_DIR; leave it unset",
    )


def test_a_market_needs_its_prices() -> None:
    assert problems({"KIT_MARKET": "replay"}) == (
        "KIT_MARKET is 'replay': KIT_REPLAY must name a recording, such as BTC/USDT=candles.parquet",
    )
    assert problems({"KIT_MARKET": "fixed"}) == (
        "KIT_MARKET is 'fixed': KIT_PRICES must give a price, such as BTC/USDT=67250",
    )
    assert problems({"KIT_MARKET": "replay", "KIT_REPLAY": "BTC/USDT=none.csv"}) == (
        "KIT_REPLAY names 'none.csv' for BTC/USDT: there is no such file",
    )


def test_prices_that_the_market_does_not_use_are_warned_about() -> None:
    replay = {"KIT_REPLAY_SPEED": "60", "KIT_REPLAY_START": "2024-03-01"}
    assert load_settings({"KIT_PRICES": "BTC/USDT=67250", **replay}).warnings == (
        "KIT_REPLAY_SPEED is set and not used: KIT_MARKET is 'simulated', not 'replay'",
        "KIT_REPLAY_START is set and not used: KIT_MARKET is 'simulated', not 'replay'",
        "KIT_PRICES is set and not used: KIT_MARKET is 'simulated', not 'fixed'",
    )


@pytest.mark.parametrize("variable", ["KIT_GATEWAY_TOKEN", "KIT_GATEWAY_READ_TOKEN"])
def test_a_token_appears_in_no_repr_and_in_no_error(variable: str) -> None:
    settings = load_settings({variable: CANARY})
    assert CANARY not in f"{settings} {settings!r} {settings.secrets} {settings.secrets[0]} {settings.warnings}"
    for environ in ({variable: f"{CANARY}\n2"}, {variable: CANARY, "KIT_GATEWAY_HOST": "0.0.0.0"}):
        assert "canary" not in str(problems(environ))


def test_a_secret_matches_itself_only_whatever_is_offered() -> None:
    (secret,) = load_settings({"KIT_GATEWAY_TOKEN": CANARY}).secrets
    assert secret.matches(CANARY)
    assert not any(secret.matches(offered) for offered in ("", "canary", f"{CANARY} ", "\ud800", "x" * 100_000))
    assert secret.reveal() == CANARY
