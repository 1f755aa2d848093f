"""Asks again, as somebody else, for what showed one test citizen's own data."""
