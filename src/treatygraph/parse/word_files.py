"""A file of words (TOML) → its tables; where the folders of languages stand."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final

from treatygraph.model.errors import VocabularyError, Where

LANG: Final = Path(__file__).parent / "lang"
"""One folder a language, with its lists of words; what all languages share stands in ``lists.toml``."""


def read_list(path: Path) -> dict[str, Any]:
    """The tables of a file of words; raises ``VocabularyError`` with the file for one that is not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise VocabularyError(
            f"the word list cannot be read: {error}",
            where=Where(file=str(path)),
            remedy="Mend the TOML file.",
        ) from error
