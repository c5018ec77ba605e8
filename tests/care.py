"""What tests of cases, notices and the on-call list share: people, signs of danger, a store that fails in part."""

from datetime import datetime

from sqlalchemy import text

from adapters.sql.store import SqlStore
from domain.audit import AuditRecord
from domain.care import Flag, Severity, Worry
from domain.ids import CaseId, ContactId, FlagId, PersonId, new_id, stable_id
from domain.notices import Contact, Duty
from domain.people import Person, Role
from domain.scope import EVERYTHING
from safety.notices import Channels
from tests.builders import NOW, SCHOOL, a_person
from tests.raw import connect

STUDENT = a_person(Role.STUDENT)
COUNSELLOR = a_person(Role.COUNSELLOR)
COLLEAGUE = a_person(Role.COUNSELLOR, id=PersonId(stable_id("colleague")), email="colleague@school.example")
ADMINISTRATOR = a_person(Role.ADMINISTRATOR)
GUARDIAN = a_person(Role.GUARDIAN, ward_ids=(STUDENT.id,))

LOW = Worry(Severity.LOW, "self_harm", "en.self_harm_low")
MODERATE = Worry(Severity.MODERATE, "self_harm", "en.self_harm")
HIGH = Worry(Severity.HIGH, "suicide", "en.plan")
IMMINENT = Worry(Severity.IMMINENT, "suicide", "en.now")
ABUSE = Worry(Severity.HIGH, "abuse", "en.abuse")
DRILLED = Worry(Severity.IMMINENT, "drill", "drill")

MAIL = Channels(email=True)


def a_contact(name: str, step: int = 1, duty: Duty = Duty.ALWAYS, *, account: Person | None = None) -> Contact:
    """Somebody on the on-call list: an account, or a person of this name outside the school."""
    email = account.email if account else f"{name.lower()}@call.example"
    return Contact(ContactId(new_id()), SCHOOL, name, email, step, duty, account.id if account else None)


def put_on_call(store: SqlStore, *contacts: Contact) -> None:
    """Put contacts on the list."""
    with store(EVERYTHING) as work:
        for contact in contacts:
            work.notices.save_contact(contact)
        work.commit()


def add_people(store: SqlStore, *people: Person) -> None:
    """Add people, or change those who are there."""
    with store(EVERYTHING) as work:
        work.people.save_people(people)
        work.commit()


def called(store: SqlStore, case_id: CaseId) -> list[str]:
    """Name the addresses that notices about a case were written to, oldest first."""
    with store(EVERYTHING) as work:
        return [one.address for one in work.notices.list_for(case_id) if one.address]


def list_audit(store: SqlStore) -> list[AuditRecord]:
    """List the audit chain, oldest first."""
    with store(EVERYTHING) as work:
        return list(work.audit.walk())


def break_table(store: SqlStore, table: str) -> None:
    """Let no row be added to a table any more, as a database does that refuses one."""
    with connect(store) as connection:
        connection.execute(
            text(f"CREATE TRIGGER no_{table} BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'no'); END")
        )
        connection.commit()


def a_flag(worry: Worry, at: datetime = NOW, text: str = "words") -> Flag:
    """A flag of the student's."""
    return Flag(FlagId(new_id()), STUDENT.id, worry, text, "answer", at)
