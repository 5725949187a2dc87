"""Properties are checked the same way in every run: no clock, no chance, nothing kept between runs."""

from hypothesis import settings

settings.register_profile("retake", deadline=None, database=None, derandomize=True, max_examples=60)
settings.load_profile("retake")
