"""Tree → whose document it is: its key, its body, who convened it, and the session or meeting it belongs to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from treatygraph.cite.families import PRINCIPAL, of_another_family
from treatygraph.cite.find import Found, find_in_block, find_mentions
from treatygraph.cite.grammar.acts import act_number
from treatygraph.cite.lexicon import Lexicon
from treatygraph.cite.line import Line
from treatygraph.cite.mentions import ActMention, ActNumber, HappeningMention
from treatygraph.cite.names import BODY, Matcher, NameHit
from treatygraph.cite.referents import OFFICER, own_chain
from treatygraph.cite.series import bodies_by_code, key_in
from treatygraph.cite.symbols import find_symbols, normalise_symbol
from treatygraph.cite.tokens import fold
from treatygraph.cite.unknown_organs import names_unknown_organ, of_unknown_organ
from treatygraph.model.extraction import DocumentIdentity
from treatygraph.model.keys import encode_key
from treatygraph.model.text import Block, BlockKind
from treatygraph.model.tree import DocumentKind, DocumentTree, TreatyText
from treatygraph.parse.ordinals import find_ordinals
from treatygraph.registry.values import EVERYWHERE, Body, Registry

ORGANIZATION: Final = "organization"
"""The kind of a body that acts through its organs."""
_HEAD: Final = 40  # blocks in which a document says whose it is
_MASTHEAD: Final = 10  # blocks among which its own symbol may stand alone
_NOT_ACTS: Final = (DocumentKind.REPORT, DocumentKind.AGENDA, DocumentKind.ANNOTATED_AGENDA)
_NUMBERED: Final = re.compile(
    r"((?:E?S-)?\d{1,4}/\d{1,4}(?: ?[A-Z])?|\d{1,4}(?: ?[A-Z])? \([IVXL]{1,8}\))\.\s{1,4}\w"
)
# Where and when a conference met, behind its name: "(Dakar, 2031)".
_WHERE: Final = re.compile(r"\s\([^\W\d_][^()\d]{0,60}\d{4}\)")
_PAPER: Final = re.compile(
    r"(?:RES|DEC|Res|Dec|L|GC|GR|INF|PV|SR|PRST|CRP|MISC|R|W|SS|S-\d+|ES-\d+)(?:\.[0-9IVX]+)?|[IVX]+"
)
# What a committee says of one State, by the code of the State: "CCPR/C/FIN/CO/7".
_OF_COMMITTEE: Final = re.compile(r"/C(?:\.\d+)?$")
_COMMITTEE: Final = re.compile(r"/C(?:\.\d+)?(?=/)")
_OF_A_STATE: Final = re.compile(r"/[A-Z]{3}/(?:CO|FCO|QPR|Q|RQ|LOIPR|\d)")


@dataclass(frozen=True, slots=True)
class Head:
    """What the opening of a document says: bodies in order of print, the acting one, its own act, its own symbol."""

    bodies: tuple[str, ...]
    acting: str | None
    act: tuple[str, ActNumber] | None
    symbol: str | None
    holder: str | None = None
    coded: tuple[str, tuple[str, ActNumber]] | None = (
        None  # the body whose code its title carries, and its act
    )

    @property
    def numbered(self) -> str | None:
        """The number of that act as symbols are written: "FCTC/COP12(9)"."""
        return normalise_symbol(self.coded[1][1].text) if self.coded else None


def identify(
    tree: DocumentTree, registry: Registry, lexicon: Lexicon, matcher: Matcher, *, symbol: str | None = None
) -> DocumentIdentity:
    """The identity of a document, its happening left open; *symbol* is what a user says its symbol is."""
    head = _head(tree, registry, lexicon, matcher)
    printed = normalise_symbol(symbol or tree.front.symbol or head.symbol or "") or None
    body = _of_two(_body(head, registry), head.holder, registry)
    of_symbol = _body_of_symbol(printed, registry, beside=bool(tree.front.organs)) if printed else None
    issues = body is not None and head.acting is None and registry.bodies[body].kind == ORGANIZATION
    if body is None or (issues and (of_symbol or names_unknown_organ(tree, registry, lexicon, matcher))):
        # an organization above the line of an organ issues its papers, and says nothing itself
        body = of_symbol
    act = head.act
    principal = body is not None and registry.bodies[body].kind == PRINCIPAL
    numbered = body is not None and act is not None and own_key(registry.bodies[body], *act) is not None
    if principal and not numbered and of_another_family(tree, registry):
        body = None  # an organ that is called the same
    if head.coded and body in (None, head.coded[0]):
        body, act = head.coded[0], act or head.coded[1]
    inferred = False
    key = encode_key(f"document/{printed}") if printed else None
    if head.coded and printed and head.numbered == printed:
        key = own_key(registry.bodies[head.coded[0]], *head.coded[1]) or key
    if key is None and act and body:
        found = own_key(registry.bodies[body], *act)
        if found:
            key = found
            printed = found.removeprefix("document/") if found.startswith("document/") else None
            inferred = printed is not None
    convened = registry.bodies[body].parent if body else None
    return DocumentIdentity(
        key=key or f"document/sha256-{tree.source.file_sha256[:16]}",
        symbol=printed,
        symbol_inferred=inferred,
        body=body,
        convened_by=convened if convened and _convenes(convened, body, head, registry) else None,
        happening=None,
    )


def identify_by_symbol(tree: DocumentTree, registry: Registry, symbol: str | None) -> DocumentIdentity:
    """The identity of a document whose words are not understood: what its symbol says."""
    printed = normalise_symbol(symbol or tree.front.symbol or "") or None
    body = _body_of_symbol(printed, registry) if printed else None
    key = encode_key(f"document/{printed}") if printed else f"document/sha256-{tree.source.file_sha256[:16]}"
    return DocumentIdentity(key, printed, False, body, None, None)


def of_one_state(symbol: str | None) -> bool:
    """Whether a symbol is that of a paper of a committee on one State: "CCPR/C/FIN/CO/7".

    >>> of_one_state("CCPR/C/FIN/CO/7"), of_one_state("CCPR/C/GC/37")
    (True, False)
    """
    place = _COMMITTEE.search(symbol or "")
    return place is not None and symbol is not None and _OF_A_STATE.match(symbol, place.end()) is not None


def instrument_of(treaty: TreatyText, registry: Registry) -> str | None:
    """The key of the instrument whose name or alias is the title of a treaty text, or None."""
    title = _title(treaty.title)
    # A title may go on after a semicolon or a comma where the common name stops.
    main = title.split(";")[0].strip()
    for key in sorted(registry.instruments):
        instrument = registry.instruments[key]
        names = (instrument.name, *(alias.text for alias in instrument.aliases))
        if any(_title(name) in (title, main) for name in names):
            return key
    return None


def _title(text: str) -> str:
    return fold(" ".join(text.replace("*", " ").split())).rstrip(".,;: ").removeprefix("the ")


def _convenes(parent: str, body: str | None, head: Head, registry: Registry) -> bool:
    """Whether the body above convened the document's: it holds sessions, and the head names it or the key says so."""
    if registry.bodies[parent].counts is None:
        return False
    return parent in head.bodies or (body or "").startswith(f"{parent}/")


