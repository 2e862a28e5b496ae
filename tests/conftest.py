import os

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
os.nice = lambda increment: 0  # a command that steps behind others must not take the tests with it
