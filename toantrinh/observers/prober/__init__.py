"""Asks a system single questions over HTTP, as one of several roles, for all that concerns its security."""