def _head(tree: DocumentTree, registry: Registry, lexicon: Lexicon, matcher: Matcher) -> Head:
    blocks = tuple(_before_items(tree))
    lines = [find_in_block(block.text, lexicon, matcher) for block in blocks]
    evidence = _evidence(lines, registry)
    whole = [(key, found.line) for found in lines if (key := whole_body(found.line, registry, evidence))]
    organs = [Line(text, lexicon, matcher) for text, _ in tree.front.organs]
    named = [key for line in organs for key in _bodies(line, registry, evidence)]
    if not named and not whole:
        named = list(_told(tree.kind, lines, registry, evidence))
    act = None if tree.kind in _NOT_ACTS else _the_act([block.text for block in tree.source.blocks], lines)
    if act is None and tree.kind not in _NOT_ACTS:
        act = _bare_act(lines, _printed_happening(tree, lexicon, matcher))
    if names_unknown_organ(tree, registry, lexicon, matcher):
        whole = [(key, line) for key, line in whole if not line.hits[0].bare]  # its noun alone means it
    acting = next((key for key, _ in whole if act and own_key(registry.bodies[key], *act)), None)
    acting = acting or next((key for key, line in whole if line.text.rstrip().endswith(",")), None)
    # A note to the masthead ("A/80/50.") names another document.
    masthead = [block.text for block in blocks[:_MASTHEAD] if block.kind is not BlockKind.FOOTNOTE]
    symbol = next(filter(None, map(_lone_symbol, masthead)), None)
    holder = _holder(tree, lexicon, matcher, registry, evidence)
    bodies = tuple(dict.fromkeys([*named, *(key for key, _ in whole)]))
    coded = None if tree.kind in _NOT_ACTS else _coded(lines, registry)
    return Head(bodies, acting, act, symbol, holder, coded)


