"""The way out: everything that leaves is looked at last, and streams are guarded like whole answers."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from adapters.models.openai import OpenAIChatModel
from adapters.sql.store import SqlStore
from domain.errors import BadReply, ModelBusy
from domain.ids import DocumentId, PersonId, stable_id
from domain.people import Role
from domain.ports import ModelRequest
from domain.scope import EVERYTHING, scope_of
from safety.egress import HIDDEN, Outbound, Talk
from safety.injection import fence
from safety.known_names import KnownNames, Names
from safety.personal_data import Redactor
from safety.streaming import Guard
from tests.builders import a_document, a_person
from tests.conftest import FixedClock
from tests.scripted_server import Fail, Say, ScriptedServer, Stream, scripted_server

EMAIL = "lena.hart@home.example"
NAMES = Names(full=frozenset({"ines albrecht"}), roster=frozenset({"ines albrecht", "ines", "albrecht"}))


@pytest.fixture
def endpoint() -> Iterator[ScriptedServer]:
    with scripted_server(Say("{}")) as server:
        yield server


@pytest.fixture
def outbound(endpoint: ScriptedServer, redactor: Redactor, store: SqlStore, clock: FixedClock) -> Iterator[Outbound]:
    model = OpenAIChatModel(base_url=endpoint.base_url, api_key="k", model="any", timeout_seconds=5)
    yield Outbound(model, redactor, store, clock)
    model.close()


def a_request(system: str = "Rules for you.", user: str = "Material.", **schema: object) -> ModelRequest:
    return ModelRequest(system, user, "answer", {"type": "object", **schema})


def a_talk(outbound: Outbound) -> Talk:
    return outbound.open(a_person(), "reading", NAMES)


def test_the_last_look_is_at_all_that_leaves(outbound: Outbound, endpoint: ScriptedServer) -> None:
    """Whoever put it in, an identifier or a name of the class goes out of rules, material and schema, fenced or not."""
    request = a_request(
        f"Rules of {EMAIL}.",
        f"Ask Ines Albrecht. {fence(f'Or write to Ines  Albrecht, {EMAIL}.')}",
        description=f"By {EMAIL}.",
        properties={"a": {"enum": [EMAIL, 1]}},
    )

    a_talk(outbound).ask(request)

    sent = str(endpoint.requests)
    assert EMAIL not in sent
    assert "lbrecht" not in sent
    assert sent.count(HIDDEN) == 6


def test_words_with_a_surrogate_have_it_everywhere(outbound: Outbound, endpoint: ScriptedServer) -> None:
    """What the person wrote about is the same person in the material, so that it still hangs together."""
    talk = a_talk(outbound)

    masked = talk.mask("My name is Lena Hart.")
    talk.ask(a_request(user=f"{masked} {fence('Lena Hart grows ferns.')}"))

    user = endpoint.requests[0]["messages"][1]["content"]
    assert "My name is [PERSON_1]." in user
    assert "[PERSON_1]\u02c6grows" in user


def test_conversations_go_on_for_their_person_alone(outbound: Outbound, store: SqlStore) -> None:
    """A later talk knows the surrogates of the one before; another person's, or nobody's, does not."""
    a_talk(outbound).mask("My name is Lena Hart.")

    assert a_talk(outbound).restore("Yes, [PERSON_1].") == "Yes, Lena Hart."
    assert outbound.open(a_person(Role.TEACHER), "reading", NAMES).restore("Yes, [PERSON_1].") == "Yes, ."
    assert outbound.open(a_person(), "other", NAMES).restore("Yes, [PERSON_1].") == "Yes, ."
    with store(scope_of(a_person())) as work:
        assert work.surrogates.load(a_person().id, "reading") == {"[PERSON_1]": "Lena Hart"}


def test_for_nobody_nothing_is_kept(outbound: Outbound, store: SqlStore) -> None:
    """Without a person the surrogates last as long as the talk."""
    talk = outbound.open(None, "reading", NAMES)

    assert talk.restore(talk.mask("My name is Lena Hart.")) == "My name is Lena Hart."
    with store(EVERYTHING) as work:
        assert work.surrogates.load(a_person().id, "reading") == {}


def test_hidden_letters_forge_no_surrogate(outbound: Outbound) -> None:
    """A surrogate typed with hidden letters in it is seen for what it is before it goes out."""
    talk = a_talk(outbound)
    talk.mask("My name is Lena Hart.")

    masked = talk.mask("Who is [PERSON\u200b_1]?")

    assert fence(masked).count("[PERSON_1]") == 0
    assert talk.restore(masked) == "Who is [PERSON_1]?"


def test_a_stream_is_restored_as_it_comes(outbound: Outbound, endpoint: ScriptedServer) -> None:
    """The person's words come back whole, whatever the pieces, and what goes out is cleaned as for an answer."""
    endpoint.script = [Stream(["Dear [PER", "SON_1], you", " and [PERSON_7] know ", "ferns. " * 20])]
    talk = a_talk(outbound)

    out = "".join(talk.stream(a_request(user=f"{talk.mask('My name is Lena Hart.')} {EMAIL}")))

    assert out == "Dear Lena Hart, you and  know " + "ferns. " * 20
    assert EMAIL not in str(endpoint.requests)


