"""Who the person at the keyboard is, for the commands that act for somebody."""

from accounts.service import Accounts
from domain.errors import Invalid, NotFound
from domain.ids import ClassId
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


def find_class(accounts: Accounts, person: Person, name: str) -> ClassId | None:
    """Give the person's class of that name, or None for no name. Raises NotFound with the names there are."""
    if not name:
        return None
    classes = accounts.list_classes(person)
    for one in classes:
        if one.name.casefold() == name.casefold():
            return one.id
    known = ", ".join(one.name for one in classes) or "none"
    raise NotFound(f"You have no class of that name. Yours: {known}.")
