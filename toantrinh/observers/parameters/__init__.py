"""Parameters of the addresses that a run saw, with values that a careless program would take for a command."""
