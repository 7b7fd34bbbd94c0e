"""Exact computer algebra for gauge-anomaly cancellation in U(1) extensions of the Standard Model."""

__version__ = "0.1.0"
