"""Observers: each drives the browser to see one thing and returns it as facts."""
