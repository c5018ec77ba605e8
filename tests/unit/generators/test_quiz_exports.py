"""Quizzes for learning platforms, read by programs that others wrote."""

import io
import json
import re
import warnings
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from domain.material import Kind
from domain.questions import Question, QuestionForm
from generators.exports.asking import is_open, is_true, right_answers, split_gap
from generators.exports.gift import to_gift
from generators.exports.moodle import to_moodle_xml
from generators.exports.qti import to_qti_2, to_qti_3
from tests.qti_packages import files_of, to_2
from tests.unit.generators.exported import (
    CHOICE,
    CLOZE,
    FALSE,
    HOSTILE,
    MATCH,
    OPEN,
    ORDER,
    QUESTIONS,
    SHORT,
    STRANGE,
    TRUE,
    a_claim,
    an_aid,
    an_id,
    an_origin,
)

QUIZ = an_aid(Kind.QUIZ, *QUESTIONS, title="Light / leaves")
PLAIN = tuple(question for question in QUESTIONS if question is not STRANGE)


@pytest.fixture(scope="module")
def gift() -> dict[str, Any]:
    """The quiz as pygiftparser reads it, by question; it does not know braces that are escaped, as Moodle does."""
    with warnings.catch_warnings():
        # the parser is from 2017: it asks for the locale and spells patterns in ways that Python now warns of
        warnings.simplefilter("ignore")
        from pygiftparser import parser
    read = parser.parseFile(io.StringIO(to_gift(an_aid(Kind.QUIZ, *PLAIN), an_origin())))
    ids = re.findall("question: ([0-9a-f]+)", "".join(one.full for one in read))
    return dict(zip(ids, read, strict=True))


def _plain(text: str) -> str:
    """GIFT and HTML undone: what a student sees."""
    return unescape(re.sub(r"\\([\\~=#{}:])", r"\1", text))


def test_gift_has_every_question(gift: dict[str, Any]) -> None:
    """Another program reads all questions, each valid and of the type that fits its form."""
    types = {identifier: type(question.answers).__name__ for identifier, question in gift.items()}

    assert list(types) == [question.id for question in PLAIN]
    assert all(question.valid for question in gift.values())
    assert types[CHOICE.id] == "SelectSet"
    assert types[FALSE.id] == types[TRUE.id] == "TrueFalseSet"
    assert types[CLOZE.id] == types[SHORT.id] == "ShortSet"
    assert types[OPEN.id] == "Essay"
    assert types[ORDER.id] == types[MATCH.id] == "MatchingSet"


def test_gift_keeps_what_is_right(gift: dict[str, Any]) -> None:
    """The right answers are the right ones, with what is wrong about the others."""
    choice = gift[CHOICE.id].answers.answers
    assert [(_plain(one.answer), one.fraction) for one in choice] == [("red", 0), ("green", 100), ("blue", 0)]
    assert _plain(choice[0].feedback) == "thinks of autumn"
    assert (gift[TRUE.id].answers.answer, gift[FALSE.id].answers.answer) == (True, False)
    assert [_plain(one.answer) for one in gift[CLOZE.id].answers.answers] == ["chlorophyll", r"chlorophyl\*"]
    assert [(one.question.strip(), one.answer.strip()) for one in gift[ORDER.id].answers.answers] == [
        ("1", "seed"),
        ("2", "sprout"),
        ("3", "tree"),
    ]
    pairs = [(_plain(one.question).strip(), _plain(one.answer).strip()) for one in gift[MATCH.id].answers.answers]
    assert pairs == [("France", "Paris"), ("Italy", "Rome"), ("Norway: ~x → y", "Oslo = city")]


def test_gift_says_where_the_answer_stands(gift: dict[str, Any]) -> None:
    """The feedback is the cited sentence with its page; formulas are MathJax's; the gap stays in its sentence."""
    assert "Leaves are green. (How plants live, page 3: “Leaves are green.”)" in _plain(gift[CHOICE.id].generalFeedback)
    assert "Energy makes sugar" in _plain(gift[OPEN.id].generalFeedback)
    assert _plain(gift[CHOICE.id].text) == r"What colour are leaves at \(x<5\)?"
    assert (gift[CLOZE.id].text.strip(), gift[CLOZE.id].tail.strip()) == ("Leaves hold", "and light.")


def test_gift_takes_no_option_for_a_weight() -> None:
    """An option that begins with a percent sign is words, not a share of the points."""
    asked = replace(CHOICE, options=("%50%half", "green"), answer="green", misconceptions=())

    assert r"~&\#37;50&\#37;half" in to_gift(an_aid(Kind.QUIZ, asked), an_origin())


