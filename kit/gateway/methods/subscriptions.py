"""``subscribe`` and ``unsubscribe``: both answer with the subscriptions as they are then."""

from collections.abc import Callable
from typing import Annotated

from msgspec import Meta

from kit.gateway.params import Params
from kit.gateway.refusals import NotFound
from kit.gateway.registry import Context, Method
from kit.wire.system import Subscriptions

Pair = Annotated[str, Meta(min_length=1, max_length=64)]
Listed = Callable[[str], bool]


class ChannelParams(Params, frozen=True, kw_only=True):
    """``channel`` is an event (``trade:executed``) or a group (``trade``); without ``pairs`` it means all of them."""

    channel: str
    pairs: Annotated[list[Pair], Meta(min_length=1)] | None = None


def subscribe(listed: Listed) -> Method[ChannelParams, object]:
    """The method; ``listed`` tells whether any exchange has a pair."""

    async def handle(context: Context[object], params: ChannelParams) -> Subscriptions:
        unlisted = [pair for pair in params.pairs or () if not listed(pair)]
        if unlisted:
            raise NotFound(f"pairs: {unlisted[0]} is not listed on any exchange", field="pairs")
        context.client.subscriptions.add(params.channel, params.pairs)
        return context.client.subscriptions.document()

    return Method(name="subscribe", params=ChannelParams, handle=handle, result=Subscriptions)


async def handle_unsubscribe(context: Context[object], params: ChannelParams) -> Subscriptions:
    context.client.subscriptions.remove(params.channel, params.pairs)
    return context.client.subscriptions.document()


UNSUBSCRIBE = Method(name="unsubscribe", params=ChannelParams, handle=handle_unsubscribe, result=Subscriptions)
