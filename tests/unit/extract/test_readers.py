"""Articles from files: what is read, and the one clear line for what can't be."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pypdf
import pytest

from rangemap.extract.readers import ArticleError, foreign, read_article

ROOT = Path(__file__).parents[3]
PROSE = "The Sejjil missile has a range of about 2,000 km, and that is what the ministry said on Sunday."
GERMAN = "Die Rakete hat nach Angaben des Ministeriums eine Reichweite von 2.000 Kilometern. " * 8
HTML = f"""<!doctype html><html lang="en"><head><title>On parade</title>
<script>document.write("<p>The Emad missile has a range of 9,999 km.</p>")</script>
<style>p {{ margin: 9 km }}</style></head><body><nav><a href="/">Home</a></nav>
<article><h1>On parade</h1><p>{PROSE}</p><p>Nothing else of note was said by the officials who had come.</p></article>
<footer>Subscribe now</footer></body></html>"""


def pdf(*, text: str = "", lock: str = "") -> bytes:
    """A PDF of one page, written by hand: pypdf makes no text."""
    content = f"BT /F1 10 Tf 40 700 Td ({text}) Tj ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 800 800] /Contents 4 0 R /Resources 6 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Font << /F1 5 0 R >> >>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    body += b"xref\n0 7\n0000000000 65535 f \n%strailer << /Size 7 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(body),
    )
    if not lock:
        return body
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(body))
    writer.encrypt(lock, algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def word(text: str) -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 150_000_000)
    return stream.getvalue()


GOOD = {
    "plain.txt": PROSE.encode(),
    "marked.txt": b"\xef\xbb\xbf" + PROSE.encode(),
    "wide.txt": PROSE.encode("utf-16"),
    "page.html": HTML.encode(),
    "latin.html": HTML.replace("<head>", '<head><meta charset="iso-8859-1">')
    .replace("On parade", "Défilé")
    .encode("latin-1"),
    "paper.pdf": pdf(text=PROSE),
    "memo.docx": word(PROSE),
}
BAD = {
    "empty.txt": (b"", "is empty"),
    "blank.txt": (b" \n\n ", "is empty"),
    "binary.txt": (bytes(range(256)) * 20, "binary"),
    "wrong.txt": ("Die Rakete fliegt über".encode("latin-1"), "not UTF-8"),
    "scan.pdf": (pdf(), "without text"),
    "secret.pdf": (pdf(text=PROSE, lock="x"), "encrypted"),
    "broken.pdf": (b"%PDF-1.7\nnothing here", "can't be read"),
    "bomb.docx": (bomb(), "zip bomb"),
    "broken.docx": (b"PK\x03\x04 and then nothing", "damaged"),
    "archive.docx": (b"", "is empty"),
    "german.txt": (GERMAN.encode(), "English"),
    "persian.txt": ("موشک سجیل دو هزار کیلومتر برد دارد. ".encode() * 30, "Latin script"),
    "app.html": (
        b"<!doctype html><html><body><div id=app></div><script>run()</script></body></html>",
        "no article text",
    ),
}


@pytest.mark.parametrize("name", GOOD)
def test_reads(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(GOOD[name])
    text = read_article(path).text
    assert "range of about 2,000 km" in " ".join(text.split())
    assert "9,999" not in text


@pytest.mark.parametrize("name", BAD)
def test_refuses_in_one_line(tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture) -> None:
    data, says = BAD[name]
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ArticleError, match=says) as caught:
        read_article(path)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)
    assert not caplog.records  # libraries keep their remarks to themselves


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(ArticleError, match="50 MB is over the limit"):
        read_article(path)


def test_the_page_tells_its_title(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(HTML)
    assert read_article(path).title == "On parade"


def test_the_other_files_of_a_call_are_done_and_the_exit_code_is_1(tmp_path: Path) -> None:
    for name, (data, _) in BAD.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_text(PROSE)
    files = [*BAD, "good.txt", "missing.txt"]
    done = subprocess.run(
        [sys.executable, "-m", "rangemap", "extract", *files, "--json"],
        cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 1
    complaints = [line for line in done.stderr.splitlines() if line.startswith("rangemap: ")]
    assert len(complaints) == len(BAD) + 1
    assert "Traceback" not in done.stderr
    (found,) = json.loads(done.stdout)
    assert found["file"] == "good.txt"
    assert set(found) >= {"file", "claims", "reach"}
    assert set(found["claims"][0]) >= {
        *("system", "system_text", "original", "low_km", "high_km", "qualifier", "quantity", "stance", "claimant"),
        *("start", "end", "quote", "reason", "flags"),
    }


@pytest.mark.parametrize(
    "sentence",
    [
        "Le missile Shahab-3 a une portée de 1 300 km.",
        "Die Rakete Schahab-3 hat eine Reichweite von 1.300 km.",
        "El misil Shahab-3 tiene un alcance de 1.300 km.",
        "Il missile Shahab-3 ha una gittata di 1.300 km.",
        "O míssil Shahab-3 tem um alcance de 1.300 km.",
        "De Shahab-3 raket heeft een bereik van 1.300 km.",
    ],
)
def test_one_sentence_in_another_language_is_refused(sentence: str) -> None:
    assert "English" in foreign(sentence)


@pytest.mark.parametrize(
    "text",
    [
        "Shahab-3: 1,300 km",
        "Sejjil missile, range 2,000 km",
        "Juan de la Torre and von Braun said it has a range of 300 km.",
    ],
)
def test_a_few_english_words_are_read(text: str) -> None:
    assert not foreign(text)
