"""The wheel carries everything that an installed treatygraph needs, and works far from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ASSETS = "treatygraph/_assets"


@pytest.fixture(scope="module")
def wheel(repo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as `make wheel` builds it."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=repo, check=True
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of a treatygraph that was installed from the wheel into an environment of its own.

    The packages that it depends on are lent by this environment; the editable treatygraph of this environment is not,
    since path files (.pth) inside a lent folder are not read.
    """
    folder = tmp_path_factory.mktemp("elsewhere") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    (packages,) = folder.glob("lib/python3.*/site-packages")
    lent = next(path for path in sys.path if path.endswith("site-packages"))
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "--python",
            str(folder / "bin/python"),
            "install",
            "--quiet",
            "--no-deps",
            str(wheel),
        ],
        check=True,
    )
    (packages / "lent.pth").write_text(lent + "\n", encoding="utf-8")
    return folder / "bin" / "treatygraph"


def run(command: list[str | Path], cwd: Path) -> str:
    """The output of a command that is run away from the checkout, with nothing that points back to it."""
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "TREATYGRAPH"))
    }
    done = subprocess.run(command, cwd=cwd, env=clean, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def files_under(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("folder", ["ontology", "data", "web/templates", "web/dist"])
def test_wheel_carries_each_file_of(wheel: Path, repo: Path, folder: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        carried = {
            name.removeprefix(f"{ASSETS}/{folder}/")
            for name in archive.namelist()
            if name.startswith(f"{ASSETS}/{folder}/")
        }
    present = files_under(repo / folder)
    assert present
    assert present - carried == set()


def test_wheel_carries_the_word_lists_and_queries_beside_the_code(wheel: Path, repo: Path) -> None:
    package = repo / "src" / "treatygraph"
    with zipfile.ZipFile(wheel) as archive:
        carried = {name.removeprefix("treatygraph/") for name in archive.namelist()}
    present = {
        name for name in files_under(package) if "__pycache__" not in name and not name.endswith(".pyc")
    }
    assert present - carried == set()


def test_wheel_carries_its_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {Path(name).name for name in archive.namelist() if ".dist-info/" in name}
    assert {"LICENSE", "NOTICE"} <= names


def test_wheel_carries_no_source_text_and_no_test(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"treatygraph"}


def test_installed_package_finds_its_own_assets(installed: Path, tmp_path: Path) -> None:
    code = "from treatygraph.model.assets import assets; print(assets())"
    found = Path(run([installed.with_name("python"), "-c", code], tmp_path).strip())
    assert found.parts[-2:] == ("treatygraph", "_assets")
    assert found.is_relative_to(installed.parents[1])


def test_installed_command_builds_a_graph_and_answers(
    installed: Path, tmp_path: Path, small_data: Path
) -> None:
    run([installed, "build", "--data", small_data], tmp_path)
    query = "ASK { <https://w3id.org/treatygraph/id/treaty/untoc/art/16> ?p ?o }"
    assert '"boolean":true' in run([installed, "query", query, "--format", "json"], tmp_path).replace(" ", "")