def test_gift_holds_no_markup_of_the_reading() -> None:
    """Tags in a reading are shown, not run, and no blank line within a question parts it in two."""
    written = to_gift(an_aid(Kind.QUIZ, STRANGE), an_origin())

    assert "<script" not in written
    assert written.count("\n\n") == 1
    unescaped = re.sub(r"\\.", "", written)
    assert (unescaped.count("{"), unescaped.count("}")) == (1, 1)
    assert unescaped.count("=") == 1
    assert r"\\(&lt;i&gt;x^2&lt;/i&gt;\\)" in written


def _moodle() -> dict[str, Any]:
    root = etree.fromstring(to_moodle_xml(QUIZ, an_origin()))
    return {one.findtext("idnumber"): one for one in root.findall("question") if one.get("type") != "category"}


def test_moodle_has_a_type_for_every_form() -> None:
    """Each form is a type that Moodle has, and the title is one category, slash and all."""
    root = etree.fromstring(to_moodle_xml(QUIZ, an_origin()))
    types = {identifier: question.get("type") for identifier, question in _moodle().items()}

    assert root.findtext("question/category/text") == "$course$/top/Light // leaves"
    assert types == {
        CHOICE.id: "multichoice",
        FALSE.id: "truefalse",
        TRUE.id: "truefalse",
        CLOZE.id: "shortanswer",
        SHORT.id: "shortanswer",
        OPEN.id: "essay",
        ORDER.id: "ordering",
        MATCH.id: "matching",
        STRANGE.id: "multichoice",
    }


def test_moodle_keeps_what_is_right() -> None:
    """Fractions, orders, pairs and the marking key are those of the questions."""
    found = _moodle()

    def answers(question: Question) -> list[tuple[str, str]]:
        return [(one.get("fraction"), unescape(one.findtext("text"))) for one in found[question.id].findall("answer")]

    assert answers(CHOICE) == [("0", "red"), ("100", "green"), ("0", "blue")]
    assert answers(FALSE) == [("0", "true"), ("100", "false")]
    assert answers(TRUE) == [("100", "true"), ("0", "false")]
    assert answers(CLOZE) == [("100", "chlorophyll"), ("100", r"chlorophyl\*")]
    assert [text for _, text in answers(ORDER)] == ["seed", "sprout", "tree"]
    pairs = found[MATCH.id].findall("subquestion")
    assert (pairs[0].findtext("text"), pairs[0].findtext("answer/text")) == ("France", "Paris")
    assert "Energy makes sugar" in found[OPEN.id].findtext("graderinfo/text")
    assert [one.text for one in found[CHOICE.id].findall("tags/tag/text")] == [
        "leaf  green",
        "remember",
        "difficulty 0.3",
    ]


def test_moodle_choices_are_read_by_another_program() -> None:
    """moodle-xml-parser reads the choices with their scores; the feedback is cited and formulas are MathJax's."""
    from moodle_xml_parser.parser import parse_bytes

    choice, strange = parse_bytes(to_moodle_xml(QUIZ, an_origin()))["multichoice"]
    found = _moodle()[CHOICE.id]

    assert [option.score_fraction for option in choice.options] == [0, 100, 0]
    assert [option.score_fraction for option in strange.options] == [100, 0]
    assert "page 3: “Leaves are green.”" in found.findtext("generalfeedback/text")
    assert found.findtext("questiontext/text") == r"What colour are leaves at \(x&lt;5\)?"


