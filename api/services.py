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
    from generators.costs import Costs
    from generators.hands.acts import Hands
    from generators.review import Reviews
    from generators.service import Material
    from generators.study_sets import StudySets
    from generators.tutor import Tutor
    from ingest.drawing import Drawing
    from ingest.limits import Limits
    from ingest.replacing import Replacing
    from ingest.report import Reports
    from ingest.service import Documents
    from ingest.ways_in import WaysIn
    from learning.service import Learning
    from safety.access import Accesses
    from safety.audit import Audit
    from safety.cases import Cases
    from safety.consent import Consents
    from safety.desk import CareDesk
    from safety.drills import Drills
    from safety.file_support import FileSupport
    from safety.gate import Gate
    from safety.injection_signs import InjectionSigns
    from safety.notices import Notices
    from safety.on_call import OnCall
    from safety.retention import Retention
    from safety.support import Support


@dataclass(frozen=True)
class Services:
    """The features behind the faces. `ping` says of each part of the world "ok" or what is wrong with it."""

    documents: "Documents"
    ways_in: "WaysIn"
    replacing: "Replacing"
    drawing: "Drawing"
    reading_reports: "Reports"
    material: "Material"
    study_sets: "StudySets"
    hands: "Hands"
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
    gate: "Gate"
    signs: "InjectionSigns"
    cases: "Cases"
    desk: "CareDesk"
    on_call: "OnCall"
    drills: "Drills"
    support: "Support"
    file_support: "FileSupport"
    consents: "Consents"
    accesses: "Accesses"
    audit: "Audit"
    families: "Families"
    rights: "Rights"
    retention: "Retention"
    reviews: "Reviews"
    costs: "Costs"
    notices: "Notices"
    ticker: JobQueue
    queue: JobQueue
    clock: Clock
    limits: "Limits"
    is_demo: bool
    ping: Callable[[], Mapping[str, str]]
