"""One application looked at in each of its states."""
