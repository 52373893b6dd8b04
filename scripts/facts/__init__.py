"""Reads the gathered facts of the Conference of the Parties, and writes them as tables of the registry."""
