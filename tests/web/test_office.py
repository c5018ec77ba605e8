"""The pages of the school's office, of invitations and of one's own account, in a school of their own."""

import re
from dataclasses import dataclass, replace

import pytest
from httpx2 import Response

from api.security import SESSION_COOKIE
from domain.ids import ClassId, PersonId, new_id
from domain.people import Person, Role
from domain.scope import EVERYTHING
from tests.faces import PASSWORD, Browser, House

_LINK = re.compile(r"/invitations/(?:<wbr>)?([0-9a-z-]{27})<")


@dataclass(frozen=True)
class Desk:
    """The office of the real school, with a class, a teacher and a student."""

    house: House
    office: Browser
    me: Person
    teacher: Person
    student: Person
    class_id: ClassId

    def enter(self, person: Person) -> Browser:
        """Open a browser that somebody is signed in with."""
        browser = Browser(self.house.school)
        session = self.house.services.accounts.begin(person)
        browser.client.cookies.set(SESSION_COOKIE, session.token)
        browser.token = session.form_token
        return browser

    def add(self, role: Role, name: str = "Kim Klein") -> Person:
        """Add somebody to the school, with PASSWORD."""
        person = replace(
            self.teacher, id=PersonId(new_id()), name=name, role=role, email=f"{new_id()}@school.example", class_ids=()
        )
        with self.house.store(EVERYTHING) as work:
            work.people.save_person(person)
            work.commit()
        return person

    def load(self, person: Person) -> Person:
        """Give somebody as the store has it now."""
        with self.house.store(EVERYTHING) as work:
            found = work.people.find_person(person.id)
        assert found is not None
        return found


@pytest.fixture(scope="module")
def desk(house: House) -> Desk:
    add = house.services.accounts.add_person
    me = add("Olga Office", "olga@school.example", role=Role.ADMINISTRATOR, password=PASSWORD)
    teacher = add("Toni Teacher", "toni@school.example", role=Role.TEACHER, password=PASSWORD, classes=["5c"])
    student = add("Sina Student", "sina@school.example", role=Role.STUDENT, password=PASSWORD, classes=["5c"])
    desk = Desk(house, Browser(house.school), me, teacher, student, teacher.class_ids[0])
    return replace(desk, office=desk.enter(me))


def links(answer: Response) -> list[str]:
    return _LINK.findall(answer.text)


def test_the_office_lands_on_what_is_to_do(desk: Desk) -> None:
    """The page counts people and classes, and leads to what is missing, never to what people read."""
    rules = desk.house.services.office.load_school(desk.me).rules
    desk.house.services.office.set_rules(desk.me, replace(rules, country=""))

    page = desk.office.open("/school").text

    assert "Still to do" in page
    assert "Say in which country the school is" in page
    assert 'href="/school/people?role=student"' in page
    assert desk.house.reading.title not in page


def test_people_are_listed_and_narrowed(desk: Desk) -> None:
    """The list is narrowed by words, role and class; what is no role or class finds nothing that it should not."""
    everybody = desk.office.open("/school/people?q=school.example+toni").text
    narrowed = desk.office.open(f"/school/people?q=sina&role=student&class={desk.class_id}").text
    nobody = desk.office.open("/school/people?q=%25&role=pirate&class=nowhere").text

    assert "Toni Teacher" in everybody
    assert "Sina Student" in narrowed
    assert "Toni Teacher" not in narrowed
    assert "Nobody here is all that" in nobody


def test_a_long_list_has_pages(desk: Desk) -> None:
    """Past fifty people there are pages, which keep what was asked for."""
    with desk.house.store(EVERYTHING) as work:
        for number in range(60):
            person = Person(PersonId(f"{number:032x}"), desk.me.school_id, f"Many {number:02}", "", Role.STUDENT)
            work.people.save_person(person)
        work.commit()

    first = desk.office.open("/school/people?q=many").text
    second = desk.office.open("/school/people?q=many&page=2").text

    assert "60 people, page 1 of 2" in first
    assert "q=many&amp;page=2" in first
    assert "Many 59" in second
    assert "q=many&amp;page=1" in second


