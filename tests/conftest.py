"""Hypothesis profiles: `dev` by default, `ci` (more examples, derandomised) when CI is set."""

from __future__ import annotations

import os

from hypothesis import settings

# Timing is never a test here: the first example of a property pays for caches.
settings.register_profile("dev", deadline=None, max_examples=50)
settings.register_profile("ci", deadline=None, max_examples=150, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "dev")
