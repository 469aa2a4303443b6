"""Takes protections away one by one and sees their tests fail: `python -m tests.protections`."""
