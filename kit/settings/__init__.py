"""What can be set from outside: the environment over `kit.toml` over defaults, read once at the start."""

from kit.settings.catalogue import Documented, documented
from kit.settings.errors import SettingsError
from kit.settings.groups import GatewaySettings, LogSettings, MarketSettings, PaperSettings, Settings
from kit.settings.loading import load_settings, readable_settings
from kit.settings.secret import Secret

__all__ = [
    "Documented",
    "GatewaySettings",
    "LogSettings",
    "MarketSettings",
    "PaperSettings",
    "Secret",
    "Settings",
    "SettingsError",
    "documented",
    "load_settings",
    "readable_settings",
]
