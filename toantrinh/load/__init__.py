"""Load: from the requests that a browser was seen to make to figures that can be trusted.

`generator`, with its `desk` and its `citizen`, runs in a process of its own, for Locust rebuilds the standard library
of the process that imports it (gevent's monkey patching). Nothing else in the house imports Locust.
"""
