"""Hint ladders point ever closer and hold the answer nowhere."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.claims import Claim
from domain.documents import Range
from domain.evidence import gather
from domain.ids import UnitId
from domain.material import HintRung
from domain.questions import Question, QuestionForm
from generators.compose.asking.gap_hints import tell_more
from generators.compose.asking.hints import RUNGS, find_key_sentence, ladder_for, make_ladder, own_question_id
from generators.compose.asking.masking import GAP, keep_secret, mask
from generators.compose.asking.places import paragraph_around
from generators.compose.quizzes.quiz import make_questions
from generators.compose.reading.parse import ParsedSection, Parser
from safety.leaks import find_leak
from tests.builders import a_document, some_evidence
from tests.pipeline_tools import LIGHT, WATER
from tests.unit.generators.readings import RIVERS


@pytest.fixture(scope="module")
def light(parser: Parser) -> ParsedSection:
    return parser.parse(some_evidence(f"{LIGHT}\n\n{WATER}", title="Making sugar"))


def _question(parsed: ParsedSection, sentence: str, stem: str, answer: str, options: tuple[str, ...] = ()) -> Question:
    start = parsed.evidence.text.index(sentence)
    citations = parsed.cite(Range(start, start + len(sentence)))
    form = QuestionForm.CHOICE if options else QuestionForm.SHORT
    return Question(UnitId("q"), Claim(sentence, citations), form, stem, answer, options)


def _chlorophyll(parsed: ParsedSection) -> Question:
    sentence = "Chlorophyll is the green pigment that absorbs red and blue light."
    return _question(parsed, sentence, "Which pigment absorbs red and blue light?", "chlorophyll")


def _assert_rules(ladder: tuple[HintRung, ...]) -> None:
    assert [rung.rung for rung in ladder] == list(range(RUNGS))
    for rung in ladder:
        assert rung.text.count("?") == 1
        assert rung.text.endswith("?")
        assert len(rung.text.split()) <= 60
        assert rung.claim.citations


def test_a_ladder_has_four_rungs_of_one_question_each(light: ParsedSection) -> None:
    """Each rung asks one question, has at most sixty words and cites the reading."""
    _assert_rules(make_ladder(_chlorophyll(light), light))


def test_no_rung_holds_the_answer(light: ParsedSection) -> None:
    """The answer stands in no rung, though the last one quotes its sentence."""
    question = _chlorophyll(light)

    ladder = make_ladder(question, light)

    assert all(find_leak(rung.text, "chlorophyll", known=question.stem) is None for rung in ladder)
    assert f"{GAP} is the green pigment" in ladder[-1].text
    assert ladder[-1].claim.text.startswith("Chlorophyll is")


def test_places_narrow_from_the_section_to_the_paragraph(light: ParsedSection) -> None:
    """The first two rungs point at the whole section, the others at the paragraph, none at the sentence."""
    places = [[citation.span for citation in rung.claim.citations] for rung in make_ladder(_chlorophyll(light), light)]
    (paragraph,) = places[2]

    assert places[0] == places[1] == [chunk.span for chunk in light.evidence.chunks]
    assert places[2] == places[3]
    assert paragraph.end == light.evidence.text.index("\n\n")


def test_a_section_is_wide_even_among_others(parser: Parser) -> None:
    """Of evidence from several sections the first rungs point at the key's own, with its neighbours if it is lonely."""
    whole = some_evidence(f"Sap rises in the xylem of a tree.{WATER}")
    (chunk,) = whole.chunks
    cut = 33
    first = replace(chunk, text=chunk.text[:cut], span=replace(chunk.span, end=cut))
    second = replace(chunk, text=chunk.text[cut:], span=replace(chunk.span, start=cut), section=1, ordinal=1)
    parsed = parser.parse(gather([first, replace(second, emphasis=())], title="", language="en"))
    xylem = Question(UnitId("q"), Claim("", ()), QuestionForm.SHORT, "Where does sap rise?", "xylem of a tree")

    lonely = [citation.span for citation in make_ladder(xylem, parsed)[0].claim.citations]
    stoma = _question(parsed, "Two guard cells open and close each stoma.", "What opens a stoma?", "guard cells")

    assert lonely[0] == first.span
    assert len(lonely) == 2
    assert [citation.span for citation in make_ladder(stoma, parsed)[0].claim.citations] == [second.span]


