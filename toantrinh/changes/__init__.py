"""What changed between two runs of a system: mended, broken, no longer known, and what only the measure changed."""
