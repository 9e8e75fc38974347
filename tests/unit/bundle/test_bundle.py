"""A bundle can be made again by whoever has it, and shows whatever was done to it."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import zipfile
from typing import TYPE_CHECKING

import pytest

from rangemap import figures, webmap
from rangemap.ballot import Filters
from rangemap.bundle import make_bundle, verify_bundle
from rangemap.bundle.archive import MAX_ENTRIES, read_archive, sums_text
from rangemap.bundle.excerpt import Files, excerpt_files, opened
from rangemap.catalogue.load import load_catalogue
from rangemap.cli.app import main
from rangemap.errors import DataError, RegionError, UnknownNameError
from rangemap.files import zipped
from rangemap.layers import build
from rangemap.project import make_project
from rangemap.types import Tier

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

RENDER = figures.render
PLAIN = {"recipe.json": b"{}", "SHA256SUMS": b""}


@pytest.fixture(scope="module", autouse=True)
def quick_pictures() -> Iterator[None]:
    """Drawing takes seconds; one test draws in earnest."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rangemap.figures.render", lambda layerset, kind: f"{kind}: {layerset.title}".encode())
        yield


@pytest.fixture(scope="module")
def packed() -> bytes:
    return make_bundle("zelzal-2", gap="Israel")


@pytest.fixture
def files(packed: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def written(path: Path, files: Mapping[str, bytes], *, honest_sums: bool = False) -> Path:
    """Write files as a bundle; a forger who knows about checksums makes them anew."""
    kept = {name: data for name, data in files.items() if name != "SHA256SUMS"}
    sums = sums_text(kept).encode() if honest_sums else files["SHA256SUMS"]
    path.write_bytes(zipped({**kept, "SHA256SUMS": sums}))
    return path


def test_it_comes_out_the_same_when_made_again(packed: bytes, files: dict[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(packed)
    report = verify_bundle(tmp_path / "x.zip")
    assert (report.problems, report.notes) == ((), ())
    assert {*report.same} >= {"README.txt", "claims.csv", "map.geojson", "map.html", "sources.json"}
    assert {*report.same} | {
        "catalogue/sources.yaml",
        "catalogue/systems/zelzal-2.yaml",
        "recipe.json",
        "SHA256SUMS",
    } == {*files}


@pytest.mark.slow
def test_pictures_come_out_the_same_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("matplotlib")
    monkeypatch.setattr("rangemap.figures.render", RENDER)
    monkeypatch.setattr("rangemap.figures.EXTENSIONS", ("svg",))
    (tmp_path / "x.zip").write_bytes(make_bundle("zelzal-2"))
    report = verify_bundle(tmp_path / "x.zip")
    assert report.ok
    assert "figure.svg" in report.same


def test_pictures_that_cannot_be_drawn_here_are_said(
    packed: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rangemap.bundle.make.have", lambda _: False)
    (tmp_path / "x.zip").write_bytes(packed)
    report = verify_bundle(tmp_path / "x.zip")
    assert report.ok
    assert report.notes == (
        "not compared: figure.pdf, figure.png, figure.svg; they need pip install 'rangemap[figures]'",
    )


def test_its_page_is_that_of_the_whole_catalogue(files: dict[str, bytes]) -> None:
    page = webmap.render(build(["zelzal-2"], catalogue=load_catalogue().part("zelzal-2"), gap="Israel", cores=True))
    assert files["map.html"].decode() == page


def test_other_tools_check_its_sums(files: dict[str, bytes], tmp_path: Path) -> None:
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    done = subprocess.run(["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=tmp_path, capture_output=True, check=True)  # noqa: S607
    assert done.stdout.count(b": OK") == len(files) - 1


def test_a_changed_file_shows_by_its_sum_and_by_its_content(files: dict[str, bytes], tmp_path: Path) -> None:
    files["claims.csv"] = files["claims.csv"].replace(b"Zelzal", b"Zalzel").replace(b"200", b"900")
    report = verify_bundle(written(tmp_path / "x.zip", files))
    assert any(each.startswith("claims.csv: was changed after the bundle was made") for each in report.problems)
    assert any(each.startswith("claims.csv: differs from what is made here from line") for each in report.problems)
    assert "claims.csv" not in report.same


def test_a_forger_who_renews_the_sums_is_found_out(files: dict[str, bytes], tmp_path: Path) -> None:
    files["map.geojson"] = files["map.geojson"].replace(b'"range_km":200', b'"range_km":2000')
    files["extra.txt"] = b"hello"
    del files["sources.json"]
    report = verify_bundle(written(tmp_path / "x.zip", files, honest_sums=True))
    assert [each.partition(":")[0] for each in report.problems] == ["extra.txt", "map.geojson", "sources.json"]
    assert 'ge_km":2000,' in report.problems[1]
    assert "here 'ge_km\":200," in report.problems[1]


def test_changed_records_are_other_records(files: dict[str, bytes], tmp_path: Path) -> None:
    name = "catalogue/systems/zelzal-2.yaml"
    files[name] = files[name].replace(b"200 k", b"900 k")
    report = verify_bundle(written(tmp_path / "x.zip", files, honest_sums=True))
    assert report.problems == ("catalogue/: holds other records than those that the map was made from",)


def test_other_versions_are_the_likely_reason(files: dict[str, bytes], tmp_path: Path) -> None:
    recipe = json.loads(files["recipe.json"])
    recipe["versions"] |= {"shapely": "1.0"}
    files |= {"recipe.json": json.dumps(recipe).encode(), "map.html": b"<html>"}
    report = verify_bundle(written(tmp_path / "x.zip", files, honest_sums=True))
    assert not report.ok
    assert report.notes[0].startswith("made with other versions, which is the likely reason: shapely 1.0 (here ")


def test_another_state_of_the_program_is_the_likely_reason(files: dict[str, bytes], tmp_path: Path) -> None:
    recipe = json.loads(files["recipe.json"]) | {"code": "0" * 64, "geodata": "0" * 64}
    files |= {"recipe.json": json.dumps(recipe).encode(), "README.txt": b"Read me"}
    report = verify_bundle(written(tmp_path / "x.zip", files, honest_sums=True))
    assert "made with another state of rangemap" in report.notes[0]
    assert "which is the likely reason" in report.notes[0]
    assert "borders" in report.notes[1]


def test_a_catalogue_and_regions_of_ones_own_go_along(tmp_path: Path) -> None:
    make_project(tmp_path / "own")
    region = tmp_path / "elsewhere" / "far-land.geojson"
    region.parent.mkdir()
    region.write_bytes((tmp_path / "own/regions/example-land.geojson").read_bytes())
    content = make_bundle(
        "example-1",
        regions=[str(region)],
        filters=Filters(tiers=frozenset({Tier.A}), as_of="2025-12"),
        catalogue=load_catalogue(tmp_path / "own"),
    )
    (tmp_path / "x.zip").write_bytes(content)
    region.unlink()
    assert verify_bundle(tmp_path / "x.zip").problems == ()
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert {"catalogue/regions/far-land.geojson", "catalogue/regions/example-land.geojson"} <= {*names}
    assert str(tmp_path).encode() not in b"".join(read_archive(tmp_path / "x.zip").values())


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    files = Files()
    files.take(str(tmp_path / "a/x.geojson"))
    with pytest.raises(RegionError, match="would have one name in the bundle"):
        files.take(str(tmp_path / "b/x.geojson"))


def test_every_excerpt_can_be_read_and_is_what_it_was_taken_from() -> None:
    whole = load_catalogue()
    for name in list(whole.systems)[::9]:
        part = whole.part(name)
        with opened(excerpt_files(part, Files()), name, part.named_areas) as (_, read):
            assert (read.systems, read.sources, read.data_hash) == (part.systems, part.sources, part.data_hash)


def test_unknown_names_are_told_before_anything_is_made() -> None:
    with pytest.raises(UnknownNameError, match="zelzal-2"):
        make_bundle("zelzall-2")
    with pytest.raises(UnknownNameError, match="unknown origin"):
        make_bundle("zelzal-2", filters=Filters(origins=frozenset({"nobody"})))


@pytest.mark.parametrize(
    "name",
    [
        *("../escape.txt", "/etc/passwd", "a/../../b", "C:\\x.txt", "a\\b", "C:x", "", ".hidden", "a//b", "a/", "x\ny"),
        *("catalogue/../../x.yaml", "a/b/c/d/e.txt", "n\u202ame.txt", "con\x00.txt"),
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(name: str, tmp_path: Path) -> None:
    info = zipfile.ZipInfo("x")
    info.filename = name
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr(info, b"x")
    with pytest.raises(DataError, match=r"x\.zip"):
        read_archive(tmp_path / "x.zip")
    assert [path.name for path in tmp_path.iterdir()] == ["x.zip"]


def test_links_doubles_and_crowds_are_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "link.zip", "w") as archive:
        archive.writestr(link, b"/etc/passwd")
    with zipfile.ZipFile(tmp_path / "twice.zip", "w") as archive:
        archive.writestr("a", b"1")
        archive.writestr("A", b"2")
    with zipfile.ZipFile(tmp_path / "crowd.zip", "w") as archive:
        for number in range(MAX_ENTRIES + 1):
            archive.writestr(f"f{number}", b"")
    for name, what in (("link", "is no plain file"), ("twice", "is there twice"), ("crowd", "holds 201 files")):
        with pytest.raises(DataError, match=what):
            read_archive(tmp_path / f"{name}.zip")


def test_a_bomb_does_not_go_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rangemap.bundle.archive.MAX_BYTES", 1_000_000)
    (tmp_path / "x.zip").write_bytes(zipped({"a": bytes(600_000), "b": bytes(600_000)}))
    assert (tmp_path / "x.zip").stat().st_size < 10_000
    with pytest.raises(DataError, match="unpacks to more than"):
        read_archive(tmp_path / "x.zip")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "is no zip"),
        (b"PK\x03\x04 nonsense", "is no zip"),
        (zipped({"a.txt": b"x"}), "has no recipe.json"),
        (zipped(PLAIN), "recipe.json: 'system'"),
        (zipped({**PLAIN, "recipe.json": b"[" * 100_000}), "recipe.json"),
    ],
)
def test_what_is_no_bundle_is_one_clear_line(content: bytes, what: str, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    with pytest.raises(DataError, match=what) as caught:
        verify_bundle(tmp_path / "x.zip")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["/etc/x.geojson", "../x.geojson", "regions/../../x.geojson", "a\\b"])
def test_a_recipe_names_no_file_of_the_readers(name: str, files: dict[str, bytes], tmp_path: Path) -> None:
    recipe = json.loads(files["recipe.json"]) | {"regions": [name]}
    files["recipe.json"] = json.dumps(recipe).encode()
    with pytest.raises(DataError, match=r"recipe.json: 'regions.0'"):
        verify_bundle(written(tmp_path / "x.zip", files, honest_sums=True))


def test_an_excerpt_names_no_file_of_the_readers(files: dict[str, bytes], tmp_path: Path) -> None:
    name = "catalogue/systems/zelzal-2.yaml"
    files[name] = files[name].replace(b"  - iran\n", b"  - /etc/x.geojson\n")
    report = verify_bundle(written(tmp_path / "x.zip", files, honest_sums=True))
    assert "the region '/etc/x.geojson' is a path" in report.problems[0]


def test_the_commands_pack_and_verify(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rangemap.bundle.make_bundle", lambda name, **_: hashlib.sha256(name.encode()).digest())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["rangemap", "bundle", "Zelzal-2"])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert (stopped.value.code, capsys.readouterr().out) == (0, "outputs/zelzal-2.zip\n")
    monkeypatch.setattr("sys.argv", ["rangemap", "verify", "outputs/zelzal-2.zip"])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 1
    assert capsys.readouterr().err == "rangemap: outputs/zelzal-2.zip: is no zip that can be read (BadZipFile)\n"


def test_verify_exits_with_1_where_something_differs(
    files: dict[str, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    files["README.txt"] += b"!"
    written(tmp_path / "x.zip", files)
    monkeypatch.setattr("sys.argv", ["rangemap", "verify", str(tmp_path / "x.zip"), "--json"])
    with pytest.raises(SystemExit) as stopped:
        main()
    answer = json.loads(capsys.readouterr().out)
    assert stopped.value.code == 1
    assert (answer["ok"], len(answer["problems"])) == (False, 2)
