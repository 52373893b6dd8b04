"""Drafts of one item → what each action acts on, and which provisions and tools it regards.

Objects are the texts, treaties, tools, bodies and happenings that stand as objects of the verb; a relative
clause takes them from the action that it hangs on, a participle from the text that it follows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from treatygraph.acts.clauses import Sentence, Voice
from treatygraph.acts.lexicon import entries, grammar, pattern, words
from treatygraph.acts.mentions import Mention, body_of, carrier_key
from treatygraph.acts.narrative import Draft
from treatygraph.acts.passages import Passage
from treatygraph.model.actions import ObjectRelation, Related
from treatygraph.model.extraction import DocumentIdentity
from treatygraph.model.tree import DocumentKind
from treatygraph.parse.lexicon import one_of
from treatygraph.parse.writing import writing
from treatygraph.registry.values import Registry

RELATIONS: Final = {
    "adopt": ObjectRelation.ADOPTS,
    "amend": ObjectRelation.AMENDS,
    "endorse": ObjectRelation.ENDORSES,
    "establish": ObjectRelation.ESTABLISHES,
    "extend": ObjectRelation.RENEWS,
    "renew": ObjectRelation.RENEWS,
}
_THINGS: Final = frozenset({"act", "document", "text", "tool", "treaty"})
_NUMBERED: Final = frozenset({"act", "document"})
_WORD: Final = re.compile(r"[a-z][a-z-]{3,}")
# Two sentences are on the same topic from this many content words in common.
COMMON_WORDS: Final = 2
_NAMES: Final = frozenset({"body", "provision", "happening", "group", "treaty"})
AGENDAS: Final = frozenset({DocumentKind.AGENDA, DocumentKind.ANNOTATED_AGENDA})


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence of an item as it was read, for what later sentences of the item take from it.

    ``prose`` is false for headings and lists, which name things and tell nothing.
    """

    passage: Passage
    sentence: Sentence
    prose: bool = True


@dataclass(frozen=True, slots=True)
class Setting:
    """What objects are resolved against: the document, its kind, the registry."""

    identity: DocumentIdentity
    kind: DocumentKind
    registry: Registry
    language: str


def related(passage: Passage, mention: Mention, relation: str, key: str | None = None) -> Related:
    """A mention as an object or a regard of an action."""
    return Related(key or carrier_key(mention.key), relation, passage.span(mention.start, mention.end))


def objects(
    draft: Draft,
    before: tuple[tuple[Draft, tuple[Related, ...]], ...],
    heard: tuple[Heard, ...],
    setting: Setting,
) -> tuple[Related, ...]:
    """What *draft* acts on; *before* are the earlier drafts of its sentence with theirs, *heard* earlier sentences."""
    relation = RELATIONS.get(draft.told.verb.lemma, ObjectRelation.OBJECT)
    if draft.told.voice is not Voice.ACTIVE:
        return _of_patient(draft, before, relation)
    found = (
        *_direct(draft, relation),
        *_about_happening(draft, relation, setting),
        *_established(draft, setting),
        *_reports(draft, heard),
        *_tools(draft),
    )
    return tuple(dict.fromkeys(found))


def ordered(draft: Draft, setting: Setting) -> tuple[Related, ...]:
    """What an operative paragraph acts on: the text behind its verb, and the body or text that a decision settles."""
    relation = RELATIONS.get(draft.told.verb.lemma, ObjectRelation.OBJECT)
    return tuple(dict.fromkeys((*_right_behind(draft, relation), *_established(draft, setting))))


def _right_behind(draft: Draft, relation: ObjectRelation) -> list[Related]:
    """The texts behind the verb with nothing but determiners between: "Recalls its resolutions 4/1 and 4/2"."""
    language, text = draft.sentence.language, draft.sentence.text
    kinds = _THINGS if writing(language).spaced else _NUMBERED
    if draft.told.verb.asks or grammar(language, "that-clause").match(
        text[draft.told.verb_end :].lstrip(" ,،")
    ):
        return []
    found: list[Related] = []
    position = draft.told.verb_end
    for mention in _inside(draft, *kinds):
        between = text[position : mention.start].strip(" ")
        if between and not grammar(language, "determiners").fullmatch(f"{between} "):
            break
        found.append(related(draft.passage, mention, str(relation)))
        position = max(position, mention.extent)
    return found


def _inside(draft: Draft, *kinds: str) -> list[Mention]:
    return [
        m for m in draft.sentence.mentions if m.kind in kinds and draft.told.verb_end <= m.start < draft.end
    ]


def _direct(draft: Draft, relation: ObjectRelation) -> list[Related]:
    """Texts, treaties and tools that stand as direct objects: "adopted the Convention, the Protocol …"."""
    if draft.told.verb.asks and draft.told.verb.lemma != "recommend":
        return []
    found: dict[str, Related] = {}
    for mention in _inside(draft, *_THINGS):
        left = draft.sentence.text[draft.told.verb_end : mention.start]
        if grammar(draft.sentence.language, "direct-object").search(left) or not left.strip(" ,"):
            item = related(draft.passage, mention, str(relation))
            found.setdefault(item.key, item)
    return list(found.values())


