"""The watch is tested in English, whatever whoever runs the tests speaks."""

import pytest

from kit.cli.language import LANGUAGE_VARIABLE


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LANGUAGE_VARIABLE, "en")
