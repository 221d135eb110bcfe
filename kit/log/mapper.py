"""Entries to the library's stored events and back, by the domain's codec and its fixed list of topics."""

import msgspec
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import JSONTranscoder, Mapper, MapperDeserialisationError, StoredEvent

from domain.codec import decode, encode
from domain.events import Entry


class EntryMapper(Mapper[str]):
    """Fast, because msgspec does the work, and safe, because a stored topic never names a module to import."""

    def __init__(self) -> None:
        super().__init__(JSONTranscoder())  # Asked for by the library; neither method below uses it.

    def to_stored_event(self, domain_event: DomainEventProtocol[str]) -> StoredEvent:
        assert isinstance(domain_event, Entry), domain_event
        topic, state = encode(domain_event.stamp, domain_event.event)
        return StoredEvent(domain_event.stream, domain_event.version, topic, state)

    def to_domain_event(self, stored_event: StoredEvent) -> Entry:
        """Read what was stored, upcast to its present form.

        Raises:
            MapperDeserialisationError: an unknown topic, or a body that does not fit it.
        """
        try:
            stamp, event = decode(stored_event.topic, stored_event.state)
        except (LookupError, ValueError, TypeError, ArithmeticError, msgspec.MsgspecError) as error:
            why = f"{type(error).__name__} in a stored {stored_event.topic}: {error}"
            raise MapperDeserialisationError(why) from error
        return Entry(str(stored_event.originator_id), stored_event.originator_version, stamp, event)
