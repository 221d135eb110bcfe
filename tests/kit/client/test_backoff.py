"""The waits between tries."""

from itertools import islice

from kit.client.backoff import Backoff


def test_the_delay_doubles_from_half_a_second_to_thirty() -> None:
    delays = Backoff(jitter=lambda: 1.0).delays_s()
    assert list(islice(delays, 8)) == [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]


def test_jitter_shortens_it_by_at_most_a_half() -> None:
    assert all(0.25 <= next(Backoff().delays_s()) <= 0.5 for _ in range(1000))
