"""What a name means: the key of a body, a treaty or a text, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from treatygraph.cite.names import BODY, NameHit
from treatygraph.model.citations import Reason
from treatygraph.registry.values import Body, Registry

OFFICER: Final = "officer"
"""The kind of a body that is an office: what it holds or says is its organ's."""

OF_PARTIES: Final = "conference-of-parties"
"""The kind of a body that is the parties to one treaty."""


@dataclass(frozen=True, slots=True)
class Referent:
    """What a name means: its key, or None with the reason. ``sentence`` is (block, sentence in it)."""

    hit: NameHit
    key: str | None
    sentence: tuple[int, int]
    reason: Reason | None = None
    candidates: tuple[str, ...] = ()

    @property
    def named(self) -> bool:
        """Whether a full name stands there, not a noun that points back."""
        return not self.hit.bare


@dataclass(frozen=True, slots=True)
class Enclosing:
    """The treaty inside which a block stands, the path of the article and paragraph there, and its printed title."""

    instrument: str | None
    path: tuple[str, ...] = ()
    title: str = ""


def own_chain(body: str | None, registry: Registry) -> tuple[str, ...]:
    """A body and the bodies above it."""
    chain: list[str] = []
    while body is not None and body not in chain and body in registry.bodies:
        chain.append(body)
        body = registry.bodies[body].parent
    return tuple(chain)


def officer(key: str | None, registry: Registry) -> Body | None:
    """The office with that key, whose holder is one person; None for what is no office, and for no key."""
    body = registry.bodies.get(key or "")
    return body if body is not None and body.kind == OFFICER else None


def unknown_reason(domain: str) -> Reason:
    """Why a name of a domain has no key."""
    return Reason.UNKNOWN_BODY if domain == BODY else Reason.UNKNOWN_INSTRUMENT


def same_noun(one: str, other: str) -> bool:
    """Whether two nouns name one kind of thing: "conference" and "conference of the parties" do."""
    short, long = sorted((one, other), key=len)
    # "convention-cadre" is a convention.
    begins = " " not in short and long.startswith((f"{short} ", f"{short}-"))
    return bool(short) and (short == long or begins)


def names_by_sentence(
    referents: Mapping[int, Referent],
) -> dict[tuple[tuple[int, int], str], list[Referent]]:
    """The referents of each sentence and domain, in order of print, without names inside longer ones of the domain."""
    found: dict[tuple[tuple[int, int], str], list[Referent]] = {}
    for _, referent in sorted(referents.items()):
        if not referent.hit.within:
            found.setdefault((referent.sentence, referent.hit.domain), []).append(referent)
    return found
