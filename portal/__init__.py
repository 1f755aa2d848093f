"""The embedded reference portal: a TTHC system as a good province would run it, with switchable defects."""