@pytest.mark.parametrize("text", [RIVERS, LIGHT, WATER, f"{WATER}\n\n{LIGHT}"])
def test_no_quiz_item_s_ladder_tells_or_points(parser: Parser, text: str) -> None:
    """For every item of a quiz, no rung's words hold the answer and no rung's place is the one sentence that does."""
    parsed = parser.parse(some_evidence(text, title="A part"))

    for question in make_questions(parsed):
        for rung in make_ladder(question, parsed):
            leak = find_leak(rung.text, question.answer, known=question.stem, options=question.options)
            assert leak is None
            for citation in rung.claim.citations:
                assert len(parser.parse(some_evidence(citation.quote)).sentences) > 1


def test_a_title_that_tells_is_not_named(parser: Parser) -> None:
    """A section named like the answer is called "this section"."""
    parsed = parser.parse(some_evidence(LIGHT, title="Chlorophyll?"))

    ladder = make_ladder(_chlorophyll(parsed), parsed)

    assert "this section" in ladder[1].text
    assert "hlorophyll" not in " ".join(rung.text for rung in ladder)


def test_options_are_masked_and_words_of_the_question_are_not(light: ParsedSection) -> None:
    """Other options are hidden as phrases; what the question says itself may be shown."""
    sentence = "Water rises from the roots through narrow tubes called xylem."
    question = _question(light, sentence, "Which tubes does water rise through?", "xylem", ("xylem", "roots", "stoma"))

    ladder = make_ladder(question, light)

    _assert_rules(ladder)
    assert f"Water rises from the {GAP} through narrow tubes called {GAP}." in ladder[-1].text


def test_a_question_without_a_source_finds_its_sentence(light: ParsedSection) -> None:
    """A question that cites nothing is led to the sentence nearest to it and its answer."""
    question = Question(UnitId("q"), Claim("", ()), QuestionForm.SHORT, "What closes each stoma?", "guard cells")

    ladder = make_ladder(question, light)

    assert "stoma" in ladder[-1].claim.text
    assert "guard" not in ladder[-1].text


def test_a_source_that_is_not_in_the_section_is_set_aside(light: ParsedSection, parser: Parser) -> None:
    """A question that cites another section still gets a ladder from this one."""
    other = parser.parse(some_evidence("Chlorophyll is green. " * 60))
    question = _question(other, "Chlorophyll is green.", "Which pigment absorbs light?", "chlorophyll")
    beyond = replace(question, claim=Claim("", other.cite(Range(1200, 1220))))

    _assert_rules(make_ladder(beyond, light))


def test_a_gap_question_asks_for_missing_words(light: ParsedSection) -> None:
    """The first rung of a gap says that words are missing."""
    sentence = "Water rises from the roots through narrow tubes called xylem."
    question = replace(_question(light, sentence, "Water rises through _____.", "xylem"), form=QuestionForm.CLOZE)

    assert "missing words" in make_ladder(question, light)[0].text


def test_a_sentence_without_the_answer_is_shown_without_a_gap(light: ParsedSection) -> None:
    """Where the key sentence does not hold the answer, the last rung asks which words help."""
    sentence = "A large tree can lose 400 litres of water on a hot day."
    question = _question(light, sentence, "How much in two days?", "800 litres")

    assert make_ladder(question, light)[-1].text.endswith("Which words of it help you?")


def test_numbers_are_hidden_whatever_their_form(light: ParsedSection) -> None:
    """A numeric answer hides its number in the sentence and in every option."""
    sentence = "A large tree can lose 400 litres of water on a hot day."
    question = _question(light, sentence, "How many litres can a tree lose?", "400", ("400", "40", "4,000"))

    ladder = make_ladder(question, light)

    assert "400" not in " ".join(rung.text for rung in ladder)
    assert f"lose {GAP} litres" in ladder[-1].text


def test_long_sentences_are_cut_around_the_gap(parser: Parser) -> None:
    """A sentence of eighty words is shown in part, with the gap inside."""
    filler = "and then the small green plant grows on in the warm light of the sun "
    parsed = parser.parse(some_evidence(f"Before all this {filler * 3}the xylem carries water up {filler * 2}."))
    question = Question(UnitId("q"), Claim("", ()), QuestionForm.SHORT, "What carries water up?", "xylem")

    ladder = make_ladder(question, parsed)

    _assert_rules(ladder)
    assert GAP in ladder[-1].text
    assert "… " in ladder[-1].text


