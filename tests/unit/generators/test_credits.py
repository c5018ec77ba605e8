"""Every file says of a person's words that they are a person's, and says it of no others."""

import io
import zipfile
from dataclasses import replace

import pypdfium2
import pytest

from domain.documents import Document
from domain.material import Artifact, Concept, Kind, Relation, Unit, claims_of, with_claims
from generators.exports.formats import FORMATS
from generators.exports.quiz_sheet import quiz_sheet
from generators.exports.sheet import Text
from tests.unit.generators.exported import AIDS, CHOICE, an_aid, an_origin
from web.offline import Part, render

CREDIT = "In words of Ada"
ORIGIN = replace(an_origin(), whose="words of Ada")


def _as_own(unit: Unit) -> Unit:
    return with_claims(unit, [replace(claim, by_person=True) for claim in claims_of(unit)])


def _told(content: bytes) -> str:
    """All that a reader of the file finds in it, blanks as one."""
    if content.startswith(b"%PDF"):
        text = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))
    elif content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            text = " ".join(archive.read(name).decode(errors="replace") for name in archive.namelist())
    else:
        text = content.decode()
    return " ".join(text.split())


def _without(aid: Artifact) -> Artifact:
    return replace(
        aid, units=tuple(with_claims(one, [replace(c, by_person=False) for c in claims_of(one)]) for one in aid.units)
    )


@pytest.mark.parametrize("name", FORMATS)
def test_every_file_says_whose_words_it_has(name: str) -> None:
    """A study aid that a person reworded says so in each form it can be taken as; another does not."""
    untouched = _without(AIDS[FORMATS[name].kind])
    reworded = replace(untouched, units=tuple(map(_as_own, untouched.units)))

    assert CREDIT in _told(FORMATS[name].write(reworded, ORIGIN))
    assert CREDIT not in _told(FORMATS[name].write(untouched, ORIGIN))


def test_a_drawing_names_what_is_a_persons() -> None:
    """The picture's description names the reworded concepts and links, and those alone."""
    units = AIDS[Kind.CONCEPT_MAP].units
    concept = next(one for one in units if isinstance(one, Concept))
    link = next(one for one in units if isinstance(one, Relation))
    own = {concept.id, link.id}
    aid = replace(AIDS[Kind.CONCEPT_MAP], units=tuple(_as_own(one) if one.id in own else one for one in units))

    written = FORMATS["map.svg"].write(aid, ORIGIN).decode()

    assert f"<desc>{CREDIT}: {concept.label}; {link.source} – {link.target}</desc>" in written


def test_questions_say_it_once_a_sheet() -> None:
    """Without the key a reworded question is marked too, though not where it stands in the reading."""
    sheet = quiz_sheet(an_aid(Kind.QUIZ, _as_own(CHOICE)), ORIGIN, has_key=False)

    assert [one.aside for one in sheet.blocks if isinstance(one, Text) and one.aside] == [f"({CREDIT})"]


def test_the_page_to_keep_says_it(plants: Document) -> None:
    """The page with all study aids marks reworded parts of each kind, and no others."""
    kinds = (Kind.SUMMARY, Kind.CONCEPT_MAP, Kind.FLASHCARDS, Kind.QUIZ)
    for kind in kinds:
        aid = _without(AIDS[kind])
        own = replace(aid, units=tuple(map(_as_own, aid.units)))

        assert "own words)" in render(plants, [Part("Light", {kind: own})])
        assert "own words)" not in render(plants, [Part("Light", {kind: aid})])
