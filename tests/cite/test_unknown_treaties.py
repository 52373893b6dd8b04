"""Inside a treaty that the registry does not hold "this Convention" is none of the treaties that it names."""

from __future__ import annotations

import pytest

from treatygraph.cite import cite_document
from treatygraph.model.citations import CitationKind, Reason
from treatygraph.parse import parse
from treatygraph.read import read_text
from treatygraph.registry.values import Registry

TREATIES = {
    "en": "CONVENTION\nON TRADE IN LIGHTHOUSES\n\nThe States Parties to this Convention,\n\nRecalling the United Nations Convention against "
    "Transnational Organized Crime,\n\nHave agreed as follows:\n\nArticle 1\n\n1. Trade is as in article 2 of this Convention.\n\n"
    "Article 2\n\n1. Trade is free.\n\nArticle 3\n\n1. Lights burn.\n",
    "fr": "CONVENTION\nSUR LE COMMERCE DES PHARES\n\nLes États parties à la présente Convention,\n\nRappelant la Convention des Nations "
    "Unies contre la criminalité transnationale organisée,\n\nSont convenus de ce qui suit :\n\nArticle premier\n\n1. Le commerce est "
    "celui de l’article 2 de la présente Convention.\n\nArticle 2\n\n1. Le commerce est libre.\n\nArticle 3\n\n1. Les feux brûlent.\n",
    "ru": "КОНВЕНЦИЯ\nО ТОРГОВЛЕ МАЯКАМИ\n\nГосударства-участники настоящей Конвенции,\n\nссылаясь на Конвенцию Организации "
    "Объединенных Наций против транснациональной организованной преступности,\n\nсогласились о нижеследующем:\n\nСтатья 1\n\n"
    "1. Торговля указана в статье 2 настоящей Конвенции.\n\nСтатья 2\n\n1. Торговля свободна.\n\nСтатья 3\n\n1. Огни горят.\n",
    "zh": "灯塔贸易公约\n\n本公约缔约国，\n\n回顾《联合国打击跨国有组织犯罪公约》，\n\n兹协议如下：\n\n第一条\n\n一、贸易即本公约第二条所述贸易。\n\n"
    "第二条\n\n一、贸易自由。\n\n第三条\n\n一、灯火长明。\n",
}


@pytest.mark.parametrize("language", TREATIES)
def test_its_own_articles_are_of_an_unknown_instrument(language: str, registry: Registry) -> None:
    tree = parse(read_text(TREATIES[language], name="a.txt", language=language))
    _, found = cite_document(tree, registry)
    provisions = [each for each in found.citations if each.kind is CitationKind.PROVISION]
    assert [(each.target, each.reason) for each in provisions] == [(None, Reason.UNKNOWN_INSTRUMENT)]