def test_an_answer_that_the_wording_needs_still_has_a_ladder(parser: Parser) -> None:
    """An answer like "paragraph" gives way to wording that only points, or to no ladder."""
    parsed = parser.parse(
        some_evidence("A paragraph is a block of sentences about one thing. It opens with a blank line.")
    )
    question = Question(UnitId("q"), Claim("", ()), QuestionForm.SHORT, "What is a block of sentences?", "paragraph")

    ladder = make_ladder(question, parsed)

    assert ladder
    assert all(find_leak(rung.text, "paragraph", known=question.stem) is None for rung in ladder)


def test_what_cannot_be_hidden_has_no_ladder(parser: Parser) -> None:
    """When even the plainest wording would tell, there is no ladder."""
    parsed = parser.parse(some_evidence("To read is to look at words. The page is where words stand once printed."))
    question = Question(UnitId("q"), Claim("", ()), QuestionForm.SHORT, "Where do printed words stand?", "you")

    assert make_ladder(question, parsed) == ()


@pytest.mark.parametrize("text", ["", "Water.", "\n\n", "!?"])
def test_nothing_to_point_at_gives_no_ladder(parser: Parser, text: str) -> None:
    """An empty or tiny section has no ladder, and no error."""
    parsed = parser.parse(some_evidence(text))
    question = Question(UnitId("q"), Claim("", ()), QuestionForm.SHORT, "What is it?", "salt")

    assert make_ladder(question, parsed) == ()
    assert ladder_for("What is salt?", parsed) == ()


def test_own_questions_have_a_ladder_too(light: ParsedSection) -> None:
    """A student's own question is led to the sentence about it, with what it says masked."""
    ladder = ladder_for("What do guard cells do when the air is dry?", light)

    _assert_rules(ladder)
    assert "guard cells" in ladder[-1].claim.text
    assert GAP in ladder[-1].text


@pytest.mark.parametrize("text", ["", "the of", "Who won the football cup in Brazil?"])
def test_questions_about_something_else_have_none(light: ParsedSection, text: str) -> None:
    """Where the reading does not speak of it, there is no ladder."""
    assert ladder_for(text, light) == ()


def test_a_question_that_holds_its_whole_sentence_has_none(parser: Parser) -> None:
    """When nothing is left to find, there is nothing to hint at."""
    parsed = parser.parse(some_evidence("Green plants make sugar."))

    assert ladder_for("Do green plants make sugar?", parsed) == ()


def test_a_gap_question_is_told_more_than_it_shows(light: ParsedSection) -> None:
    """Where the question is the key sentence itself, the last rung quotes another one and names the kind of word."""
    sentence = "Water rises from the roots through narrow tubes called xylem."
    stem = "Water rises from the roots through narrow tubes called _____."
    question = replace(_question(light, sentence, stem, "xylem"), form=QuestionForm.CLOZE)

    ladder = make_ladder(question, light)

    _assert_rules(ladder)
    assert "narrow tubes called" not in ladder[-1].text
    assert "in one word" in ladder[-1].text
    assert ladder[-1].text.startswith("In “")
    assert ladder[-1].claim.text != sentence
    assert find_leak(ladder[-1].text, "xylem", known=stem) is None


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("Green plants", "things, more than one, in two words: what the sentence is about"),
        ("400", "a number"),
        ("nowhere in it at all here so", "a thing"),
    ],
)
def test_the_kind_of_a_gap_is_named(parser: Parser, answer: str, kind: str) -> None:
    """Number, count of words and part in the sentence are told, and no letter."""
    parsed = parser.parse(some_evidence("Green plants make 400 grams of sugar. They need light for it every day."))

    more = tell_more(answer, parsed.sentences[0], parsed)

    assert more is not None
    assert more.kind == kind
    assert more.place == "The next sentence says"


def test_a_lone_gap_sentence_has_nothing_to_add(parser: Parser) -> None:
    """With one sentence in the section there is no other to quote."""
    parsed = parser.parse(some_evidence("Green plants make sugar out of light."))

    assert tell_more("sugar", parsed.sentences[0], parsed) is None


