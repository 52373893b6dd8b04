"""The steps strung together: extract, ingest, build, and the gate; the only place that knows their order."""
