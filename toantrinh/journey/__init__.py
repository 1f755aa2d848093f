"""The journey: what a citizen does from the search box to the returned result, step by step, and the record of it."""