def test_what_is_near_but_not_said_has_no_ladder(parser: Parser) -> None:
    """A question that shares the field but not the matter gets no ladder at all."""
    text = (
        "A market lets buyers and sellers trade. A surplus is the amount by which supply exceeds demand. "
        "A note for the first week of economics is this one."
    )

    assert ladder_for("What is inflation?", parser.parse(some_evidence(text))) == ()


def test_many_gaps_of_an_answer_become_one(parser: Parser) -> None:
    """The answer to an own question is one gap, and what the question says stays readable."""
    text = "A surplus is the amount by which the supply of bread exceeds the demand. Bakers like it little."

    ladder = ladder_for("What is a surplus?", parser.parse(some_evidence(text)))

    assert f"“A surplus is {GAP}.”" in ladder[-1].text


def test_question_words_are_no_topic(parser: Parser) -> None:
    """Asking what something means is asking about the thing, not about meaning."""
    text = "ATP is a molecule that carries energy from one part of a cell to another. Plants make it from light."

    ladder = ladder_for("What does the term ATP mean?", parser.parse(some_evidence(text)))

    assert ladder
    assert not any("“mean”" in rung.text or "“term”" in rung.text for rung in ladder)
    assert "“ATP”" in ladder[0].text


@pytest.mark.parametrize("asked", ["Say in your own words what “{}” means in this reading.", "What does “{}” mean?"])
def test_what_is_to_be_explained_is_the_topic_as_a_whole(parser: Parser, asked: str) -> None:
    """The instruction is no topic, and a term of two words is one thing."""
    text = "Salt roads are narrow tracks on which mules carried salt over the hills. Snow closed them in winter."
    parsed = parser.parse(some_evidence(text))
    question = Question(
        UnitId("s"),
        Claim(text[:72], parsed.cite(Range(0, 72))),
        QuestionForm.SHORT,
        asked.format("salt roads"),
        "narrow tracks on which mules carried salt over the hills",
    )

    first, *_ = make_ladder(question, parsed)

    assert first.text.startswith("You are asked for a few words on “salt roads”.")


def test_texts_in_other_languages_have_ladders(parser: Parser) -> None:
    """Without a grammar the words of the key sentence are masked one by one."""
    parsed = parser.parse(some_evidence("Las plantas verdes hacen azúcar. La savia sube por el xilema.", language="es"))

    ladder = ladder_for("¿Por dónde sube la savia?", parsed)

    assert "xilema" not in ladder[-1].text


def test_chinese_answers_are_masked_inside_their_sentence() -> None:
    """Scripts without blanks are masked letter by letter."""
    secret = keep_secret("光合作用", "什么")

    assert mask("植物通过光合作用制造糖。", secret) == f"植物通过{GAP}制造糖。"


def test_the_best_sentence_may_lack_every_word(light: ParsedSection) -> None:
    """Meaning finds a sentence that shares no word with the question, if it is near enough."""
    assert find_key_sentence("evaporation from foliage", light) is not None
    assert find_key_sentence("medieval tax law reform", light) is None


def test_a_lonely_sentence_gets_its_neighbours(parser: Parser) -> None:
    """A paragraph of one sentence is widened, so that pointing at it does not point at the sentence."""
    parsed = parser.parse(some_evidence("First one here.\n\nThe key stands alone.\n\nLast one there."))
    at = paragraph_around(parsed.sentences[1], parsed)

    assert parsed.evidence.text[at.start : at.end] == parsed.evidence.text


def test_own_questions_are_known_by_their_words() -> None:
    """The same question about the same reading has one id, whatever its capitals."""
    document_id = a_document().id

    assert own_question_id("What is  Sap?", document_id) == own_question_id("what is sap?", document_id)
    assert own_question_id("What is sap?", document_id) != own_question_id("What is wood?", document_id)


@given(
    answer=st.from_regex(r"[a-z]{4,9}( [a-z]{4,9})?", fullmatch=True),
    before=st.text(max_size=20),
    after=st.text(max_size=20),
)
def test_what_is_masked_is_gone(answer: str, before: str, after: str) -> None:
    """Whatever stands around an answer, masking leaves no word of it."""
    shown = mask(f"{before} {answer} {after}", keep_secret(answer, ""))

    assert not set(answer.split()) & set(re.findall(r"[a-z]+", shown.replace(before, "").replace(after, "")))