def test_a_person_is_renamed(desk: Desk) -> None:
    """A new name and address are kept; what is wrong with them is said beside the form."""
    person = desk.add(Role.STUDENT)
    url = f"/school/people/{person.id}"

    assert desk.office.send(url, {"name": "Kim Gross", "email": "kim.gross"}).status_code == 303
    bad = desk.office.send(url, {"name": "", "email": "kim.gross"})
    taken = desk.office.send(url, {"name": "Kim", "email": "sina@school.example"})

    assert (bad.status_code, taken.status_code) == (422, 409)
    assert "Give your name" in bad.text
    assert "already has this e-mail address" in taken.text
    assert desk.load(person).name == "Kim Gross"


def test_a_role_changes_and_signs_out(desk: Desk) -> None:
    """A student who becomes a counsellor is signed out, and lands on the cases the next time."""
    person = desk.add(Role.STUDENT)
    browser = desk.enter(person)

    answer = desk.office.send(f"/school/people/{person.id}/role", {"role": "counsellor"})

    assert answer.status_code == 303
    assert browser.open("/account").status_code == 303
    assert desk.enter(person).open("/").headers["location"] == "/cases"
    assert desk.office.send(f"/school/people/{person.id}/role", {"role": "king"}).status_code == 422


def test_classes_are_ticked(desk: Desk) -> None:
    """The ticked classes are those the person is in."""
    person = desk.add(Role.STUDENT)
    url = f"/school/people/{person.id}/classes"

    desk.office.send(url, {f"class_{desk.class_id}": "yes"})
    assert desk.load(person).class_ids == (desk.class_id,)
    desk.office.send(url, {})
    assert desk.load(person).class_ids == ()

    guardian = desk.add(Role.GUARDIAN)
    refused = desk.office.send(f"/school/people/{guardian.id}/classes", {f"class_{desk.class_id}": "yes"})
    assert refused.status_code == 422


def test_families_are_found_and_linked(desk: Desk) -> None:
    """One looks for a guardian on the child's page, adds and takes off, and sees it from both sides."""
    child, guardian = desk.add(Role.STUDENT, "Mia Child"), desk.add(Role.GUARDIAN, "Gero Guardian")
    url = f"/school/people/{child.id}"

    assert "Gero Guardian" in desk.office.open(f"{url}?find=gero").text
    assert "Nobody else of that name" in desk.office.open(f"{url}?find=mia").text
    assert desk.office.send(f"{url}/family", {"other_id": guardian.id}).status_code == 303
    assert desk.load(guardian).ward_ids == (child.id,)
    assert "Mia Child" in desk.office.open(f"/school/people/{guardian.id}").text
    assert desk.office.send(f"/school/people/{guardian.id}/family/end", {"other_id": child.id}).status_code == 303
    assert desk.load(guardian).ward_ids == ()


def test_an_account_is_closed_and_opened(desk: Desk) -> None:
    """Closing shuts a running session; opening lets the person sign in again."""
    person = desk.add(Role.TEACHER)
    browser = desk.enter(person)
    url = f"/school/people/{person.id}"

    assert desk.office.send(f"{url}/close").status_code == 303
    assert browser.open("/account").status_code == 303
    assert "This account is closed" in desk.office.open(url).text
    assert desk.office.send(f"{url}/open").status_code == 303
    assert desk.enter(person).open("/account").status_code == 200


def test_the_office_signs_people_out(desk: Desk) -> None:
    """Ending somebody's sessions leaves the account open; ending one's own leads to the first page."""
    person = desk.add(Role.TEACHER)
    browser = desk.enter(person)

    assert desk.office.send(f"/school/people/{person.id}/sessions/end").status_code == 303
    assert browser.open("/account").status_code == 303
    other = desk.add(Role.ADMINISTRATOR)
    own = desk.enter(other).send(f"/school/people/{other.id}/sessions/end")
    assert own.headers["location"] == "/"