@pytest.fixture(scope="module", params=["2.1", "3.0"])
def items(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The items of a package as onyx2moodle reads them, by question."""
    from onyx2moodle.parser import parse_item

    is_new = request.param == "3.0"
    files = files_of((to_qti_3 if is_new else to_qti_2)(QUIZ, an_origin()))
    folder = tmp_path_factory.mktemp("items")
    read = {}
    for name, content in files.items():
        if name.startswith("items/"):
            path = folder / Path(name).name
            path.write_bytes(to_2(content) if is_new else content)
            item = parse_item(path)
            read[item.identifier.removeprefix("I")] = item
    return read


def test_qti_items_ask_what_the_questions_ask(items: dict[str, Any]) -> None:
    """Another program finds in each item the interaction of its form, with all that can be chosen."""
    kinds = {identifier: [one.kind for one in item.interactions] for identifier, item in items.items()}

    assert list(kinds) == [question.id for question in QUESTIONS]
    assert kinds[CHOICE.id] == kinds[TRUE.id] == kinds[FALSE.id] == kinds[STRANGE.id] == ["choice"]
    assert kinds[CLOZE.id] == kinds[SHORT.id] == ["textEntry"]
    assert kinds[OPEN.id] == ["extendedText"]
    assert kinds[MATCH.id] == ["match"]
    assert [unescape(one.html) for one in items[CHOICE.id].interactions[0].choices] == list(CHOICE.options)
    sources = [unescape(one.html) for one in items[MATCH.id].interactions[0].match_sources]
    assert sources == ["France", "Italy", "Norway: ~x -> y"]


def test_qti_items_know_what_is_right(items: dict[str, Any]) -> None:
    """The correct responses are the right ones: option, wordings, order, pairs."""

    def right(question: Question) -> list[str]:
        found: list[str] = items[question.id].response_decls["RESPONSE"].correct_values
        return found

    assert right(CHOICE) == ["C2"]
    assert (right(TRUE), right(FALSE)) == (["C1"], ["C2"])
    assert items[CLOZE.id].response_decls["RESPONSE"].mapping == {"chlorophyll": 1.0, "chlorophyl*": 1.0}
    assert right(ORDER) == ["O2", "O3", "O1"]
    assert items[ORDER.id].response_decls["RESPONSE"].cardinality == "ordered"
    targets = {one.identifier: one.html for one in items[MATCH.id].interactions[0].match_targets}
    assert [targets[pair.split()[1]] for pair in right(MATCH)] == ["Paris", "Rome", "Oslo = city"]
    assert right(OPEN) == []


def test_qti_feedback_is_the_cited_sentence(items: dict[str, Any]) -> None:
    """Each item says afterwards what the reading says, and where."""
    (said,) = items[CHOICE.id].feedback

    assert "Leaves are green. (How plants live, page 3: “Leaves are green.”)" in said.html
    assert all(item.feedback for item in items.values())


@pytest.mark.parametrize("write", [to_qti_2, to_qti_3], ids=["2.1", "3.0"])
def test_qti_packages_list_their_files(write: Callable[..., bytes]) -> None:
    """The manifest names every file that is there and no other; the test refers to every item in order."""
    files = files_of(write(QUIZ, an_origin()))
    manifest, test = etree.fromstring(files["imsmanifest.xml"]), etree.fromstring(files["test.xml"])

    named = {one.get("href") for one in manifest.iter("{*}file")}
    resources = {one.get("identifier") for one in manifest.iter("{*}resource")}
    assert named == set(files) - {"imsmanifest.xml"}
    assert {one.get("identifierref") for one in manifest.iter("{*}dependency")} < resources
    asked = [one.get("href") for one in test.iter() if one.get("href")]
    assert asked == [f"items/I{question.id}.xml" for question in QUESTIONS]


def test_qti_sets_formulas_as_mathml() -> None:
    """Formulas are MathML elements, what cannot be set stays as typed, and the words around stay where they were."""
    files = files_of(to_qti_3(QUIZ, an_origin()))
    choice = etree.fromstring(files[f"items/I{CHOICE.id}.xml"])
    prompt = choice.find(".//{*}qti-prompt")

    assert prompt[0].tag == "{http://www.w3.org/1998/Math/MathML}math"
    assert (prompt.text, prompt[0].tail) == ("What colour are leaves at ", "?")
    assert "".join(prompt.itertext()) == "What colour are leaves at x<5?"


def test_long_answers_are_marked_by_people() -> None:
    """An answer of a sentence, or one with a marking key, is no typed answer; a few words are."""
    long = Question(an_id("long"), a_claim("x"), QuestionForm.SHORT, "Why?", "Because the sun shines on all leaves.")

    assert is_open(OPEN)
    assert is_open(long)
    assert not is_open(SHORT)
    assert not is_open(CLOZE)


def test_a_stem_without_one_gap_asks_below() -> None:
    """Only a single gap is asked in its place."""
    two = Question(an_id("two"), a_claim("x"), QuestionForm.CLOZE, "_____ and _____", "a")

    assert split_gap(CLOZE) == ("Leaves hold ", " and light.")
    assert split_gap(two) is None
    assert split_gap(SHORT) is None
    assert f"items/I{two.id}.xml" in files_of(to_qti_2(an_aid(Kind.QUIZ, two), an_origin()))


def test_wordings_that_are_right_are_given_once() -> None:
    """The answer comes first, others after it, none twice and none empty."""
    question = Question(an_id("w"), a_claim("x"), QuestionForm.SHORT, "?", "a  b", accepted=("a b", "", "c"))

    assert right_answers(question) == ("a b", "c")
    assert not is_true(Question(an_id("n"), a_claim("x"), QuestionForm.TRUE_FALSE, "?", "True"))


def test_a_quiz_without_a_title_or_words_is_a_package() -> None:
    """Nothing has to be there for the files to be well formed."""
    bare = Question(an_id("bare"), a_claim(""), QuestionForm.ORDERING, "", "", sequence=("a", "b"))

    files = files_of(to_qti_3(an_aid(Kind.QUIZ, bare, title=""), an_origin()))

    assert etree.fromstring(files["test.xml"]).get("title") == "Quiz"
    assert etree.fromstring(files[f"items/I{bare.id}.xml"]).get("title") == "Question"
    assert "Question" in to_gift(an_aid(Kind.QUIZ, bare), an_origin())
    assert json.dumps(HOSTILE)
