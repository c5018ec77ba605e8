"""Study aids, quiz, hints and cases over the API."""

from domain.ids import stable_id
from domain.material import Kind
from domain.people import Role
from domain.questions import Question, QuestionForm
from domain.scope import EVERYTHING
from tests.faces import PASSWORD, Browser, House


def a_question(house: House, *, is_choice: bool = True) -> Question:
    return next(
        unit
        for unit in house.aid(Kind.QUIZ).units
        if isinstance(unit, Question) and (unit.form is QuestionForm.CHOICE) == is_choice
    )


def test_a_program_signs_in_with_a_token(house: House) -> None:
    """The token opens the API without a cookie; signing out ends it; a wrong password is a problem."""
    client, email = Browser(house.school).client, house.account()

    signed_in = client.post("/api/v1/session", json={"email": email, "password": PASSWORD})
    client.cookies.clear()
    bearer = {"authorization": f"Bearer {signed_in.json()['token']}"}

    assert signed_in.status_code == 201
    assert client.get("/api/v1/me").status_code == 401
    assert client.get("/api/v1/me", headers=bearer).json()["name"] == "Maria Muster"
    assert client.delete("/api/v1/session", headers=bearer).status_code == 204
    assert client.get("/api/v1/me", headers=bearer).status_code == 401
    assert client.post("/api/v1/session", json={"email": email, "password": "no"}).json()["code"] == "sign_in_failed"


def test_signing_in_is_limited_over_the_api_too(house: House) -> None:
    """The sixth try in a row says when to come back."""
    client = Browser(house.school).client
    wish = {"email": "api-tried@school.example", "password": "x"}

    answers = [client.post("/api/v1/session", json=wish) for _ in range(6)]

    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert answers[-1].json()["code"] == "too_many_tries"
    assert "retry-after" in answers[-1].headers


def test_a_body_with_unknown_fields_is_refused(house: House) -> None:
    """A misspelt field is named, not ignored."""
    answer = house.newcomer().client.post(
        f"/api/v1/documents/{house.reading.id}/ask", json={"question": "What?", "mood": "x"}
    )

    assert (answer.status_code, answer.json()["field"]) == (422, "mood")


def test_aids_come_by_kind_and_a_quiz_without_its_answers(house: House) -> None:
    """What a learner may not know yet is nowhere in what a learner can fetch."""
    client = house.newcomer().client

    aids = client.get(f"/api/v1/documents/{house.reading.id}/aids?section={house.unit.ordinal}").json()
    quiz = client.get(f"/api/v1/artifacts/{aids['quiz']['id']}").json()

    assert {"summary", "flashcards", "concept_map", "quiz"} <= set(aids)
    assert quiz == aids["quiz"]
    for unit in quiz["units"]:
        assert set(unit) == {"unit", "id", "form", "stem", "options", "terms", "bloom"}


def test_hint_ladders_stay_with_the_tutor(house: House) -> None:
    """The ladder kept for a student cannot be fetched as a study aid, by anybody."""
    browser, question = house.newcomer(), a_question(house)
    me = browser.client.get("/api/v1/me").json()["id"]
    browser.client.post(f"/api/v1/questions/{question.id}/hint", json={})
    with house.store(EVERYTHING) as work:
        shared = work.material.list_for(house.reading.id, kind=Kind.HINTS)
    kept = stable_id("ladder", me, question.id)
    assert browser.client.get(f"/api/v1/artifacts/{kept}").status_code == 404
    assert shared == []


def test_an_attempt_is_graded_and_then_explained(house: House) -> None:
    """Before an attempt the explanation is closed; the attempt brings verdict and source."""
    client, question = house.newcomer().client, a_question(house)
    base = f"/api/v1/questions/{question.id}"

    closed = client.get(f"{base}/explanation")
    graded = client.post(f"{base}/attempts", json={"answer": question.answer})
    opened = client.get(f"{base}/explanation")
    listed = client.get(f"/api/v1/artifacts/{house.aid(Kind.QUIZ).id}/attempts").json()

    assert closed.status_code == 403
    assert graded.status_code == 201
    assert graded.json()["outcome"] == "graded"
    assert graded.json()["attempt"]["is_correct"] is True
    assert graded.json()["claim"]["citations"]
    assert opened.json()["text"] == question.claim.text
    assert [attempt["question_id"] for attempt in listed] == [question.id]


