"""Guessing a passphrase is slow."""

import pytest

from onrecord.desk.patience import LONGEST_SECONDS, Patience, TooManyAttempts
from onrecord.errors import Refused


def fail(patience: Patience) -> None:
    with pytest.raises(Refused), patience.attempt():
        raise Refused


def test_one_slip_of_the_hand_costs_no_time() -> None:
    patience = Patience(lambda: 0.0)

    fail(patience)

    with patience.attempt():
        pass


def test_each_further_failure_doubles_the_wait_up_to_a_minute() -> None:
    now = [0.0]
    patience = Patience(lambda: now[0])
    waits = []

    for _ in range(8):
        fail(patience)
        began = now[0]
        while True:
            try:
                with patience.attempt():
                    raise Refused
            except TooManyAttempts:
                now[0] += 1
            except Refused:
                break
        waits.append(now[0] - began)

    assert waits[-1] == LONGEST_SECONDS
    assert waits == sorted(waits)


def test_a_right_passphrase_forgives_what_went_before() -> None:
    now = [0.0]
    patience = Patience(lambda: now[0])
    fail(patience)
    fail(patience)
    now[0] = LONGEST_SECONDS

    with patience.attempt():
        pass

    fail(patience)
    with patience.attempt():
        pass
