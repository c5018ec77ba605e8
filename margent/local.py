"""Who the person at the keyboard is, for the commands that act for somebody."""

from accounts.service import Accounts
from domain.errors import Invalid, NotFound
from domain.people import Person, Role


def local_person(accounts: Accounts, email: str) -> Person:
    """Give the person with the address; without one, the demo's teacher or the only person there is."""
    people = accounts.list_people()
    if email:
        found = [person for person in people if person.email.lower() == email.lower()]
        if not found:
            raise NotFound("Nobody here has that e-mail address. `margent person add` adds a person.")
        return found[0]
    demo = [person for person in people if person.is_demo and person.role is Role.TEACHER]
    if demo:
        return demo[0]
    if len(people) == 1:
        return people[0]
    if not people:
        return accounts.ensure_demo(Role.TEACHER)
    raise Invalid("Say who you are with --as and your e-mail address.", field="as")
