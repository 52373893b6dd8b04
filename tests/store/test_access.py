"""Tokens are kept as hashes in a file for its owner alone; each ends when it is told to."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from treatygraph.model.errors import TokenError
from treatygraph.store.access import TokenFile

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def tokens(tmp_path: Path) -> TokenFile:
    return TokenFile(tmp_path / "tokens.json")


def test_token_is_found_by_its_secret_with_its_scopes(tokens: TokenFile) -> None:
    secret = tokens.add("harbour", ("graphs", "update"), now=NOW, expires=None)
    other = tokens.add("lighthouse", ("graphs",), now=NOW, expires=None)
    assert secret != other and len(secret) > 40
    found = tokens.find(secret, NOW)
    assert found is not None and (found.name, found.scopes) == ("harbour", ("graphs", "update"))
    assert tokens.find(secret + "x", NOW) is None
    assert tokens.find("", NOW) is None
    assert tokens.find("schlüssel \udcff", NOW) is None


def test_secret_is_nowhere_on_disk_and_the_file_is_its_owners(tokens: TokenFile) -> None:
    secret = tokens.add("harbour", ("update",), now=NOW, expires=None)
    for path in tokens.path.parent.iterdir():
        assert secret.encode() not in path.read_bytes()
        assert path.stat().st_mode & 0o777 == 0o600


def test_file_that_others_can_read_is_refused(tokens: TokenFile) -> None:
    secret = tokens.add("harbour", ("update",), now=NOW, expires=None)
    tokens.path.chmod(0o640)
    with pytest.raises(TokenError, match="chmod 600"):
        tokens.find(secret, NOW)


def test_token_ends_at_its_moment(tokens: TokenFile) -> None:
    secret = tokens.add("harbour", ("update",), now=NOW, expires=NOW + timedelta(days=1))
    assert tokens.find(secret, NOW + timedelta(hours=23)) is not None
    assert tokens.find(secret, NOW + timedelta(hours=24)) is None


def test_rotated_token_has_its_scopes_and_one_secret(tokens: TokenFile) -> None:
    old = tokens.add("harbour", ("update",), now=NOW, expires=None)
    new = tokens.rotate("harbour", now=NOW, expires=None)
    found = tokens.find(new, NOW)
    assert found is not None and found.scopes == ("update",)
    assert tokens.find(old, NOW) is None


def test_revoked_token_ends_at_once_in_a_process_that_runs(tokens: TokenFile) -> None:
    secret = tokens.add("harbour", ("update",), now=NOW, expires=None)
    running = TokenFile(tokens.path)
    assert running.find(secret, NOW) is not None
    tokens.revoke("harbour")
    assert running.find(secret, NOW) is None
    with pytest.raises(TokenError, match="token list"):
        tokens.revoke("harbour")


@pytest.mark.parametrize(
    ("name", "scopes", "words"),
    [
        ("harbour", ("update",), "There is a token"),
        ("two words", ("update",), "cannot be called"),
        ("", ("update",), "cannot be called"),
        ("quay", ("everything",), "cannot have the scope 'everything'"),
        ("quay", (), "needs a scope"),
    ],
)
def test_token_that_cannot_be_is_refused(
    tokens: TokenFile, name: str, scopes: tuple[str, ...], words: str
) -> None:
    tokens.add("harbour", ("update",), now=NOW, expires=None)
    with pytest.raises(TokenError, match=words):
        tokens.add(name, scopes, now=NOW, expires=None)
    assert [token.name for token in tokens.tokens()] == ["harbour"]


@pytest.mark.parametrize("text", ["", "[]", '{"tokens": [{"name": "x"}]}', '{"tokens": 1}'])
def test_damaged_file_is_told(tokens: TokenFile, text: str) -> None:
    tokens.path.touch(0o600)
    tokens.path.write_text(text)
    with pytest.raises(TokenError, match="not well formed"):
        tokens.tokens()


def test_no_file_means_no_tokens(tokens: TokenFile) -> None:
    assert tokens.tokens() == () and tokens.find("tgw_x", NOW) is None