def test_a_question_that_is_not_there(house: House) -> None:
    """An unknown question is NotFound for answers, hints and explanations."""
    client, base = house.newcomer().client, f"/api/v1/questions/{'0' * 32}"

    assert client.post(f"{base}/attempts", json={"answer": "x"}).status_code == 404
    assert client.post(f"{base}/hint", json={}).status_code == 404
    assert client.get(f"{base}/explanation").status_code == 404
    assert client.post(f"{base}/attempts", json={"answer": ""}).status_code == 422


def test_hints_carry_no_words_of_the_answer(house: House) -> None:
    """The first hints come one by one, with the place to look and no quote."""
    client, question = house.newcomer().client, a_question(house)

    hints = [client.post(f"/api/v1/questions/{question.id}/hint", json={}).json() for _ in range(2)]

    assert [hint["rung"] for hint in hints] == [0, 1]
    assert all(hint["outcome"] is None and hint["text"] for hint in hints)
    assert all(not citation["quote"] for hint in hints for citation in hint["citations"])
    assert all(question.answer.casefold() not in hint["text"].casefold() for hint in hints)


def test_a_question_of_ones_own_gets_hints(house: House) -> None:
    """The hint says what to ask the next one for."""
    client = house.newcomer().client

    first = client.post(
        f"/api/v1/documents/{house.reading.id}/hint", json={"question": "What does chlorophyll do?"}
    ).json()
    second = client.post(f"/api/v1/questions/{first['question_id']}/hint", json={}).json()

    assert (first["rung"], second["rung"]) == (0, 1)


def test_asking_gives_cited_sentences_and_ranked_passages(house: House) -> None:
    """A served answer has citations on every sentence; passages come best first; a refusal gives its reason."""
    client, url = house.newcomer().client, f"/api/v1/documents/{house.reading.id}/ask"

    served = client.post(url, json={"question": "What does chlorophyll do?"}).json()
    refused = client.post(url, json={"question": "Who won the football world cup in 1974?"}).json()

    assert served["outcome"]["outcome"] == "served"
    assert all(unit["claim"]["citations"] for unit in served["outcome"]["artifact"]["units"])
    scores = [passage["score"] for passage in served["passages"]]
    assert scores == sorted(scores, reverse=True)
    assert refused["outcome"]["outcome"] == "refused"
    assert refused["outcome"]["message"].endswith(".")


def test_search_finds_passages(house: House) -> None:
    """Over all readings or one; too long a query is refused."""
    client = house.newcomer().client

    everywhere = client.get("/api/v1/search?q=chlorophyll").json()
    here = client.get(f"/api/v1/search?q=chlorophyll&document_id={house.reading.id}&limit=1").json()

    assert "hlorophyll" in everywhere["passages"][0]["text"]
    assert len(here["passages"]) == 1
    assert client.get("/api/v1/search?q=").status_code == 422


def test_a_search_for_harm_is_no_search(house: House) -> None:
    """Words of danger give words of support instead of passages, and the counsellor has a case."""
    student = house.newcomer()

    found = student.client.get("/api/v1/search", params={"q": "how do I kill myself"}).json()
    page = student.client.get("/search", params={"q": "how do I kill myself"}).text

    assert found["passages"] == []
    assert "findahelpline.com" in found["escalated"]["message"]
    assert "You matter more than any reading" in page
    assert "found</h2>" not in page


def test_exports_of_the_answers_are_the_teachers(house: House) -> None:
    """Students take cards and maps; the quiz with its answers is refused to them."""
    student, teacher = house.newcomer().client, house.newcomer(Role.TEACHER).client
    url = f"/api/v1/documents/{house.reading.id}/exports"

    assert student.get(f"{url}/cards.csv").status_code == 200
    assert student.get(f"{url}/quiz.json").status_code == 403
    assert teacher.get(f"{url}/quiz.json").status_code == 200
    assert teacher.get(f"{url}/cards.exe").status_code == 404


def test_a_teacher_has_aids_made_and_sees_how(house: House) -> None:
    """Making one anew is served, and every exchange is on record without anybody's words."""
    client = house.newcomer(Role.TEACHER).client
    base = f"/api/v1/documents/{house.reading.id}"

    made = client.post(f"{base}/aids", json={"kind": "summary", "section": house.unit.ordinal})
    interactions = client.get(f"{base}/interactions").json()

    assert made.json()["outcome"] == "served"
    assert interactions
    assert set(interactions[-1]["verdicts"]) <= {"supported", "unsupported", "contradicted"}
    assert "person_id" not in interactions[-1]


