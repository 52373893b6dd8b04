"""The clean text of a block with all that the grammar asks of it: words, lexemes, names, ordinals, dates, sentences."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from treatygraph.cite.find_names import find_names
from treatygraph.cite.lexicon import Lexeme, Lexicon
from treatygraph.cite.names import Matcher, NameHit
from treatygraph.cite.symbols import Symbol, find_symbols
from treatygraph.cite.tokens import is_year, plain
from treatygraph.parse.dates import find_dates
from treatygraph.parse.ordinals import find_ordinals

_SENTENCE_ENDS = frozenset(".?!\u3002")
_CLOSERS = "\"'\u201d\u2019)]"


class Line:
    """One block's text, read once; all indices are of words."""

    def __init__(self, text: str, lexicon: Lexicon, matcher: Matcher) -> None:
        self.text = text = plain(text)
        self.lexicon = lexicon
        self.order = lexicon.order
        self.words = lexicon.tokenise(text)
        self._lexemes = self.words.lexemes
        self._count = len(self.words.norms)
        self.no_acts_before = 0  # where the last list of numbers ended that no word for acts follows
        self.symbols: tuple[Symbol, ...] = find_symbols(text)
        self.in_symbol = {
            index
            for symbol in self.symbols
            for index in range(self.words.index_at(symbol.start), self.words.index_at(symbol.end))
        }
        self.sentence_starts = self._sentences()
        self.hits: list[NameHit] = [
            hit
            for hit in find_names(
                self.words, lexicon, matcher, frozenset(self.sentence_starts), self._ordinal_words()
            )
            if hit.first not in self.in_symbol
        ]
        self._hit_at: dict[int, NameHit] = {}
        for hit in self.hits:
            self._hit_at.setdefault(hit.first, hit)
        self._hit_ending = {hit.last: hit for hit in reversed(self.hits) if not hit.nested}

    def __len__(self) -> int:
        return self._count

    def lex(self, index: int, role: str) -> tuple[Lexeme, int] | None:
        """The longest lexeme of *role* at a word, and the index after it."""
        found = self._lexemes.get(index)
        return found.get(role) if found else None

    def of(self, index: int) -> int | None:
        """The index after the word for "of" at a word; where a case says it, the index of the name or unit itself."""
        found = self.lex(index, "of")
        if found:
            return index if found[0].sense == "pointing" else found[1]  # "dudit" says both "of" and "that"
        if not self.order.genitive or index >= len(self):
            return None
        pointed = self.lex(index, "deictic") or self.lex(index, "possessive")
        owner = pointed[1] if pointed else index
        hit = self.hit_at(owner)
        named = hit is not None and not (hit.bare and not self.words.capital(hit.first))
        return index if named or self.lex(owner, "unit") or self.lex(owner, "act") else None

    def year_at(self, index: int) -> tuple[str, int] | None:
        """The year behind a noun and the index after it ("of 2014", "2014 года"); None where there is none."""
        of = self.lex(index, "of")
        word = self.lex(of[1] if of else index, "year")
        start = word[1] if word else of[1] if of else index
        if not is_year(self.words.raw(start)):
            return None
        behind = self.lex(start + 1, "year")
        return self.words.raw(start), behind[1] if behind else start + 1

    def start(self, index: int) -> int:
        """The offset at which a word starts."""
        return self.words.starts[index]

    def end(self, index: int) -> int:
        """The offset at which the word before *index* ends."""
        return self.words.ends[index - 1]

    def folded(self, first: int, last: int) -> str:
        """The comparison form of the words from *first* up to *last*."""
        return " ".join(self.words.norms[first:last])

    def hit_at(self, index: int) -> NameHit | None:
        """The longest name that starts at a word."""
        return self._hit_at.get(index)

    def hit_before(self, index: int) -> NameHit | None:
        """The name that ends right before a word."""
        return self._hit_ending.get(index)

    def owning(self, index: int) -> bool:
        """Whether the word before an index says that it owns what follows: "the Council’s"."""
        return self.words.owner(index - 1) > 0

    def sentence_of(self, offset: int) -> int:
        """The number of the sentence that an offset stands in."""
        return bisect_right(self._sentence_offsets, offset)

    @cached_property
    def ordinals(self) -> dict[int, tuple[int, int]]:
        """Word index → (number, index after it) of each ordinal."""
        found = {}
        words, openers = self.words, self.lexicon.ordinals
        starts = [
            start
            for start, norm in zip(words.starts, words.norms, strict=True)
            if norm in openers or "0" <= norm[0] <= "9" or ("-" in norm and norm.partition("-")[0] in openers)
        ]
        for mention in find_ordinals(self.text, self.lexicon.language, starts):
            first = self.words.index_at(mention.start)
            if first not in self.in_symbol:
                found[first] = (mention.value, self.words.index_at(mention.end))
        return found

    @cached_property
    def dates(self) -> dict[int, int]:
        """Word index → index after it, of each date with a month."""
        return {
            self.words.index_at(date.start): self.words.index_at(date.end)
            for date in find_dates(self.text, self.lexicon.language)
            if not date.bare_year
        }

    @cached_property
    def dates_ending(self) -> dict[int, int]:
        """Index after a date with a month → its first word."""
        return {end: first for first, end in self.dates.items()}

    def year_beside(self, start: int, end: int) -> int | None:
        """The year of the date that stands right after the words from *start* to *end*, or right before them."""
        index = self.words.index_at(end)
        for first in (index, index + 1 if self.words.norm(index) in (",", "号") else index):
            link = self.lex(first, "of")
            for position in (link[1] if link else first, first):
                if position in self.dates:
                    return self._year(position, self.dates[position])
        before = self.words.index_at(start) - (self.words.norm(self.words.index_at(start) - 1) == "第")
        first = next((first for first, last in self.dates.items() if last == before), -1)
        return self._year(first, before) if first >= 0 and self.order.head_last else None

    def year_of(self, first: int) -> int | None:
        """The year of the date that begins at a word; None where it prints none."""
        return self._year(first, self.dates[first])

    def _year(self, first: int, last: int) -> int | None:
        figures = [self.words.raw(index) for index in range(first, last)]
        years = [int(raw) for raw in figures if len(raw) == 4 and raw.isdigit()]
        return years[-1] if years else None

    @cached_property
    def _sentence_offsets(self) -> tuple[int, ...]:
        return tuple(self.words.starts[index] for index in self.sentence_starts)

    def _ordinal_words(self) -> frozenset[int]:
        return frozenset(index for first, (_, end) in self.ordinals.items() for index in range(first, end))

    def _sentences(self) -> tuple[int, ...]:
        """The words that open a sentence."""
        starts = [0] if len(self.words) else []
        for index in [index for index, norm in enumerate(self.words.norms) if norm in _SENTENCE_ENDS]:
            norm, following = self.words.norms[index], index + 1
            while (
                self.words.norm(following)
                and self.words.raw(following) in _CLOSERS
                and self.words.glued(following)
            ):
                following += 1
            if following >= len(self.words) or (self.words.glued(following) and norm != "\u3002"):
                continue
            if norm == "." and self._abbreviates(index):
                continue
            if self.words.capital(following) or not self.words.raw(following)[:1].isalnum():
                starts.append(following)
        return tuple(starts)

    def _abbreviates(self, index: int) -> bool:
        """Whether the full stop at a word belongs to an abbreviation or an initial."""
        before = self.words.raw(index - 1)
        if len(before) == 1 and before.isupper():
            return True
        for back in (1, 2, 3):
            found = self.lex(index - back, "stop")
            if found and found[1] == index + 1:
                return True
        return False