def _before_items(tree: DocumentTree) -> Iterator[Block]:
    """The first blocks, up to the titles of an agenda or the slots of a programme, which name other bodies."""
    listed = [*(item.span.start for item in tree.items), *(slot.span.start for slot in tree.slots)]
    first = min(listed, default=len(tree.source.text))
    return takewhile(lambda block: block.span.end <= first, tree.source.blocks[:_HEAD])


def _coded(head: Iterable[Found], registry: Registry) -> tuple[str, tuple[str, ActNumber]] | None:
    """The act whose title carries the code of one body, and that body: "Conf. 12.3 (Rev. CoP19)"; None for several."""
    titles: list[tuple[str, tuple[str, ActNumber]]] = []
    for found in head:
        line = found.line
        noun = line.lex(0, "act")
        number = act_number(line, noun[1] if noun else 0)
        if number is None or not (number[1] >= len(line) or line.words.norm(number[1]) in (".", ":", "(")):
            continue
        kinds = (noun[0].sense,) if noun else ("resolution", "decision")
        acts = [(body, kind) for kind in kinds for body in bodies_by_code(registry, kind, number[0])]
        titles += [(body, (kind, number[0])) for body, kind in acts]
    return titles[0] if len(titles) == 1 else None


def _told(
    kind: DocumentKind, lines: Iterable[Found], registry: Registry, evidence: Mapping[str, int]
) -> Iterator[str]:
    """The body that a head without organs tells of: whose president makes a statement, whose session is reported on."""
    for found in lines:
        line = found.line
        for hit in (hit for hit in line.hits if hit.domain == BODY and hit.entries and not hit.nested):
            reported = kind is DocumentKind.REPORT and line.lex(0, "paper") and _of(line, hit) == 1
            counted = any(
                isinstance(mention, HappeningMention) and mention.possessive for mention in found.mentions
            )
            if kind is DocumentKind.STATEMENT or (reported and counted):
                key = _one_of(hit, registry, evidence)
                if key:
                    yield _organ_of(key, registry)
                    return


def _of(line: Line, hit: NameHit) -> int:
    """The word before a name for which the name is "of the …", or -1."""
    the = line.lex(hit.first - 1, "the")
    before = hit.first - 2 if the else hit.first - 1
    return before if before >= 0 and line.lex(before, "of") else -1


def _organ_of(key: str, registry: Registry) -> str:
    body = registry.bodies[key]
    return body.parent if body.kind == OFFICER and body.parent else key


def _holder(
    tree: DocumentTree, lexicon: Lexicon, matcher: Matcher, registry: Registry, evidence: Mapping[str, int]
) -> str | None:
    """The organ that stands last before the session or meeting which the head names."""
    if tree.front.happening is None:
        return None
    before = [text for text, span in tree.front.organs if span.start <= tree.front.happening[1].start]
    keys = _bodies(Line(before[-1], lexicon, matcher), registry, evidence) if before else ()
    return next(iter(keys), None)


def _of_two(body: str | None, holder: str | None, registry: Registry) -> str | None:
    """Of two bodies that print their heads one below the other, the one whose session is named first."""
    if body is None or holder is None or registry.bodies[holder].counts is None:
        return body
    related = holder in own_chain(body, registry) or body in own_chain(holder, registry)
    return body if related else holder


def _evidence(lines: Iterable[Found], registry: Registry) -> Counter[str]:
    """How often the head names each thing, and the bodies whose codes its acts carry ("1/CP.21").

    What a body says speaks of other bodies, too: below the line of the one that acts, only those of a treaty count.
    """
    evidence: Counter[str] = Counter()
    said = False
    for found in lines:
        for hit in found.line.hits:
            keys = {entry.key for entry in hit.entries if entry.alias.scope == EVERYWHERE}
            if said:
                keys = {key for key in keys if key not in registry.bodies or registry.founding_treaty(key)}
            evidence.update(keys if len(keys) == 1 else ())
        said = said or _is_actor(found.line)
        for mention in found.mentions:
            if isinstance(mention, ActMention):
                for number in mention.numbers:
                    evidence.update(bodies_by_code(registry, mention.kind, number))
    return evidence


