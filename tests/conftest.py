"""How hypothesis searches: briefly while one works; longer, and the same for the same commit, in CI."""

import os
from typing import Final

from hypothesis import HealthCheck, settings

# A busy machine is slow, which says nothing about the code.
UNTIMED: Final = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

settings.register_profile("dev", UNTIMED, max_examples=50)
settings.register_profile("ci", UNTIMED, max_examples=100, derandomize=True, database=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))
