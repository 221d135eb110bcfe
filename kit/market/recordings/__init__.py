"""Recorded candles and trades, read from files and checked."""