def test_whoever_demotes_oneself_signs_in_again(desk: Desk) -> None:
    """An administrator who gives up the role is led to the way in."""
    other = desk.add(Role.ADMINISTRATOR)

    answer = desk.enter(other).send(f"/school/people/{other.id}/role", {"role": "teacher"})

    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_the_last_administrator_is_told_why(desk: Desk) -> None:
    """Nobody leaves the school without an administrator; the page says what to do first."""
    office = desk.house.services.office
    others = [one for one in office.list_people(desk.me, role=Role.ADMINISTRATOR).people if one.id != desk.me.id]
    for one in others:
        office.set_active(desk.me, one.id, is_active=False)

    for change in ("close", "role"):
        answer = desk.office.send(f"/school/people/{desk.me.id}/{change}", {"role": "teacher"})
        assert answer.status_code == 409
        assert "Make somebody else an administrator first" in answer.text


def test_rules_are_set_and_mended(desk: Desk) -> None:
    """Terms, country and support are kept; terms that overlap are shown again with what is wrong."""
    term = {"term_0": "Autumn", "first_0": "2026-09-01", "last_0": "2026-12-20"}
    fields = {"school_name": "Neue Schule", "country": "DE", "consent_age": "16", "language": "de", **term}

    saved = desk.office.send("/school/rules", {**fields, "tells_teachers_of_support": "yes"})
    page = desk.office.open(saved.headers["location"]).text
    overlap = {**fields, "term_1": "Winter", "first_1": "2026-12-20", "last_1": "2027-02-01"}
    bad = desk.office.send("/school/rules", overlap)
    worse = desk.office.send("/school/rules", {**fields, "last_0": "soon"})

    rules = desk.house.services.office.load_school(desk.me).rules
    assert (rules.country, rules.consent_age, rules.tells_teachers_of_support) == ("DE", 16, True)
    assert "Saved." in page
    assert 'value="2026-12-20"' in page
    assert "Nummer gegen Kummer" in page
    assert (bad.status_code, worse.status_code) == (422, 422)
    assert "overlap" in bad.text
    assert 'value="Winter"' in bad.text


def test_links_are_made_used_and_gone(desk: Desk) -> None:
    """Slips carry a link each; one is used once, and its page is then like any that never was."""
    slips = desk.office.send("/school/invitations", {"role": "teacher", "class_id": desk.class_id, "count": "3"})
    assert slips.status_code == 200
    assert slips.headers["cache-control"] == "no-store"
    first, second, _ = links(slips)

    guest = Browser(desk.house.school)
    page = guest.open(f"/invitations/{first}")
    assert "invited as a teacher" in page.text
    assert page.headers["cache-control"] == "no-store"
    taken = guest.send(f"/invitations/{first}", {"name": "Nia", "email": "toni@school.example", "password": PASSWORD})
    assert taken.status_code == 422
    entered = guest.send(f"/invitations/{first}", {"name": "Nia", "email": "nia@school.example", "password": PASSWORD})
    assert (entered.status_code, entered.headers["location"]) == (303, "/")
    assert "5c" in guest.open("/account").text

    assert Browser(desk.house.school).open(f"/invitations/{first}").status_code == 404
    assert Browser(desk.house.school).open("/invitations/nothing").status_code == 404
    assert Browser(desk.house.school).open(f"/invitations/{second}").status_code == 200


@pytest.mark.parametrize("fields", [{"role": "king"}, {"role": "teacher", "count": "61"}, {"role": "guardian"}])
def test_links_that_cannot_be_are_refused(desk: Desk, fields: dict[str, str]) -> None:
    """No such role, too many at once, a guardian without a child: the page says so."""
    answer = desk.office.send("/school/invitations", fields)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_students_say_their_month_of_birth(desk: Desk) -> None:
    """The link of a student asks for month and year, and takes no date that there is not."""
    (token,) = links(desk.office.send("/school/invitations", {"role": "student", "class_id": desk.class_id}))
    fields = {"name": "Kai", "email": "kai.5c", "password": PASSWORD}
    guest = Browser(desk.house.school)

    assert "When were you born?" in guest.open(f"/invitations/{token}").text
    for month, year in (("", ""), ("13", "2013"), ("5", "2025")):
        answer = guest.send(f"/invitations/{token}", {**fields, "month": month, "year": year})
        assert answer.status_code == 422
    entered = guest.send(f"/invitations/{token}", {**fields, "month": "5", "year": "2013"})

    assert entered.status_code == 303


