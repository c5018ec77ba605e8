"""The watch: a case that nobody took on in time is passed on, step by step, until somebody takes it.

Nothing is lost by a clock that jumps: forwards, deadlines are missed at once; backwards, they are brought nearer.
"""

from datetime import datetime, timedelta

import structlog

from domain.audit import Entry
from domain.care import Case, CaseStatus
from domain.ids import CaseId
from domain.notices import Occasion
from domain.ports import Store, UnitOfWork
from domain.scope import EVERYTHING
from safety import course
from safety.caught import Caught
from safety.notices import DESK_ALONE, Channels, call
from safety.recipients import list_answering
from safety.saving import Beside, save_all_the_same

_LONGEST_DRILL = timedelta(hours=1)
"""After this a drill that nobody took on ends by itself: it must not call people for ever."""

_FAR_OFF = timedelta(days=365_00)

_log = structlog.get_logger(__name__)


class Watch:
    """Passes on what is overdue. Several processes may watch at once."""

    def __init__(self, store: Store, *, has: Channels = DESK_ALONE) -> None:
        """Watch the cases of this store; `has` says which ways notices can go."""
        self._store = store
        self._has = has
        self._last: datetime | None = None

    def run(self, now: datetime) -> int:
        """Call the next step about every open case whose time has come; give about how many people were called.

        What fails about one case is logged and tried again at the next run, and keeps no other case waiting.
        Raises StoreBusy when the store does not answer.
        """
        if self._last is None or now < self._last:
            for case_id in self._list_due(now + _FAR_OFF):
                self._try(case_id, now, is_pulled=True)
        self._last = now
        return sum(self._try(case_id, now) for case_id in self._list_due(now))

    def _list_due(self, until: datetime) -> list[CaseId]:
        with self._store(EVERYTHING) as work:
            return work.notices.list_steps_due(until)

    def _try(self, case_id: CaseId, now: datetime, *, is_pulled: bool = False) -> bool:
        with Caught() as caught:
            if is_pulled:
                return self._pull_in(case_id, now)
            return save_all_the_same(lambda beside: self._pass_on(case_id, now, beside), case_id=case_id)
        _log.error("watch.missed", case_id=case_id, fault=caught.fault)
        return False

    def _pull_in(self, case_id: CaseId, now: datetime) -> bool:
        with self._store(EVERYTHING) as work:
            case = work.care.find(case_id)
            if case is None:
                return False
            pulled = course.pulled_in(case, now, work.people.load_school(case.school_id).rules.hours)
            if pulled != case:
                work.care.save(pulled)
                work.commit()
        return True

    def _pass_on(self, case_id: CaseId, now: datetime, beside: Beside) -> bool:
        with self._store(EVERYTHING) as work:
            case = work.care.find(case_id)
            # somebody took it on, or another process passed it on, since it was listed
            if case is None or not _is_due(case, now):
                return False
            if case.is_drill and now - case.opened_at >= _LONGEST_DRILL:
                case = course.drill_ended(case, None, now)
                work.care.save(case)
            else:
                case = course.overdue(case, _last_step(work, case), now)
                work.care.save(case)
                rules = work.people.load_school(case.school_id).rules
                call(work, case, Occasion.OVERDUE, now=now, school_rules=rules, has=self._has)
            beside.write("audit", lambda: work.audit.append(_entry(case)))
            work.commit()
        return True


def _is_due(case: Case, now: datetime) -> bool:
    return case.status is CaseStatus.OPEN and case.next_step_at is not None and case.next_step_at <= now


def _last_step(work: UnitOfWork, case: Case) -> int:
    return max((one.step for one in list_answering(work, case.school_id)), default=1)


def _entry(case: Case) -> Entry:
    return Entry(
        course.name_act(case.events[-1].what, is_drill=case.is_drill),
        school_id=case.school_id,
        about_id="" if case.is_drill else case.person_id,
        ref=f"case:{case.id}",
        is_care=True,
    )
