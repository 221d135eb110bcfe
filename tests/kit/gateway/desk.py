"""A tiny desk to serve: a few methods that read, change, wait and fail."""

import asyncio
from collections import Counter
from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from msgspec import Meta, Raw, field

from domain.refusals import InvalidOrder
from kit.gateway.methods.edge import with_edge_methods
from kit.gateway.params import NoParams, Params
from kit.gateway.refusals import NotFound
from kit.gateway.registry import Context, Method, Redirect, Registry
from kit.wire.document import Document
from kit.wire.frames import encode


class Desk:
    """What the methods work with; ``gate`` holds those that wait."""

    def __init__(self) -> None:
        self.gate = asyncio.Event()
        self.begun: Counter[str] = Counter()
        self.done: Counter[str] = Counter()
        self.started = asyncio.Event()

    async def work(self, name: str) -> None:
        self.begun[name] += 1
        self.started.set()
        await self.gate.wait()
        self.done[name] += 1


class Leg(Params, frozen=True, kw_only=True):
    price: Decimal


class BuyParams(Params, frozen=True, kw_only=True):
    action: Literal["buy", "sell"]
    amount: Decimal
    stop_loss: Decimal | None = None
    legs: tuple[Leg, ...] = ()
    limit: Annotated[int, Meta(ge=1, le=1000)] = 100
    note: Annotated[str, Meta(max_length=5)] | None = None


class Bought(Document, frozen=True, kw_only=True):
    number: int
    amount: Decimal


class Done(Document, frozen=True, kw_only=True):
    text: str


class TallyParams(Params, frozen=True, kw_only=True):
    add: int | None = None


class TextParams(Params, frozen=True, kw_only=True):
    size: int = 1


class ToolParams(Params, frozen=True, kw_only=True):
    tool: str
    args: dict[str, Raw] = field(default_factory=dict)


async def buy(context: Context[Desk], params: BuyParams) -> Bought:
    context.services.done["buy"] += 1
    return Bought(number=context.services.done["buy"], amount=params.amount)


async def wait_and_buy(context: Context[Desk], params: BuyParams) -> Bought:
    await context.services.work("wait")
    return Bought(number=context.services.done["wait"], amount=params.amount)


async def tally(context: Context[Desk], params: TallyParams) -> Bought:
    context.services.done["tally"] += params.add or 0
    return Bought(number=context.services.done["tally"], amount=Decimal(0))


async def look(context: Context[Desk], params: NoParams) -> Done:
    try:
        await context.services.work("look")
    except asyncio.CancelledError:
        context.services.done["look cancelled"] += 1
        raise
    return Done(text="seen")


async def text(context: Context[Desk], params: TextParams) -> Done:
    return Done(text="x" * params.size)


async def refuse(context: Context[Desk], params: NoParams) -> Done:
    raise InvalidOrder("price", "67250.001", "is off the tick of 0.01")


async def fail(context: Context[Desk], params: NoParams) -> Done:
    raise RuntimeError("/home/kit/secret.db has the password hunter2")


def tool(params: ToolParams) -> tuple[str, Raw]:
    if params.tool != "buy":
        raise NotFound(f"tool '{params.tool}' does not exist")
    return "buy", Raw(encode(params.args))


BUY: Final = {"action": "buy", "amount": 100}
METHODS: Final[tuple[Method[Any, Desk] | Redirect[Any], ...]] = (
    Method(name="buy", params=BuyParams, handle=buy, result=Bought, role="full", changes=True),
    Method(name="wait", params=BuyParams, handle=wait_and_buy, result=Bought, role="full", changes=True),
    Method(name="wait.short", params=BuyParams, handle=wait_and_buy, role="full", changes=True, time_limit_s=0.05),
    Method(
        name="tally",
        params=TallyParams,
        handle=tally,
        result=Bought,
        role="full",
        changes=True,
        reads=lambda params: params.add is None,
    ),
    Method(name="look", params=NoParams, handle=look, result=Done),
    Method(name="look.short", params=NoParams, handle=look, result=Done, time_limit_s=0.05),
    Method(name="text", params=TextParams, handle=text, result=Done),
    Method(name="refuse", params=NoParams, handle=refuse, result=Done, role="full", changes=True),
    Method(name="fail", params=NoParams, handle=fail, result=Done),
    Redirect(name="tool.invoke", params=ToolParams, target=tool, result=(Bought, Done)),
)


def desk_registry() -> Registry[Desk]:
    return Registry(
        with_edge_methods(
            METHODS,
            listed=lambda pair: pair in ("BTC/USDT", "ETH/USDT"),
            events={"trade:executed": Bought},
            tools={"buy": "buy"},
        )
    )