def _of_patient(
    draft: Draft, before: tuple[tuple[Draft, tuple[Related, ...]], ...], relation: ObjectRelation
) -> tuple[Related, ...]:
    """Of a passive or participle: the text that it is said of."""
    text = draft.sentence.masked[draft.sentence.start : draft.told.verb_start]
    if grammar(draft.sentence.language, "hanging-passive").search(text):
        for earlier, things in reversed(before):
            if things and earlier.told.voice is Voice.ACTIVE:
                return tuple(Related(t.key, str(relation), t.span) for t in things)
    subject = draft.told.subject
    chained = [d for d, _ in before if d.told.voice is Voice.PARTICIPLE]
    if draft.told.voice is Voice.PARTICIPLE and chained:
        subject = chained[0].told.subject
    if subject is not None and subject.kind in _THINGS:
        return (related(draft.passage, subject, str(relation)),)
    return ()


@cache
def _about(language: str) -> re.Pattern[str]:
    nouns = one_of([*words(language, "about_happening"), *words(language, "agenda")])
    return re.compile(rf"\b(?P<noun>{nouns})\b")


def _about_happening(draft: Draft, relation: ObjectRelation, setting: Setting) -> list[Related]:
    """A meeting of which dates, agenda or the holding itself are decided; its own agenda is this document."""
    if draft.told.verb.asks:
        return []
    text = draft.sentence.text
    noun = _about(setting.language).search(text, draft.told.verb_end, draft.end)
    if noun is None:
        return []
    is_agenda = noun.group("noun") in words(setting.language, "agenda")
    numbered = [m for m in _inside(draft, "happening") if m.start > noun.end()]
    for mention in numbered:
        if not grammar(setting.language, "of-or-for").search(text[noun.end() : mention.start]):
            continue
        if not is_agenda:
            return [related(draft.passage, mention, str(relation))]
        if mention.key == setting.identity.happening and setting.kind in AGENDAS:
            span = draft.passage.span(noun.start(), mention.end)
            return [Related(setting.identity.key, str(relation), span)]
        return []
    return _unnumbered(draft, noun.end(), relation, setting)


def _unnumbered(draft: Draft, start: int, relation: ObjectRelation, setting: Setting) -> list[Related]:
    """ "a parallel meeting of the Working Group": the meeting of that body that is named, or this document's."""
    match = grammar(setting.language, "meeting-of").search(draft.sentence.text, start, draft.end)
    if match is None:
        return []
    body = next((m for m in _inside(draft, "body") if 0 < m.start - match.end() <= len(" of the ")), None)
    if body is None:
        return []
    same = {
        m.key
        for m in draft.sentence.mentions
        if m.kind == "happening" and body_of(m.key, setting.registry) == body.key
    }
    own = setting.identity.happening
    if not same and own is not None and body_of(own, setting.registry) == body.key:
        same = {own}
    if len(same) != 1:
        return []
    return [Related(same.pop(), str(relation), draft.passage.span(match.start(), match.end()))]


