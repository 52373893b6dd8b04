"""Which thing a name means in a document of a body: its own office goes before one that all documents know."""

from __future__ import annotations

from dataclasses import replace

import pytest

from treatygraph.acts.names import NameIndex
from treatygraph.registry.values import Alias, Body, Registry


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
    words: str, body: str, key: str, key_of_own: str, registry: Registry
) -> None:
    own = Body(
        key_of_own, "Secretary-General of the Rivers", (Alias("Secretary-General", scope="body/rivers-cop"),)
    )
    known = replace(registry, bodies={**registry.bodies, key_of_own: own})
    (found,) = NameIndex(known, body, "en").find(words)
    assert found.key.replace("/z-", "/a-") == key


@pytest.mark.parametrize(
    ("words", "keys"), [("请堤岸署", ["body/quays"]), ("请阿拉伯堤岸署", []), ("请日本堤岸署", [])]
)
def test_a_short_name_behind_a_region_is_another_bodys(
    words: str, keys: list[str], registry: Registry
) -> None:
    quays = Body("body/quays", "Quay Office", (Alias("堤岸署", "zh"),))
    known = replace(registry, bodies={**registry.bodies, quays.key: quays})
    assert [name.key for name in NameIndex(known, None, "zh").find(words)] == keys
