"""toantrinh: a conformance tester for Vietnamese TTHC systems (online administrative procedures)."""

__version__ = "0.1.0"
