"""What load is made of and what it shows: journeys that are recorded for it, and the load itself."""
