"""Messages that end the connection."""

import pytest

from tests.kit.gateway.serving import serving


async def test_a_message_of_64_kib_is_read_and_a_longer_one_closes_with_1009() -> None:
    async with serving() as served:
        caller = await served.client()
        assert (await caller.raw(" " * 65_536))["error"]["code"] == "INVALID_REQUEST"
        await caller.socket.send_str(" " * 65_537)
        assert await caller.close_code() == 1009


async def test_a_binary_message_closes_with_1003() -> None:
    async with serving() as served:
        caller = await served.client()
        await caller.socket.send_bytes(b"{}")
        assert await caller.close_code() == 1003


@pytest.mark.parametrize(("opcode", "payload", "code"), [(1, b"\xff\xfe", 1007), (3, b"", 1002)])
async def test_a_broken_frame_closes_with_its_code(opcode: int, payload: bytes, code: int) -> None:
    async with serving() as served:
        socket = await served.raw()
        await socket.send(opcode, payload)
        assert await socket.close_code() == code


async def test_a_ping_frame_is_answered_with_its_payload() -> None:
    async with serving() as served:
        socket = await served.raw()
        await socket.send(9, b"are you there")
        assert await socket.frame() == (10, b"are you there")


async def test_compression_is_not_agreed_to() -> None:
    async with serving() as served:
        socket = await served.raw("Sec-WebSocket-Extensions: permessage-deflate\r\n")
        assert b"permessage-deflate" not in socket.response
