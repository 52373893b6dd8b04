"""The files that are not code are found in an installed package and in a checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

from treatygraph.model.assets import assets, find_assets
from treatygraph.model.errors import AssetsMissingError


def test_assets_of_a_checkout_are_the_checkout(repo: Path) -> None:
    assert assets() == repo


def test_assets_of_an_installed_package_are_inside_it(tmp_path: Path) -> None:
    package = tmp_path / "site-packages" / "treatygraph"
    (package / "_assets" / "ontology").mkdir(parents=True)
    assert find_assets(package) == package / "_assets"


def test_assets_inside_the_package_go_before_a_checkout_around_it(tmp_path: Path) -> None:
    package = tmp_path / "src" / "treatygraph"
    (package / "_assets" / "ontology").mkdir(parents=True)
    (tmp_path / "ontology").mkdir()
    assert find_assets(package) == package / "_assets"


def test_assets_that_are_nowhere_are_an_error_with_a_remedy(tmp_path: Path) -> None:
    package = tmp_path / "src" / "treatygraph"
    package.mkdir(parents=True)
    with pytest.raises(AssetsMissingError, match="make setup"):
        find_assets(package)