def test_an_easier_version_is_drafted_edited_and_approved(house: House) -> None:
    """The draft is the teacher's; an edit is marked as the teacher's words; approval publishes it."""
    teacher = house.newcomer(Role.TEACHER).client
    units = [
        section
        for section in house.services.documents.list_sections(house.person(Role.TEACHER), house.reading.id)
        if section.is_unit
    ]
    drafted = teacher.post(
        f"/api/v1/documents/{house.reading.id}/variants", json={"section": units[-1].ordinal}
    ).json()["artifact"]

    edited = teacher.patch(
        f"/api/v1/artifacts/{drafted['id']}/units/{drafted['units'][0]['id']}", json={"text": "Plants eat light."}
    ).json()
    hidden = house.newcomer().client.get(f"/api/v1/artifacts/{drafted['id']}")
    approved = teacher.post(f"/api/v1/artifacts/{drafted['id']}/approval").json()

    assert drafted["status"] == "draft"
    assert len(drafted["levels"]) == 2
    assert edited["units"][0]["claim"]["by_person"] is True
    assert hidden.status_code == 404
    assert approved["status"] == "published"


def test_words_of_danger_are_escalated_whatever_the_address(house: House) -> None:
    """Asking, answering and hints end in supportive words, which name no case."""
    client, question = house.newcomer(name="Ada Api").client, a_question(house, is_choice=False)
    danger = "i want to kill myself"

    asked = client.post(f"/api/v1/documents/{house.reading.id}/ask", json={"question": danger}).json()["outcome"]
    answered = client.post(f"/api/v1/questions/{question.id}/attempts", json={"answer": danger}).json()
    hinted = client.post(f"/api/v1/questions/{question.id}/hint", json={"text": danger}).json()["outcome"]

    for outcome in (asked, answered, hinted):
        assert outcome["outcome"] == "escalated"
        assert set(outcome) == {"outcome", "message"}


def test_a_counsellor_works_on_a_case(house: House) -> None:
    """A case is listed, shown with the student's words, taken on and closed."""
    student = house.newcomer().client
    me = student.get("/api/v1/me").json()["id"]
    student.post(f"/api/v1/documents/{house.reading.id}/ask", json={"question": "i want to kill myself"})
    client = house.browser(Role.COUNSELLOR).client

    (case,) = [case for case in client.get("/api/v1/cases").json() if case["person_id"] == me]
    base = f"/api/v1/cases/{case['id']}"
    shown = client.get(base).json()
    taken = client.post(f"{base}/acknowledgement").json()
    empty = client.post(f"{base}/closing", json={"note": ""})
    closed = client.post(f"{base}/closing", json={"note": "Talked with them."}).json()

    assert shown["flags"][0]["text"] == "i want to kill myself"
    assert [event["what"] for event in shown["events"]] == ["opened", "seen"]
    for without_words in (case, taken, closed):
        assert {"flags", "events"}.isdisjoint(without_words)
        assert "kill" not in str(without_words)
    assert taken["status"] == "acknowledged"
    assert empty.status_code == 422
    assert closed["status"] == "closed"
    assert client.post(f"{base}/acknowledgement").status_code == 409
    assert client.get(f"/api/v1/cases/{'0' * 32}").status_code == 404


def test_the_service_says_how_it_is(house: House) -> None:
    """The process is up, and its parts are ready."""
    client = house.browser().client

    assert client.get("/healthz").json()["status"] == "ok"
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()["parts"]["store"]) == (200, "ok")


def test_making_what_cannot_be_made_is_refused_with_a_reason(house: House) -> None:
    """A section too short for an easier version or a quiz ends in a sentence, or in a study aid."""
    teacher = house.newcomer(Role.TEACHER).client
    sections = house.services.documents.list_sections(house.person(Role.TEACHER), house.reading.id)
    short = min(sections, key=lambda one: (one.end.page - one.start.page, one.end.offset - one.start.offset))

    made = teacher.post(
        f"/api/v1/documents/{house.reading.id}/aids", json={"kind": "concept_map", "section": short.ordinal}
    )

    assert made.status_code == 200
    assert made.json()["outcome"] in {"served", "refused"}
