"""What people read of a run: pure functions of a scorecard and the run's folder."""
