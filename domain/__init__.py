"""The ledger's facts and decisions: pure, without I/O, clock, randomness or asyncio."""
