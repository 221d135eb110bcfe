"""Under whatever limits and halts, no entry passes a halt, exits do, and money that moves is neither gain nor loss."""

import msgspec
import pytest
from hypothesis.stateful import invariant

from domain.account import Account
from domain.risk.losses import losses
from tests.domain.laws.ledger import replayed_from
from tests.domain.laws.risk_moves import RiskMoves


class RiskLaws(RiskMoves):
    """The laws, and at the end of each history its replay from a snapshot."""

    @invariant()
    def live_and_replayed_are_one(self) -> None:
        assert self.ledger.replayed == self.ledger.live

    @invariant()
    def losses_are_percents_of_what_was_there(self) -> None:
        performance = self.ledger.live.performance
        if performance is None:
            return
        assert 0 <= performance.nav <= performance.peak_nav
        for loss in losses(self.ledger.live, performance):
            assert 0 <= loss.percent <= 100
            assert not loss.reached or self.ledger.live.halt is not None

    @invariant()
    def nothing_is_measured_or_counted_that_is_not_limited(self) -> None:
        live = self.ledger.live
        assert live.performance is None or live.limits.keys() & {
            "dailyLossPercent",
            "weeklyLossPercent",
            "drawdownPercent",
        }
        assert not live.placements or "maxOrdersPerMinute" in live.limits

    def teardown(self) -> None:
        if not hasattr(self, "ledger"):
            return
        stored, images = self.ledger.stored, self.ledger.images
        for version in {0, len(stored) // 2, len(stored)}:
            snapshot = msgspec.json.decode(images[version], type=Account)
            assert msgspec.json.encode(replayed_from(snapshot, stored)) == images[-1]


TestRiskLaws = pytest.mark.timeout(600)(RiskLaws.TestCase)
