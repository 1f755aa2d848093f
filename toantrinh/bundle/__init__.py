"""The bundle of a run, `reports/<system>/<run>.zip`: packed, signed, and verified by somebody who was not there."""
