"""The pages of the set: found, opened with their proof, and everything that one visit yields."""
