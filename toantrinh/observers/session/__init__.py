"""Tries the session of one test account: log-in, log-out, the way back, forged requests, wrong passwords."""
