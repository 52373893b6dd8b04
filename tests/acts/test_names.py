"""Which thing a name means in a document of a body: its own office goes before one that all documents know."""

from __future__ import annotations

from dataclasses import replace

import pytest

from treatygraph.acts.names import NameIndex
from treatygraph.registry.values import Alias, Body


@pytest.mark.parametrize(
    ("words", "body", "key"),
    [
        ("the Secretary-General", "body/rivers-cop", "body/a-rivers-secretary-general"),
        ("the Secretary-General", "body/rivers-cop/bureau", "body/a-rivers-secretary-general"),
        ("the Secretary-General", "body/unga", "body/un-secretary-general"),
        ("the Secretary-General of the United Nations", "body/rivers-cop", "body/un-secretary-general"),
    ],
)
@pytest.mark.parametrize("key_of_own", ["body/a-rivers-secretary-general", "body/z-rivers-secretary-general"])
def test_an_office_is_that_of_the_body_itself(
    words: str, body: str, key: str, key_of_own: str, registry
) -> None:
    own = Body(
        key_of_own, "Secretary-General of the Rivers", (Alias("Secretary-General", scope="body/rivers-cop"),)
    )
    known = replace(registry, bodies={**registry.bodies, key_of_own: own})
    (found,) = NameIndex(known, body, "en").find(words)
    assert found.key.replace("/z-", "/a-") == key
