"""What a face may call. `margent/wiring.py` fills it in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.clock import Clock
from domain.ports import JobQueue

if TYPE_CHECKING:
    from accounts.classes import Classes
    from accounts.devices import Devices
    from accounts.families import Families
    from accounts.invitations import Invitations
    from accounts.people import Office
    from accounts.pictures import Pictures
    from accounts.rights import Rights
    from accounts.rosters import Rosters
    from accounts.school_accounts import SchoolAccounts
    from accounts.service import Accounts
    from accounts.setup import Setup
    from accounts.tries import Tries
    from generators.service import Material
    from generators.tutor import Tutor
    from ingest.limits import Limits
    from ingest.service import Documents
    from learning.service import Learning
    from safety.access import Accesses
    from safety.cases import Cases
    from safety.consent import Consents
    from safety.retention import Retention


@dataclass(frozen=True)
class Services:
    """The features behind the faces. `ping` says of each part of the world "ok" or what is wrong with it."""

    documents: "Documents"
    material: "Material"
    tutor: "Tutor"
    learning: "Learning"
    accounts: "Accounts"
    office: "Office"
    setup: "Setup"
    invitations: "Invitations"
    classes: "Classes"
    rosters: "Rosters"
    pictures: "Pictures"
    tries: "Tries"
    devices: "Devices"
    school_accounts: "SchoolAccounts | None"
    cases: "Cases"
    consents: "Consents"
    accesses: "Accesses"
    families: "Families"
    rights: "Rights"
    retention: "Retention"
    queue: JobQueue
    clock: Clock
    limits: "Limits"
    is_demo: bool
    ping: Callable[[], Mapping[str, str]]
