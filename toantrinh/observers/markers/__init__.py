"""Harmless markers in everything a citizen can type, and where they come back as more than text (clause 4.5)."""