@cache
def _establishing(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    table = {entry["text"]: entry["relation"] for entry in entries(language, "establishing")}
    way = grammar(language, "nested-act").pattern
    right = writing(language).right
    return re.compile(rf"[\s,،，]*{way}(?:[a-z]+ly )?(?P<verb>{one_of(list(table))}){right}"), table


def _established(draft: Draft, setting: Setting) -> list[Related]:
    """The body, text or treaty that a decision establishes, renews, amends, adopts: "decided to establish a group"."""
    expression, table = _establishing(setting.language)
    lemma = draft.told.verb.lemma
    if lemma == "establish":
        position, relation = draft.told.verb_end, "establishes"
    elif lemma in {"decide", "resolve", "agree"}:
        match = expression.match(draft.sentence.text, draft.told.verb_end)
        if match is None:
            return []
        position, relation = match.end(), table[match.group("verb")]
    else:
        return []
    if relation == "establishes":
        body = _body_established(draft, position, setting)
        return [] if body is None else [Related(body[0], relation, draft.passage.span(*body[1]))]
    mandate = grammar(setting.language, "mandate-of")
    for mention in _inside(draft, "body", *_THINGS):
        left = draft.sentence.text[position : mention.start]
        if grammar(setting.language, "direct-object").search(left) or mandate.match(left):
            return [related(draft.passage, mention, relation)]
    return []


def _body_established(draft: Draft, position: int, setting: Setting) -> tuple[str, tuple[int, int]] | None:
    """The body: by its name, or by its kind where the document is one of a body of that kind under the actor."""
    text = draft.sentence.text
    limit = grammar(setting.language, "what-it-is").search(text, position, draft.end)
    end = limit.start() if limit else draft.end
    named = [m for m in _inside(draft, "body") if m.start < end and m.key != draft.actor]
    if named:
        return named[0].key, (named[0].start, named[0].end)
    own = setting.registry.bodies.get(setting.identity.body or "")
    if own is None or own.parent != draft.actor or not draft.actor:
        return None
    for kind in sorted(words(setting.language, "organ"), key=len, reverse=True):
        match = re.compile(rf"(?:[\w-]+ )?{re.escape(kind)}\b", re.IGNORECASE).search(text, position, end)
        if match and re.search(rf"\b{re.escape(kind)}\b", own.name, re.IGNORECASE):
            return own.key, (match.start(), match.end())
    return None


def _reports(draft: Draft, heard: tuple[Heard, ...]) -> list[Related]:
    """A report told in words whose symbol an earlier sentence of the item prints, said of the same meeting or group."""
    text = draft.sentence.text
    found = []
    for match in grammar(draft.sentence.language, "report-in-words").finditer(
        text[draft.told.verb_end : draft.end]
    ):
        start, end = match.start() + draft.told.verb_end, match.end() + draft.told.verb_end
        rest = text[end : min(draft.end, end + 160)]
        if any(m.kind == "document" and end <= m.start < end + 40 for m in draft.sentence.mentions):
            continue
        content = set(_WORD.findall(rest.casefold()))
        for earlier in reversed(heard):
            symbol = _reported(earlier)
            if symbol is not None and (not rest.startswith(" of") or _shares(content, earlier, heard)):
                found.append(Related(symbol, str(ObjectRelation.OBJECT), draft.passage.span(start, end)))
                break
    return found


def _reported(heard: Heard) -> str | None:
    """The document whose symbol a sentence about a report prints ("The report of that meeting … (see X/1)")."""
    s = heard.sentence
    if not grammar(s.language, "report-noun").search(s.text):
        return None
    documents = {m.key for m in s.all_mentions if m.kind == "document"}
    return documents.pop() if len(documents) == 1 else None


def _shares(content: set[str], earlier: Heard, heard: tuple[Heard, ...]) -> bool:
    """Whether the report's description shares words with the sentence of the symbol or the one before it."""
    index = heard.index(earlier)
    around = " ".join(h.sentence.text[h.sentence.start :] for h in heard[max(0, index - 3) : index + 1])
    return len(content & set(_WORD.findall(around.casefold()))) >= COMMON_WORDS


def _tools(draft: Draft) -> list[Related]:
    """The tools and named texts that an asked body is to change or make."""
    if not draft.addressed.keys:
        return []
    return [related(draft.passage, m, str(ObjectRelation.OBJECT)) for m in _inside(draft, "tool")[:1]]


def regarding(
    draft: Draft, things: tuple[Related, ...], heard: tuple[Heard, ...], language: str
) -> tuple[Related, ...]:
    """The provisions and tools of the clause; failing provisions, those of earlier sentences on the same topic."""
    clause = [m for m in draft.sentence.all_mentions if draft.start <= m.start < draft.end]
    named = [m for m in clause if m.kind == "provision" and not m.key.startswith("act/")]
    tools = [m for m in clause if m.kind == "tool"]
    own = [related(draft.passage, m, "regarding", m.key) for m in (*named, *tools)]
    if not named:
        own += _on_topic(draft, heard, language)
    own.sort(key=lambda item: (item.span.start, natural(item.key)))
    return tuple({item.key: item for item in reversed(own)}.values())[::-1]


def natural(key: str) -> tuple[tuple[int, str], ...]:
    """An order of keys in which article 6 comes before article 17."""
    return tuple((int(step), "") if step.isdigit() else (0, step) for step in key.split("/"))


def _on_topic(draft: Draft, heard: tuple[Heard, ...], language: str) -> list[Related]:
    if not draft.addressed.keys:
        return []
    topic = _content(draft.sentence, draft.told.verb_end, draft.end, language)
    found: list[Related] = []
    for earlier in heard:
        s = earlier.sentence
        provisions = [m for m in s.all_mentions if m.kind == "provision"]
        if provisions and len(topic & _content(s, s.start, s.end, language)) >= COMMON_WORDS:
            found += [related(earlier.passage, m, "regarding", m.key) for m in provisions]
    return found


def _content(sentence: Sentence, start: int, end: int, language: str) -> set[str]:
    """The content words of a stretch, without names, common words and endings of number."""
    text = list(sentence.text[start:end])
    for mention in sentence.mentions:
        if mention.kind == "provision" or (
            mention.kind in _NAMES and sentence.masked[mention.start].isupper()
        ):
            for index in range(max(mention.start, start) - start, min(mention.extent, end) - start):
                text[index] = " "
    bare = pattern(language, "stopword").sub(" ", "".join(text))
    return {word.rstrip("s") for word in _WORD.findall(bare.casefold())}
