import pytest

from portal.health import parts


@pytest.fixture(autouse=True)
def looked_at_anew():
    """No test sees what another one found."""
    parts.forget()
    yield
    parts.forget()
