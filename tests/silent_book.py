"""A book of alarms for tests that are about something else."""

from domain.notices import Alarm


class SilentBook:
    """A `domain.ports.AlarmBook` that keeps alarms in memory."""

    def __init__(self) -> None:
        self.alarms: dict[str, Alarm] = {}

    def write(self, alarm: Alarm) -> bool:
        self.alarms[alarm.key] = alarm
        return True

    def list_alarms(self) -> list[Alarm]:
        return list(self.alarms.values())

    def erase(self, key: str) -> None:
        self.alarms.pop(key, None)
