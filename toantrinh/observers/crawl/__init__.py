"""The walk over the links of the system, politely."""
