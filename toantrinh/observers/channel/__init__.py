"""Looks at the channel to a host: TLS versions, cipher suites, certificate, and what plain HTTP answers beside it."""
