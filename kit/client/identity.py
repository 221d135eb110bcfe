"""Who a client says it is, and where it looks for the gateway."""

import platform
from typing import Final

from msgspec import Struct

from kit.version import kit_version
from kit.wire.frames import PROTOCOL_VERSION

DEFAULT_URL: Final = "ws://127.0.0.1:18800"


class Identity(Struct, frozen=True):
    """What a connection is opened with; the token is kept out of every text made of this."""

    url: str
    token: str | None
    client_id: str
    display_name: str | None

    def __repr__(self) -> str:
        return f"Identity(url={self.url!r}, client_id={self.client_id!r})"

    def connect_params(self, resume_from: int | None) -> dict[str, object]:
        """The params of ``connect``, in the wire's names."""
        client = {"id": self.client_id, "version": kit_version(), "platform": f"python {platform.python_version()}"}
        params: dict[str, object] = {
            "client": client | ({"displayName": self.display_name} if self.display_name else {}),
            "minProtocol": PROTOCOL_VERSION,
            "maxProtocol": PROTOCOL_VERSION,
        }
        if self.token is not None:
            params["auth"] = {"token": self.token}
        if resume_from is not None:
            params["resumeFrom"] = resume_from
        return params
