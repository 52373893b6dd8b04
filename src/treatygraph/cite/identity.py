"""Tree → whose document it is: its key, its body, who convened it, and the session or meeting it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
import re
from dataclasses import dataclass
from typing import Final

from treatygraph.cite.find import find_mentions
from treatygraph.cite.grammar.acts import act_number
from treatygraph.cite.lexicon import Lexicon
from treatygraph.cite.line import Line
from treatygraph.cite.mentions import ActNumber, HappeningMention
from treatygraph.cite.names import BODY, Matcher
from treatygraph.cite.series import key_in
from treatygraph.cite.symbols import find_symbols, normalise_symbol
from treatygraph.cite.tokens import fold
from treatygraph.model.extraction import DocumentIdentity
from treatygraph.model.tree import DocumentKind, DocumentTree, TreatyText
from treatygraph.registry.values import Registry

_HEAD: Final = 40  # blocks in which a document says whose it is
_PAPER: Final = re.compile(
    r"(?:RES|DEC|Res|Dec|L|INF|PV|SR|PRST|CRP|MISC|R|W|SS|S-\d+|ES-\d+)(?:\.[0-9IVX]+)?|[IVX]+"
)


@dataclass(frozen=True, slots=True)
class Head:
    """What the opening of a document says: bodies in order of print, its own act, its own symbol."""

    bodies: tuple[str, ...]
    acting: str | None
    act: tuple[str, ActNumber] | None
    symbol: str | None


def identify(
    tree: DocumentTree, registry: Registry, lexicon: Lexicon, matcher: Matcher, *, symbol: str | None = None
) -> DocumentIdentity:
    """The identity of a document, its happening left open; *symbol* is what a user says its symbol is."""
    head = _head(tree, registry, lexicon, matcher)
    printed = normalise_symbol(symbol or tree.front.symbol or head.symbol or "") or None
    body = _body(head, registry) or (_body_of_symbol(printed, registry) if printed else None)
    inferred = False
    key = f"document/{printed}" if printed else None
    if key is None and head.act and body:
        found = key_in(registry.bodies[body], *head.act)
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
        convened_by=convened if convened and _convenes(convened, registry) else None,
        happening=None,
    )


def instrument_of(treaty: TreatyText, registry: Registry) -> str | None:
    """The key of the instrument whose name or alias is the title of a treaty text, or None."""
    title = _title(treaty.title)
    for key in sorted(registry.instruments):
        instrument = registry.instruments[key]
        names = (instrument.name, *(alias.text for alias in instrument.aliases))
        if any(_title(name) == title for name in names):
            return key
    return None


def own_chain(body: str | None, registry: Registry) -> tuple[str, ...]:
    """A body and the bodies above it."""
    chain: list[str] = []
    while body is not None and body not in chain and body in registry.bodies:
        chain.append(body)
        body = registry.bodies[body].parent
    return tuple(chain)


def _title(text: str) -> str:
    return fold(" ".join(text.replace("*", " ").split())).rstrip(".,;: ").removeprefix("the ")


def _convenes(body: str, registry: Registry) -> bool:
    """Whether a body holds sessions of its own, and so convenes those below it."""
    return registry.bodies[body].counts is not None


def _head(tree: DocumentTree, registry: Registry, lexicon: Lexicon, matcher: Matcher) -> Head:
    bodies: list[str] = []
    acting: str | None = None
    act: tuple[str, ActNumber] | None = None
    symbol: str | None = None
    organs = [Line(text, lexicon, matcher) for text, _ in tree.front.organs]
    for line in organs:
        bodies.extend(_bodies(line, registry, whole=False))
    for block in tree.source.blocks[:_HEAD]:
        line = Line(block.text[:600], lexicon, matcher)
        whole = list(_bodies(line, registry, whole=True))
        bodies.extend(whole)
        if whole and line.text.rstrip().endswith(","):
            acting = acting or whole[0]
        symbol = symbol or _lone_symbol(block.text)
        act = act or _own_act(line, lexicon)
        if acting:
            break
    return Head(tuple(dict.fromkeys(bodies)), acting, act, symbol)


def _bodies(line: Line, registry: Registry, *, whole: bool) -> Iterator[str]:
    """The bodies that a line names; with *whole*, only where the name is all there is on the line."""
    for hit in line.hits:
        keys = sorted({entry.key for entry in hit.entries if entry.alias.scope == "*"})
        if hit.domain != BODY or hit.nested or len(keys) != 1:
            continue
        rest = (line.text[: hit.start] + line.text[hit.end :]).strip(" ,.:;*")
        if (
            not whole
            or not rest
            or line.lexicon.at(line.words, 0, "the")
            and rest.casefold() == line.words.norm(0)
        ):
            yield keys[0]


def _lone_symbol(text: str) -> str | None:
    found = find_symbols(text)
    bare = text.strip()
    return found[0].normal if len(found) == 1 and normalise_symbol(bare) == found[0].normal else None


def _own_act(line: Line, lexicon: Lexicon) -> tuple[str, ActNumber] | None:
    """The number of the act that the document itself is: "Resolution 2107 (2013)", "53/16. The right to …"."""
    found = line.lex(0, "act")
    if found and not found[0].plural:
        number = act_number(line, found[1])
        if number and number[1] >= len(line):
            return found[0].sense, number[0]
        return None
    number = act_number(line, 0)
    if number is None or "number" in number[0].styles or "session.number" in number[0].styles:
        return None
    return (_kind(lexicon), number[0]) if line.words.norm(number[1]) == "." else None


def _kind(lexicon: Lexicon) -> str:
    return "resolution"


def _body(head: Head, registry: Registry) -> str | None:
    """The acting body; else the lowest of the bodies that the head names: one that all others stand above, or the last."""
    if head.acting:
        return head.acting
    for body in reversed(head.bodies):
        if set(own_chain(body, registry)) >= {key for key in head.bodies if key in own_chain(body, registry)}:
            lowest = body
            break
    else:
        return None
    return next((b for b in head.bodies if lowest in own_chain(b, registry) and b != lowest), lowest)


def _body_of_symbol(symbol: str, registry: Registry) -> str | None:
    """The body whose series the symbol belongs to: the longest series symbol that it begins with."""
    best: tuple[int, str] | None = None
    for key in sorted(registry.bodies):
        body = registry.bodies[key]
        for series in (body.symbol, *body.other_symbols):
            if series and _of_series(symbol, series):
                best = max(best or (0, ""), (len(series), key))
    return best[1] if best else None


def _of_series(symbol: str, series: str) -> bool:
    """Whether a symbol is of that very series: what follows is a number or a kind of paper, not a body below."""
    if not symbol.startswith((f"{series}/", f"{series}.", f"{series}(")):
        return False
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
    return None
