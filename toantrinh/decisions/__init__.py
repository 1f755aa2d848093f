"""What people said of a system's findings: explanations of faults, and decisions where a machine may not decide."""
