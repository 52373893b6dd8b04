"""A registry by its digest, so that what is made of it, which costs more than a text, is made once."""

from __future__ import annotations

from treatygraph.registry.values import Registry


class Held:
    """Equal to another that holds a registry with the same digest; one without a digest is equal to itself alone."""

    __slots__ = ("registry",)

    def __init__(self, registry: Registry) -> None:
        self.registry = registry

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Held):
            return False
        same = bool(self.registry.digest) and other.registry.digest == self.registry.digest
        return same or other.registry is self.registry

    def __hash__(self) -> int:
        return hash(self.registry.digest)
