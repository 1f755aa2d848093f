"""Asks a page so that it can neither change the answer nor keep the asker waiting."""
