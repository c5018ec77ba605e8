"""Passwords and keys: by their own shape, or by the word that says what they are."""

import re
from collections.abc import Iterator

from safety.claim_words import word_set
from safety.recognisers.phrasebook import ANY, Phrasebook
from safety.recognisers.spans import Found

_KEY = re.compile(
    r"\b(?:sk|pk|rk)[-_](?:live|test|proj|ant)?[-_]?[A-Za-z0-9_-]{16,}|\bAKIA[0-9A-Z]{16}\b"
    r"|\bgh[pousr]_[A-Za-z0-9]{30,}"
    r"|\bgithub_pat_\w{20,}|\bglpat-[\w-]{16,}|\bhf_[A-Za-z0-9]{20,}|\bSG\.[\w-]{16,}\.[\w-]{16,}"
    r"|\bxox[abprs]-[A-Za-z0-9-]{10,}|\bAIza[0-9A-Za-z_-]{30,}"
    r"|\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[\w-]{8,})?"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]{0,4000}?(?:-----END [A-Z ]*PRIVATE KEY-----|$)"
)
_MARKS = word_set(
    "sk- sk_ pk- pk_ rk- rk_ AKIA ghp_ gho_ ghu_ ghs_ ghr_ github_pat_ glpat- hf_ SG. xox AIza eyJ -----BEGIN"
)
_BOT_TOKEN = re.compile(r"\b[\w-]{23,30}\.[\w-]{5,8}\.[\w-]{25,45}\b|\b\d{8,10}:[A-Za-z0-9_-]{33,36}\b")
_ASSIGNED = re.compile(
    r"(?:secret|token|api_?key|passw(?:or)?d|passwd|pwd|access_?key|auth|bearer|credential"
    r"|private_?key|passphrase)[\w-]{0,24}[\"']?\]?\s*(?:[:=]>?|\s)\s*[\"']?"
    r"(?P<value>(?=[^\s\"']*\d)[^\s\"'<>,;]{8,200})",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"\b(?:begin|login|connect|signin"
    r"|authenticate)\(\s*[\"'][^\"'\n]{1,64}[\"']\s*,\s*[\"'](?P<value>[^\"'\n]{4,64})[\"']",
    re.IGNORECASE,
)
_IN_ADDRESS = re.compile(r"://[^\s:/@]{1,64}:(?P<value>[^\s:/@]{3,64})@")
_SAID = (
    r"<password>(?P<between>(?:[ ]+(?!<link>[ ])[^\W\d_]{1,12}(?=[ :=：])){0,3})(?:[ ]+|[ ]*(?=[:=：\-–—>]))"
    r"(?P<link>(?:(?:<link>|[:=：]|->|–|—|-)[ ]*){0,2})[\"'“«„]?"
    r"(?P<value>\d{3}[ -]\d{3}(?!\d)|[^\s\"'“”«»,;，。]{3,64})"
)
_LOCAL = re.compile(
    r"(?:密码|密碼|パスワード|パス|暗証番号|비밀번호|비번|口令)[^\x00-\x7f]{0,4}[:：]?\s?(?P<value>[!-~]{3,40})"
)
_ORDINARY = re.compile(
    r"^(?:wrong|not|incorrect|too|weak|strong|the|a|an|my|your|wasn't|isn't|doesn't|secure|safe|reset"
    r"|changed|expired|invalid|required|forgotten|protected|hashing|manager|field|length"
    r"|nicht|falsch|no|incorrecta|olvidada|oublié|incorrect|sbagliata|errada|fout|забыл|yanlış|is|are"
    r"|should|must|can|and|or|to|for|of|in|please|so|that|what|how|why|it|this|here|there"
    r"|again)[.!?]*$",
    re.IGNORECASE,
)


def find_keys(text: str) -> Iterator[Found]:
    """Find keys by their shape: safe for readings."""
    if any(mark in text for mark in _MARKS):
        yield from (Found(match.start(), match.end(), "SECRET") for match in _KEY.finditer(text))


def find_passwords(text: str, book: Phrasebook) -> Iterator[Found]:
    """Find passwords, codes and keys that a person says or writes in a program."""
    yield from (Found(match.start(), match.end(), "SECRET") for match in _BOT_TOKEN.finditer(text))
    for pattern in (_ASSIGNED, _JOINED, _IN_ADDRESS, _LOCAL):
        yield from (Found(match.start("value"), match.end("value"), "SECRET") for match in pattern.finditer(text))
    for match in book.pattern(ANY, _SAID).finditer(text):
        value = match["value"].rstrip(".!?)]}")
        is_code = any(letter.isdigit() or letter in "!@#$%^&*_-+." for letter in value) or not (
            value.islower() or value.istitle()
        )
        is_linked = bool(match["link"].strip()) and not match["between"]
        if len(value) > 2 and not _ORDINARY.match(value) and (is_code or is_linked):
            end = match.start("value") + len(value)
            if any(letter.isalnum() for letter in value):
                yield Found(match.start("value"), end, "SECRET")
