"""The parts of `benchmarks/endpoint.py`."""