def test_a_short_stream_comes_out_whole(outbound: Outbound, endpoint: ScriptedServer) -> None:
    """What is held back comes at the end; nothing comes of nothing."""
    endpoint.script = [Stream(["Fern [PERSON_"]), Stream([""])]

    assert "".join(a_talk(outbound).stream(a_request())) == "Fern [PERSON_"
    assert list(a_talk(outbound).stream(a_request())) == []


def test_rules_that_come_back_end_a_stream(outbound: Outbound, endpoint: ScriptedServer) -> None:
    """Before a word of them is out, the stream ends with a BadReply."""
    rules = "Say only what the quoted sentences say and nothing else at all."
    endpoint.script = [Stream(["Gladly: ", rules[:30], rules[30:], "."])]
    out: list[str] = []

    with pytest.raises(BadReply) as caught:
        out.extend(a_talk(outbound).stream(a_request(rules)))

    assert caught.value.code == "rules_told"
    assert "Say" not in "".join(out)


def test_a_leak_that_is_longer_than_what_is_held_is_seen_too() -> None:
    """What went just before is remembered, so that a slow leak is stopped where it is complete."""
    guard = Guard(lambda text: "a" * 100 in text)

    fed = [guard.feed("a" * 10) for _ in range(10)]

    assert fed[-1] is None
    assert all(piece is not None for piece in fed[:-1])


def test_an_endpoint_that_is_down_is_busy(outbound: Outbound, endpoint: ScriptedServer) -> None:
    """The way out can be asked for its name and whether it is there."""
    endpoint.script = [Fail(500)]

    with pytest.raises(ModelBusy):
        outbound.ping()

    assert outbound.name == a_talk(outbound).model_name == "any"


def test_names_are_read_again_after_ten_minutes(store: SqlStore, clock: FixedClock) -> None:
    """A list of names is remembered for a while: who joins later is known soon after."""
    names = KnownNames(store, clock)
    before = names.around(a_person(), a_document(), "")
    with store(EVERYTHING) as work:
        work.people.save_person(a_person(id=PersonId("7" * 32), name="Lena Hart", email="l@school.example"))
        work.commit()

    soon = names.around(a_person(), a_document(), "")
    clock.move(timedelta(minutes=11))
    later = names.around(a_person(), a_document(), "")

    assert before.roster == soon.roster
    assert later.roster - before.roster == {"lena hart", "lena", "hart"}
    assert later.full - before.full == {"lena hart"}


def test_only_course_material_keeps_names(store: SqlStore, clock: FixedClock) -> None:
    """The names of a reading stay where staff added it; of a student's own, or nobody's, none does."""
    names = KnownNames(store, clock)
    text = "Isaac Newton met the apple."

    assert names.around(None, a_document(), text).keep == {"isaac", "newton"}
    assert names.around(None, a_document(owner_id=a_person().id, class_id=None), text).keep == frozenset()
    assert names.around(None, a_document(owner_id=PersonId("9" * 32)), text).keep == frozenset()


def test_few_lists_of_names_are_remembered(store: SqlStore, clock: FixedClock) -> None:
    """The oldest go first, so that what is remembered has a bound."""
    names = KnownNames(store, clock)

    for number in range(210):
        names.around(None, a_document(id=DocumentId(stable_id(number)), owner_id=PersonId(stable_id(number))), "")

    assert len(names._known) == 200