def test_a_new_password_comes_by_a_link(desk: Desk) -> None:
    """The office makes a link for one person; there the name stands, and a new password is all that is asked."""
    person = desk.add(Role.TEACHER, "Vera Vergesslich")
    browser = desk.enter(person)

    (token,) = links(desk.office.send("/school/invitations/person", {"person_id": person.id}))
    guest = Browser(desk.house.school)
    page = guest.open(f"/invitations/{token}").text

    assert browser.open("/account").status_code == 303
    assert "Vera Vergesslich" in page
    assert 'name="name"' not in page
    assert guest.send(f"/invitations/{token}", {"password": "another password"}).status_code == 303
    assert desk.load(person).password_hash != person.password_hash


def test_a_guardian_adds_a_second_child(desk: Desk) -> None:
    """Signed in, a guardian's link for another child is added to the account; somebody else is told to sign out."""
    guardian, child = desk.add(Role.GUARDIAN), desk.add(Role.STUDENT, "Second Child")
    (token,) = links(desk.office.send("/school/invitations/guardian", {"child_id": child.id}))
    browser, teacher = desk.enter(guardian), desk.enter(desk.teacher)

    assert "Add this to my account" in browser.open(f"/invitations/{token}").text
    assert "this link is for somebody else" in teacher.open(f"/invitations/{token}").text
    assert teacher.send(f"/invitations/{token}").status_code == 403
    assert browser.send(f"/invitations/{token}").status_code == 303
    assert desk.load(guardian).ward_ids == (child.id,)


def test_teachers_invite_their_own(desk: Desk) -> None:
    """A teacher makes slips for own students, and withdraws them; families and colleagues are the office's."""
    teacher = desk.enter(desk.teacher)
    fields = {"class_id": desk.class_id}

    page = teacher.open(f"/school/invitations?class={desk.class_id}").text
    families = teacher.send("/school/invitations/class", {**fields, "whom": "families"})
    members = teacher.send("/school/invitations/class", {**fields, "whom": "students"})
    new = teacher.send("/school/invitations", {**fields, "role": "student"})
    colleague = teacher.send("/school/invitations", {"role": "teacher"})
    listed = teacher.open("/school/invitations").text

    assert ">teacher</option>" not in page
    assert "families" not in page.split("For a whole class")[1]
    assert "Ask the school's office to invite families." in teacher.open(f"/classes/{desk.class_id}").text
    assert (families.status_code, new.status_code) == (403, 200)
    assert "Nobody needs a link here" in members.text
    assert colleague.status_code == 404
    ids = re.findall(r"/school/invitations/(\w{32})/withdraw", listed)
    assert ids
    for one in ids:
        assert teacher.send(f"/school/invitations/{one}/withdraw").status_code == 303
    assert "No link is open" in teacher.open("/school/invitations").text
    assert teacher.send(f"/school/invitations/{ids[0]}/withdraw").status_code == 404


def test_people_of_a_roster_get_slips(desk: Desk) -> None:
    """Guardians and staff without a way in are on slips by name, and in the list of open links."""
    guardian, colleague = desk.add(Role.GUARDIAN, "Gerd Guardian"), desk.add(Role.COUNSELLOR, "Cora Counsellor")
    with desk.house.store(EVERYTHING) as work:
        work.people.save_person(replace(guardian, password_hash="", ward_ids=(desk.student.id,)))
        work.people.save_person(replace(colleague, password_hash=""))
        work.commit()

    page = desk.office.open(f"/classes/{desk.class_id}").text
    families = desk.office.send("/school/invitations/class", {"class_id": desk.class_id, "whom": "families"})
    staff = desk.office.send("/school/invitations/staff")
    listed = desk.office.open("/school/invitations").text

    assert "Links for the families of" in page
    assert "Gerd Guardian" in families.text
    assert "For a parent or guardian of Sina Student. Choose your password here." in families.text
    assert "Cora Counsellor" in staff.text
    assert "Gerd Guardian (guardian)" in listed
    assert desk.enter(desk.teacher).send("/school/invitations/staff").status_code == 403
    with desk.house.store(EVERYTHING) as work:
        work.records.erase(guardian.id)
        work.commit()


