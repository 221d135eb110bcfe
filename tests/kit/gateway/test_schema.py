"""``protocol.schema``."""

from kit.gateway.schema import parameters_of
from tests.kit.gateway.desk import BuyParams
from tests.kit.gateway.serving import serving


async def test_the_schema_describes_every_method_event_and_tool() -> None:
    async with serving() as served:
        caller = await served.client()
        schema = (await caller.call("protocol.schema"))["payload"]
        assert {"connect", "ping", "disconnect", "subscribe", "unsubscribe", "protocol.schema", "buy"} <= set(
            schema["methods"]
        )
        assert schema["methods"]["buy"] == {
            "params": {"$ref": "#/definitions/BuyParams"},
            "result": {"$ref": "#/definitions/Bought"},
            "role": "full",
            "changes": True,
            "timeLimitS": 30.0,
        }
        assert schema["events"] == {"trade:executed": {"$ref": "#/definitions/Bought"}}
        assert schema["tools"] == {"buy": {"method": "buy", "parameters": {"$ref": "#/definitions/BuyParams"}}}
        assert schema["definitions"]["BuyParams"]["additionalProperties"] is False
        assert schema["definitions"]["ConnectParams"]["required"] == ["client"]


def test_a_decimal_is_a_number_or_its_text() -> None:
    parameters = parameters_of(BuyParams)
    buy = parameters.get("$defs", {}).get("BuyParams", parameters)
    assert buy["properties"]["amount"] == {"type": ["number", "string"], "format": "decimal"}
