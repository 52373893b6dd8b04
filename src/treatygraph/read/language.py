"""Text → the code of its language, from its script or its commonest words (``lang/words.toml``)."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, Final

UNDETERMINED: Final = "und"
"""The code of a language that the text gives no evidence for (an empty file; ISO 639-2)."""

_WORDS: Final = Path(__file__).parent / "lang" / "words.toml"
_WORD: Final = re.compile(r"[^\W\d_]+")
_SCRIPTS: Final = {
    "Arabic": re.compile("[\u0600-\u06ff]"),
    "Cyrillic": re.compile("[\u0400-\u04ff]"),
    "Han": re.compile("[\u4e00-\u9fff]"),
}
_SAMPLE: Final = 100_000
# A Chinese character says as much as some four letters of a word.
_HAN_WEIGHT: Final = 4
# Old records print English and French side by side; what comes this near to the best is read as English.
_NEAR: Final = 0.9


@cache
def _languages() -> dict[str, dict[str, Any]]:
    return tomllib.loads(_WORDS.read_text(encoding="utf-8"))


@cache
def leading_and_bound() -> tuple[frozenset[str], frozenset[str]]:
    """The articles that open a sentence in any language, and the small words that lean on the next one."""
    held = _languages().values()
    return (
        frozenset(word for entry in held for word in entry.get("article", ())),
        frozenset(word for entry in held for word in entry.get("bound", ())),
    )


def detect_language(text: str) -> str:
    """``en``, ``fr``, … or ``und`` where neither script nor words say. Ties go to the first code in the alphabet."""
    sample = text[:_SAMPLE]
    printed = _WORD.findall(sample)
    letters = sum(map(len, printed))
    if not letters:
        return UNDETERMINED
    for code, entry in sorted(_languages().items()):
        script = entry.get("script")
        if script:
            weight = _HAN_WEIGHT if script == "Han" else 1
            if len(_SCRIPTS[script].findall(sample)) * weight * 2 > letters:
                return code
    counts = Counter(token.casefold() for token in printed)
    scores = {
        code: sum(counts[word] for word in words)
        for code, entry in sorted(_languages().items())
        if (words := frozenset(entry.get("words", ())))
    }
    best = max(scores, key=lambda code: scores[code])
    if scores["en"] >= _NEAR * scores[best]:
        best = "en"
    return best if scores[best] else UNDETERMINED
