"""Load is sent, in stages, and what came of it is told as a LoadRun."""