def _is_actor(line: Line) -> bool:
    """Whether a line is a body's name and a comma, whatever body that is: "The Conference,"."""
    hit = next((hit for hit in line.hits if hit.domain == BODY and not hit.nested), None)
    return hit is not None and hit.first <= 1 and line.text[hit.end :].strip(" ”\u2019*") == ","


def _one_of(hit: NameHit, registry: Registry, evidence: Mapping[str, int]) -> str | None:
    """The body that a name means by what else the head names: the body itself, its parent, its treaty."""
    everywhere = sorted({entry.key for entry in hit.entries if entry.alias.scope == EVERYWHERE})
    if len(everywhere) == 1:
        return everywhere[0]
    known = sorted({entry.key for entry in hit.entries})

    def weight(key: str) -> int:
        body = registry.bodies[key]
        return sum(evidence.get(name, 0) for name in (key, body.parent, body.founding_treaty) if name)

    first, second = [*sorted(known, key=lambda key: (-weight(key), key)), ""][:2]
    return first if weight(first) > (weight(second) if second else 0) else None


def _bodies(line: Line, registry: Registry, evidence: Mapping[str, int]) -> Iterator[str]:
    for hit in line.hits:
        if (
            hit.domain == BODY
            and hit.entries
            and not (hit.nested or _is_topic(line, hit) or _goes_on(line, hit))
        ):
            key = _one_of(hit, registry, evidence)
            if key:
                yield key


def _goes_on(line: Line, hit: NameHit) -> bool:
    """Whether a noun alone is part of the name of an organ that is not known: "Committee of the Parties to the …"."""
    if not hit.bare or hit.to >= 0:
        return False
    beside = line.text[: hit.start] if line.order.head_last else line.text[hit.end :]
    return bool(beside.strip(" ,.:*#()"))


def _is_topic(line: Line, hit: NameHit) -> bool:
    """Whether a name stands in a line that is of something else: "Department for General Assembly … Management"."""
    return any(
        line.lex(index, "small") and not any(line.lex(index, role) for role in ("and", "of", "the"))
        for index in range(hit.first)
    )


def whole_body(line: Line, registry: Registry, evidence: Mapping[str, int]) -> str | None:
    """The body whose name is all there is on a line: "The General Assembly,"."""
    hit = next((hit for hit in line.hits if hit.domain == BODY and hit.entries and not hit.nested), None)
    if hit is None:
        return None
    the = line.lex(0, "the")
    before = line.text[: hit.start].strip()
    after = _WHERE.sub("", line.text[hit.end :]).strip(" ,.:;*/")
    if after or (before and not (the and the[1] == hit.first)):
        return None
    return _one_of(hit, registry, evidence)


def _the_act(texts: list[str], head: Iterable[Found]) -> tuple[str, ActNumber] | None:
    """The number of the act that the document is; None where a page carries several."""
    own = next(filter(None, (own_act(found.line) for found in head)), None)
    if own is None:
        return None
    openings = {match.group(1) for text in texts if (match := _NUMBERED.match(text))}
    return own if own[1].start or len(openings) <= 1 else None


def _bare_act(head: Iterable[Found], session: str | None) -> tuple[str, ActNumber] | None:
    """The number of an act without a full stop, alone or before the title, of the session that the head prints."""
    for found in head:
        line = found.line
        number = act_number(line, 0)
        if number is None or number[0].styles != ("session/number",) or number[0].parts["session"] != session:
            continue
        if number[1] >= len(line) or line.words.capital(number[1]):
            return "", number[0]
    return None


def _lone_symbol(text: str) -> str | None:
    """The symbol that is all there is in a line; with a full stop it closes a note, and names another document."""
    found = find_symbols(text)
    bare = text.strip(" *")
    alone = len(found) == 1 and bare == text[found[0].start : found[0].end]
    return found[0].normal if alone else None


def own_act(line: Line) -> tuple[str, ActNumber] | None:
    """The kind and number of the act that the document itself is: "Resolution 2107 (2013)", "53/16. The right to …".

    The kind is empty where the number stands alone.
    """
    found = line.lex(0, "act")
    if found and not found[0].plural:
        number = act_number(line, found[1])
        if number and (number[1] >= len(line) or line.words.norm(number[1]) in (".", ":", "(")):
            return found[0].sense, number[0]
        return None
    number = act_number(line, 0)
    if number is None or "number" in number[0].styles or "session.number" in number[0].styles:
        return None
    return ("", number[0]) if line.words.norm(number[1]) in (".", ":") else None


