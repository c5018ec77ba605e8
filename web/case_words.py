"""Cases in plain words: how urgent, about what, why a rule raised them, where something was written, what happened."""

from domain.care import Case, Ending, Flag, Severity, Who
from domain.notices import Channel, Duty, Occasion

SEVERITIES = {
    Severity.IMMINENT: "It seems to be happening now, or the means or the time are at hand. Act at once.",
    Severity.HIGH: "There seems to be an intent or a plan, or something was done lately.",
    Severity.MODERATE: "There seem to be thoughts of it, perhaps of a way, without a plan.",
    Severity.LOW: "There are signs of distress, such as a wish not to be here.",
}
"""What a severity means, by the levels of the C-SSRS screener: 1 is low, 2 and 3 moderate, 4 and 5 high."""

LEVELS = {
    Severity.IMMINENT: "level 4 to 5, under way",
    Severity.HIGH: "level 4 to 5",
    Severity.MODERATE: "level 2 to 3",
    Severity.LOW: "level 1",
}

ENDINGS = {
    Ending.RESOLVED: "looked after",
    Ending.REFERRED: "handed to somebody outside the school",
    Ending.FALSE_ALARM: "a false alarm",
    Ending.UNANSWERED: "nobody took it on in time",
}

CHANNELS = {Channel.DESK: "here on the desk", Channel.EMAIL: "e-mail", Channel.WEBHOOK: "webhook"}

OCCASIONS = {
    Occasion.OPENED: "a case was opened",
    Occasion.GRAVER: "a case got graver",
    Occasion.FLAGGED: "something more was written in a case that somebody had taken on",
    Occasion.OVERDUE: "nobody had taken a case on in time",
    Occasion.HANDED_OVER: "a case was handed over",
    Occasion.REOPENED: "a case was opened again",
    Occasion.UNSAVED: "a sign of danger could not be saved",
}

DUTIES = {
    Duty.ALWAYS: "always",
    Duty.SCHOOL_HOURS: "in school hours",
    Duty.OUT_OF_HOURS: "outside school hours",
}

_ENTRIES = {
    "answer": "in a question to a reading",
    "hints": "while asking for a hint",
    "quiz": "in an answer to a quiz",
    "search": "in a search",
    "upload": "in a file that was added",
    "own_card": "on a card that was added",
    "document": "in a file that was added",
    "title": "in a title",
    "name": "in a name",
    "drill": "on the on-call page",
    "field": "in a field of a form",
}

_SUBJECTS = {"unavailable": "a text that could not be checked", "self_harm": "self-harm"}

_EVENTS = {
    "told": "shown to the student",
    "untold": "no longer shown to the student",
    "flagged": "another sign joined",
    "flagged anew": "something more was written, so the case is open again",
    "overdue": "the deadline passed, the next people were called",
    "taken over": "taken over",
    "noted": "note",
    "closed": "closed",
    **{ending.value: f"closed: {words}" for ending, words in ENDINGS.items()},
}
"""What happened, where the word of the record is not the one to read."""

_FAILURES = {
    "": "It has not been tried yet.",
    "given_up": "It was tried often enough, and is tried no more. Tell the person yourself.",
    "withdrawn": "It was taken back before it arrived: this person must not be told what the case is about by now.",
    "fault": "Something went wrong here. Ask whoever runs Margent to run `margent doctor`.",
    "mail_address": "The mail server does not know this address. Correct it on the on-call page, and call the person.",
    "mail_sign_in": "The mail server does not let Margent in. Ask whoever runs Margent to run `margent doctor`.",
    "mail_down": "The mail server does not answer; Margent goes on trying. Call the person if it is urgent.",
    "mail_certificate": "The mail server cannot be trusted. Ask whoever runs Margent to run `margent doctor`.",
    "mail_unsupported": "The mail server cannot do what is asked. Ask whoever runs Margent to run `margent doctor`.",
    "webhook_down": "The webhook does not answer; Margent goes on trying. Look at the cases here meanwhile.",
}
_OTHER_FAILURE = "The other end did not take it; Margent goes on trying. Call the person if it is urgent."

_SLOTS = {
    "means": "a means",
    "time": "a time",
    "goodbye": "farewells",
    "gift": "giving things away",
    "plan": "a plan",
    "hopeless": "hopelessness",
    "burden": "being a burden",
    "isolation": "being alone",
    "sleepless": "not sleeping",
    "fear": "fear of somebody",
    "hurt": "being hurt",
    "harm": "harm to somebody",
}

_LANGUAGES = {
    "ar": "Arabic",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "hi": "Hindi",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "sv": "Swedish",
    "th": "Thai",
    "tl": "Tagalog",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
    "zh": "Chinese",
}


def say_subject(subject: str) -> str:
    """Give a subject as people read it."""
    return _SUBJECTS.get(subject, subject.replace("_", " "))


def say_entry(entry: str) -> str:
    """Say where something was written."""
    return _ENTRIES.get(entry, f"in a field called “{entry.replace('_', ' ')}”")


def say_event(what: str) -> str:
    """Say what happened."""
    return _EVENTS.get(what, what)


def say_who(flag: Flag) -> str:
    """Say who seems to be in danger."""
    return "whoever wrote it" if flag.worry.who is Who.SELF else "somebody near whoever wrote it"


def say_urgency(case: Case) -> str:
    """Say what a case's severity means, and how sure that is: of words in a file nobody knows whose they are."""
    if case.flags and all(flag.entry == "upload" for flag in case.flags):
        return (
            "A machine found these words in a file that was added. They may be a book's, and not the student's own. "
            "Read them before you decide how urgent it is."
        )
    level = f"C-SSRS {LEVELS[case.severity]}. A machine's guess, not a diagnosis."
    return f"{SEVERITIES[case.severity]} {level}"


def say_why(rule: str, subject: str) -> str:
    """Say in plain words why a rule raised a flag."""
    family, _, rest = rule.partition(".")
    if family == "drill":
        return "Somebody began a drill."
    if family == "gate":
        return "The machine could not check this text in time, so that a person has to read it."
    if family == "conversation" and rest != "sum":
        said = " and ".join(_SLOTS.get(slot, slot) for slot in rest.split("+"))
        return f"Several messages together speak of {said}."
    if family == "conversation":
        return "Several messages that say little one by one add up."
    if family in _LANGUAGES:
        return f"It holds {_LANGUAGES[family]} words that people use when they speak of {say_subject(subject)}."
    return f"As a whole it reads like texts that speak of {say_subject(subject)}."


def say_failure(failure: str) -> str:
    """Say why a notice is not delivered, and what to do."""
    return _FAILURES.get(failure, _OTHER_FAILURE)


def say_state(case: Case, holder: str) -> str:
    """Say where a case stands; `holder` is the name of whoever looks after it."""
    if case.ending and case.is_drill:
        return "failed: nobody took it on in time" if case.ending is Ending.UNANSWERED else "passed"
    if case.ending:
        return f"closed: {ENDINGS[case.ending]}"
    if case.status.value == "acknowledged":
        return f"{holder} looks after it" if holder else "somebody looks after it"
    if case.holder_id:
        return f"open, waits for {holder}"
    return case.status.value
