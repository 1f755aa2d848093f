"""Observations: immutable, typed, serialisable facts. They know nothing of points."""
