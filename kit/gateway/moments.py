"""Times that clients send."""

from datetime import UTC, datetime
from typing import Annotated

from msgspec import Meta

from kit.gateway.refusals import InvalidRequest

Moment = Annotated[datetime, Meta(tz=True)]  # Without its zone a time names no moment.


def utc(field: str, moment: datetime) -> datetime:
    """``moment`` in UTC.

    Raises:
        InvalidRequest: it lies within the calendar in its own zone only.
    """
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise InvalidRequest(f"{field}: {moment.isoformat()} is beyond the calendar in UTC", field=field) from None