def test_a_teacher_without_a_class_makes_one_first(desk: Desk) -> None:
    """Without a class there is nobody whom a teacher could invite."""
    browser = desk.enter(desk.add(Role.TEACHER))

    assert "Make a class first." in browser.open("/school/invitations").text


@pytest.mark.parametrize("role", [Role.STUDENT, Role.TEACHER, Role.COUNSELLOR, Role.GUARDIAN])
def test_the_office_is_shut_to_others(house: House, role: Role) -> None:
    """Nobody but an administrator opens the office, and the head of the page does not lead there."""
    browser = house.newcomer(role)

    for page in ("/school", "/school/people", f"/school/people/{'0' * 32}", "/school/rules"):
        assert browser.open(page).status_code == 403
    assert 'href="/school"' not in browser.open("/account").text


def test_one_sees_and_ends_own_sessions(desk: Desk) -> None:
    """The account names each device, marks this one, and signs the others out."""
    person = desk.add(Role.TEACHER)
    here, there, third = (desk.enter(person) for _ in range(3))
    page = here.open("/account").text
    assert page.count("this device") == 1

    name = re.findall(r'name="session" value="(\w+)"', page)
    assert len(name) == 2
    assert here.send("/account/sessions/end", {"session": name[0]}).status_code == 303
    assert {there.open("/account").status_code, third.open("/account").status_code} == {200, 303}
    assert here.send("/account/sessions/end-others").status_code == 303
    assert {there.open("/account").status_code, third.open("/account").status_code} == {303}
    assert here.open("/account").status_code == 200
    assert here.send("/account/sessions/end", {"session": name[0]}).status_code == 404


def test_one_changes_the_password(desk: Desk) -> None:
    """A new password gives this browser a new session and shuts the others; a wrong old one is said beside the form."""
    person = desk.add(Role.TEACHER)
    here, there = desk.enter(person), desk.enter(person)
    before = here.client.cookies[SESSION_COOKIE]

    wrong = here.send("/account/password", {"old": "not my password", "password": "another password"})
    done = here.send("/account/password", {"old": PASSWORD, "password": "another password"})

    assert (wrong.status_code, done.status_code) == (422, 303)
    assert "The old password is not right." in wrong.text
    assert "Your password is changed" in here.open(done.headers["location"]).text
    assert there.open("/account").status_code == 303
    there.client.cookies.set(SESSION_COOKIE, before)
    assert there.open("/account").status_code == 303


def test_a_stolen_token_ends_with_its_session(desk: Desk) -> None:
    """A token taken from a cookie works in a header, until its session is ended."""
    person = desk.add(Role.TEACHER)
    browser = desk.enter(person)
    token = browser.client.cookies[SESSION_COOKIE]
    thief = Browser(desk.house.school)
    headers = {"Authorization": f"Bearer {token}"}
    assert thief.client.get("/api/v1/me", headers=headers).status_code == 200

    browser.send("/sign-out")

    assert thief.client.get("/api/v1/me", headers=headers).status_code == 401


def test_the_demo_is_not_set_up(house: House) -> None:
    """The demo has no page to set it up, nor has a school that has people."""
    for app in (house.demo, house.school):
        browser = Browser(app)
        assert browser.open("/setup").status_code == 404
        assert browser.send("/setup", {"code": house.services.setup.code()}).status_code == 404


def test_calling_the_helplines_is_done_until_the_country_changes(desk: Desk) -> None:
    """The button says that the numbers were called today; another country has other numbers."""
    school = desk.house.services.office.load_school(desk.me)
    desk.house.services.office.set_rules(desk.me, replace(school.rules, country="GB"))
    before = desk.office.open("/school").text

    desk.office.send("/school/rules/helplines", {})
    after = desk.office.open("/school").text
    shown = desk.office.open("/school/rules").text
    desk.house.services.office.set_rules(desk.me, replace(school.rules, country="DE"))
    elsewhere = desk.office.open("/school").text
    desk.house.services.office.set_rules(desk.me, school.rules)

    assert ["Call the helplines" in page for page in (before, after, elsewhere)] == [True, False, True]
    assert "called on" in shown
    assert "not checked yet" not in shown
