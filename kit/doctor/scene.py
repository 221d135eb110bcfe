"""What there is to look at: where settings come from, what they say, the ledger, and the gateway that answers."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Final

from kit.cli.endpoint import REACHED_AT
from kit.client.errors import KitError
from kit.doctor.ledger import Ledger, read_ledger
from kit.doctor.visit import Visit, visit
from kit.log.files import LOCK_FILE, LOG_FILE
from kit.logs import register_secret
from kit.settings import Settings, readable_settings

GATEWAY_URL: Final = "KIT_GATEWAY_URL"


class Scene:
    """Looked at once and kept, so that all checks speak of the same moment.

    ``url`` is where the gateway was said to be; without one it is looked for where the settings have it listen.
    ``token`` returns the one that was given for it.
    """

    def __init__(
        self,
        environ: Mapping[str, str],
        *,
        url: str | None = None,
        token: Callable[[], str | None] = lambda: None,
        full: bool = False,
    ) -> None:
        self.environ: Final = environ
        self.given_url: Final = url
        self.full: Final = full
        self._token = token

    @cached_property
    def _read(self) -> tuple[Settings, list[str]]:
        read = readable_settings(self.environ)
        for secret in read[0].secrets:
            register_secret(secret.reveal())  # Whatever a check says, it is not this.
        return read

    @property
    def settings(self) -> Settings:
        """As far as they can be read."""
        return self._read[0]

    @property
    def wrong_settings(self) -> list[str]:
        return self._read[1]

    @property
    def data_dir(self) -> Path:
        return self.settings.data_dir

    @property
    def log_file(self) -> Path:
        return self.data_dir / LOG_FILE

    @property
    def lock_file(self) -> Path:
        return self.data_dir / LOCK_FILE

    @cached_property
    def ledger(self) -> Ledger | None:
        """The end of the log; None where there is none yet."""
        return read_ledger(self.log_file)

    @property
    def url(self) -> str:
        if self.given_url is not None:
            return self.given_url
        gateway = self.settings.gateway
        host = REACHED_AT.get(gateway.host, gateway.host)
        return f"ws://{f'[{host}]' if ':' in host else host}:{gateway.port}"

    @cached_property
    def visit(self) -> Visit | KitError:
        """What the gateway said, or why it said nothing."""
        token = self.settings.gateway.token
        return visit(self.url, self._token() or (token.reveal() if token is not None else None))

    def now(self) -> datetime:
        return datetime.now(UTC)
