"""Writes letters: what a notice says outside the house. The words are data, in `texts/notices.yaml`."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cached_property
from pathlib import Path
from typing import Any

from domain.notices import Alarm, Channel, Letter, Notice, Occasion
from domain.people import SchoolRules
from safety.duty import zone_of

_TEXTS = Path(__file__).parent / "texts" / "notices.yaml"
_DEFAULT = "en"

_MOST_NAMES = 5
"""How many counsellors a letter names."""

_UNSAVED_WITHIN = timedelta(minutes=15)
"""By when somebody must have looked at what could not be saved. Nobody can see on the desk that it waits."""


class Stationery:
    """Writes letters with links that begin with the address at which this installation is reached."""

    def __init__(self, address: str) -> None:
        """Begin links with `address`, as `https://margent.school.example`."""
        self._address = address.rstrip("/")

    def write(self, notice: Notice, rules: SchoolRules, counsellors: Mapping[str, str] | None = None) -> Letter:
        """Write the letter of a notice, in the school's language and time.

        `counsellors` are the names of those who can open the case, by address in small letters: a mail to anybody
        else says to reach one of them, since its reader cannot open it.
        """
        link = f"{self._address}/cases/{notice.case_id}"
        letter = Letter(
            key=notice.key,
            address=notice.address,
            severity=notice.severity,
            occasion=notice.occasion,
            is_drill=notice.is_drill,
            link=link,
            at=notice.made_at,
            due_at=notice.due_at,
        )
        is_for_others = notice.channel is Channel.EMAIL and counsellors is not None
        others = counsellors if is_for_others and notice.address.strip().casefold() not in (counsellors or {}) else None
        return self._worded(letter, language=rules.language, zone=zone_of(rules.hours), others=others)

    def write_alarm(self, alarm: Alarm, address: str) -> Letter:
        """Write that something could not be saved: no case, no school, only when and how urgent."""
        letter = Letter(
            key=alarm.key,
            address=address,
            severity=alarm.severity,
            occasion=Occasion.UNSAVED,
            is_drill=False,
            link=f"{self._address}/cases",
            at=alarm.at,
            due_at=alarm.at + _UNSAVED_WITHIN,
        )
        return self._worded(letter, language=_DEFAULT, zone=UTC)

    @cached_property
    def _languages(self) -> Mapping[str, Any]:
        import yaml

        content: Mapping[str, Any] = yaml.load(_TEXTS.read_text("utf-8"), Loader=yaml.CSafeLoader)["languages"]
        return content

    def _worded(
        self, letter: Letter, *, language: str, zone: tzinfo, others: Mapping[str, str] | None = None
    ) -> Letter:
        """Put a letter into words; `others` are whom a reader has to reach who cannot open the case."""
        words = self._languages.get(language.lower()[:2], self._languages[_DEFAULT])
        severity = words["severities"][letter.severity.value]
        due, made = letter.due_at.astimezone(zone), letter.at.astimezone(zone)
        subject = words["subject"].format(severity=severity, when=_moment(due, made))
        lines = [
            *([words["drill_text"]] if letter.is_drill else []),
            words["occasions"][letter.occasion.value].format(at=f"{letter.at.astimezone(UTC):%Y-%m-%d %H:%M}"),
            words["how"].format(severity=severity),
            words["when"].format(when=f"{due:%Y-%m-%d %H:%M %Z}"),
            *([] if letter.occasion is Occasion.UNSAVED else [_what_to_do(words, letter.link, others)]),
            words["close"],
        ]
        drill = words["drill"] if letter.is_drill else ""
        return replace(letter, subject=f"{drill}{subject}", text="\n\n".join(lines) + "\n")


def _what_to_do(words: Mapping[str, Any], link: str, others: Mapping[str, str] | None) -> str:
    """Say what the reader does: opens the case, or reaches somebody who can."""
    if others is None:
        return str(words["link"]).format(link=link)
    names = ", ".join(list(others.values())[:_MOST_NAMES])
    return str(words["reach" if names else "nobody"]).format(names=names)


def _moment(at: datetime, seen_from: datetime) -> str:
    """Write a time as short as it can be understood on the day."""
    return f"{at:%H:%M}" if at.date() == seen_from.date() else f"{at:%Y-%m-%d %H:%M}"