def own_key(body: Body, kind: str, number: ActNumber) -> str | None:
    """The key of the act of *body* that a document is; of one whose kind is not printed, by its number."""
    if kind:
        return key_in(body, kind, number)
    first = min((series.first for series in body.acts if series.first is not None), default=None)
    decided = first is not None and int(number.parts["number"]) >= first
    kinds = ("decision", "resolution") if decided else ("resolution", "decision")
    return next(filter(None, (key_in(body, each, number) for each in kinds)), None)


def _body(head: Head, registry: Registry) -> str | None:
    """The acting body; else the lowest of the bodies that the head names: all others stand above it, or it is last."""
    if head.acting:
        return head.acting
    for body in reversed(head.bodies):
        if set(own_chain(body, registry)) >= {key for key in head.bodies if key in own_chain(body, registry)}:
            lowest = body
            break
    else:
        return None
    return next((b for b in head.bodies if lowest in own_chain(b, registry) and b != lowest), lowest)


def _body_of_symbol(symbol: str, registry: Registry, *, beside: bool = False) -> str | None:
    """The body whose series the symbol belongs to: the longest series symbol that it begins with.

    *beside*: the head names an organ without a key; a letter alone ("A/72/1") may then be that organ's own series.
    """
    best: tuple[int, str] | None = None
    for key in sorted(registry.bodies):
        body = registry.bodies[key]
        for series in (body.symbol, *body.other_symbols):
            if series and len(series) > beside and _of_series(symbol, series):
                best = max(best or (0, ""), (len(series), key))
    return best[1] if best else None


def _of_series(symbol: str, series: str) -> bool:
    """Whether a symbol is of that very series: what follows is a number or a kind of paper, not a body below."""
    if series[-1].isalpha() and symbol.startswith(series) and symbol[len(series) :][:1].isdigit():
        return True  # "ATT/CSP11/…" counts its sessions without a mark
    if series[-1] == "-":
        return symbol.startswith(series) and symbol[len(series) :][:1].isdigit()  # "C-23/DEC.5"
    if not symbol.startswith((f"{series}/", f"{series}.", f"{series}(")):
        return False
    if _OF_COMMITTEE.search(series) and _OF_A_STATE.match(symbol, len(series)):
        return True
    following = symbol[len(series) + 1 :].split("/")[0]
    return following[:1].isdigit() or _PAPER.fullmatch(following) is not None


def happening_of(
    tree: DocumentTree,
    identity: DocumentIdentity,
    registry: Registry,
    lexicon: Lexicon,
    matcher: Matcher,
    told: tuple[str, ...],
) -> tuple[str | None, str | None]:
    """The session or meeting that the document belongs to and, in words, why.

    Printed in the head ("Eighth session") it is certain. An agenda that prints none belongs to the happening of its
    own body with the highest number that its text tells of (*told*: keys in order of print): an agenda looks back on
    earlier ones and forward to its own.
    """
    body = identity.body
    if body is None or registry.bodies[body].counts is None:
        return None, None
    if of_unknown_organ(tree, lexicon, matcher):
        return None, None
    stem = registry.bodies[body].happening_stem
    printed = _printed_happening(tree, lexicon, matcher)
    if printed:
        return f"{registry.bodies[body].counts}/{stem}/{printed}", "printed in the head of the document"
    if tree.kind not in (DocumentKind.AGENDA, DocumentKind.ANNOTATED_AGENDA):
        return None, None
    prefix = f"{registry.bodies[body].counts}/{stem}/"
    own = [key.removeprefix(prefix) for key in told if key.startswith(prefix)]
    numbers = sorted({int(number) for number in own if number.isdigit()})
    if not numbers:
        return None, None
    return f"{prefix}{numbers[-1]}", "the latest of its body that the agenda tells of"


def _printed_happening(tree: DocumentTree, lexicon: Lexicon, matcher: Matcher) -> str | None:
    if tree.front.happening is None:
        return None
    found = find_mentions(tree.front.happening[0], lexicon, matcher)
    for mention in found.mentions:
        if isinstance(mention, HappeningMention) and len(mention.ordinals) == 1:
            return mention.ordinals[0][0]
    # "Ninth Review Conference of the States Parties …": the body's own name is what is counted
    opening = next(iter(find_ordinals(tree.front.happening[0], tree.source.language)), None)
    return str(opening.value) if opening and opening.start == 0 and not found.mentions else None
