"""What is wrong in a file of the registry is said with file, line and remedy, and nothing wrong passes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from treatygraph.model.errors import RegistryError
from treatygraph.registry import load_registry

Change = Callable[..., Path]
SOURCE = 'sources = ["source/0123456789abcdef0123456789abcdef"]'

CASES = [
    # file, words, words in their place, line of the error, words of the message
    ("instruments.toml", 'key = "treaty/lake"', "key = treaty/lake", 3, "not TOML"),
    ("instruments.toml", 'key = "treaty/lake"', 'key = "lake"', 3, "the key is not well formed"),
    ("instruments.toml", 'key = "treaty/lake-eels"', 'key = "treaty/lake"', 3, "the key stands twice"),
    ("instruments.toml", "supplements =", "suplements =", 11, "there is no field 'suplements'"),
    (
        "instruments.toml",
        'supplements = "treaty/lake"',
        'supplements = "treaty/sea"',
        11,
        "there is no instrument",
    ),
    ("instruments.toml", "[[instrument]]", "[[instruments]]", 2, "There is no table 'instruments'"),
    ("instruments.toml", '"Lake Convention"]', '"the Lake Convention"]', 6, "begins with an article"),
    ("instruments.toml", 'short = "Lake Convention"', 'short = "Lake"', 5, "not among the aliases"),
    (
        "instruments.toml",
        "Protocol on Eels to the Convention on the Silver Lake",
        "Lake Convention",
        10,
        "also means",
    ),
    ("bodies.toml", 'parent = "body/lake-cop"', 'parent = "body/pond-cop"', 14, "there is no body"),
    ("bodies.toml", 'scope = "body/lake-cop"', 'scope = "body/pond-cop"', 5, "there is no body"),
    ("bodies.toml", 'counts = "session"', 'counts = "congress"', 6, "cannot count"),
    ("bodies.toml", "{session}/{number}", "{session}/{numer}", 9, "is not a key with"),
    ("bodies.toml", "{session}/{number}", "{session}/{number", 9, "the template is not well formed"),
    ("bodies.toml", "session/number", "session-number", 9, "there is no style"),
    ("bodies.toml", 'kind = "decision"', 'kind = "opinion"', 9, "there is no kind of act"),
    ("bodies.toml", 'counts = "meeting"', 'counts = ["meeting"]', 15, "must be text"),
    ("history.toml", SOURCE, "sources = []", 13, "a fact needs a source"),
    (
        "history.toml",
        SOURCE,
        'sources = ["source/00000000000000000000000000000000"]',
        17,
        "there is no source",
    ),
    (
        "history.toml",
        "1999-05-03/1999-05-07",
        "1999-05-03/1999-04-07",
        15,
        "the last day is before the first",
    ),
    ("history.toml", "1999-05-03/1999-05-07", "May 1999", 15, "is no date"),
    ("history.toml", 'held_by = ["body/lake-cop"]', 'held_by = ["body/pond"]', 14, "nothing is named"),
    ("history.toml", '"treaty/lake/art/2"', '"article 2"', 30, "is not a key"),
    ("history.toml", 'seen = "stored web page"', 'seen = "in a dream"', 3, "a source cannot be"),
]


@pytest.mark.parametrize(("file", "old", "new", "line", "words"), CASES, ids=[case[4] for case in CASES])
def test_a_broken_registry_is_refused_with_its_place(
    change: Change, file: str, old: str, new: str, line: int | None, words: str
) -> None:
    with pytest.raises(RegistryError) as caught:
        load_registry(change(file, old, new))
    error = caught.value
    assert words in error.what
    assert error.remedy
    assert error.where is not None
    assert error.where.file == file
    if line is not None:
        assert error.where.line == line


def test_the_small_registry_loads_as_it_stands(small: Path) -> None:
    registry = load_registry(small)
    assert sorted(registry.bodies) == ["body/lake-cop", "body/lake-cop/wg1"]
    assert registry.instruments["treaty/lake-eels"].supplements == "treaty/lake"


def test_two_actions_of_one_name_are_refused(change: Change) -> None:
    again = (
        '\n[[action]]\nname = "establish-wg1"\nverb = "note"\nsays = "notes"\n' + SOURCE + "\n\n[[action]]"
    )
    with pytest.raises(RegistryError, match="Two actions are named"):
        load_registry(change("history.toml", "\n[[action]]", again))


def test_a_body_above_itself_is_refused(change: Change) -> None:
    folder = change("bodies.toml", 'counts = "session"', 'counts = "session"\nparent = "body/lake-cop/wg1"')
    with pytest.raises(RegistryError, match="above itself"):
        load_registry(folder)


def test_a_file_that_is_not_utf8_is_refused(small: Path) -> None:
    (small / "bodies.toml").write_bytes(b'# caf\xe9\n[[body]]\nkey = "body/x"\nname = "X"\n')
    with pytest.raises(RegistryError, match="not UTF-8"):
        load_registry(small)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="There is no registry") as caught:
        load_registry(tmp_path / "nowhere")
    assert "nowhere" in str(caught.value)
