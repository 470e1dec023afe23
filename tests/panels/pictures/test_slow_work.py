"""Pictures of learning while a network trains: one that takes long to make is made less often."""

import pytest

from explorer.panels.pictures.slow_work import period_for


@pytest.mark.parametrize(("worked", "milliseconds"), [(0.0, 500), (0.005, 500), (0.012, 1200), (1.0, 2500)])
def test_a_slow_picture_is_made_less_often(worked: float, milliseconds: int) -> None:
    assert period_for(worked) == milliseconds
