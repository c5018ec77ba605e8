"""Names in what people write, as a weighed decision: roster, words, neighbours, the recogniser's vote, frames.

Every run of capitals (and, where nobody writes capitals, every known given name) is a candidate. What is known without
the recogniser is weighed first; only candidates that it could still carry over the line are put to its vote.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from safety.claim_words import word_set
from safety.recognisers.frames import Frame, Frames, sentence_around
from safety.recognisers.lexicon import Lexicon, looks_foreign
from safety.recognisers.spans import Found

Vote = Callable[[str], Sequence[tuple[int, int]]]
"""Where the recogniser sees names in a piece of text: start and end."""

LINE = 1.5
"""The weight from which a candidate is a name."""

_VOTE = 2.0
_TOKEN = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_PARTICLES = word_set("de da di del della dos das do van von der den ten ter zu la le el al bin ibn ben bint av af du")
_HUMAN_AFTER = re.compile(
    r"^(?:['’]s\b|,? (?:is (?:\w+ing|mad|angry|upset|sad|annoying|funny|smart|new|gone|right|wrong"
    r"|older|younger|cheating|there|really|just|also|always|still|my|very|a|an|the|not|so|in|from|at"
    r"|here|going|reliable|kind|nice|mean"
    r"|sick|late|absent|being|always)"
    r"|was (?:born|a|an|my|the|not|absent|late|there|sick)|has been|has|had|said|says|told|tells|asked"
    r"|asks|wrote|writes|began"
    r"|started|lives?|lived|likes?|loves?|hates?|wants?|needs?|thinks?|knows?|got|gave|gets|goes|went"
    r"|came|comes|took|made|makes"
    r"|works?|worked|plays?|played|shouted|cried|laughed|smiled|called|calls|helped|keeps?|kept|left"
    r"|met|studies|will|would|can"
    r"|can't|cannot|won't|did|does|doesn't|didn't|isn't|wasn't|might|should|and i|and me|moved|flew"
    r"|died|retired|joined|texted"
    r"|messaged|borrowed|copied|pushed|hit|punched|bullied|sent|sat|sits|speaks|speaking|explained|talks?|were|are)\b)",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    r"^,? (?:just |always |never )?(?:said|says|told|tells|asked|asks|thinks|copied|copies|pushed|hit"
    r"|bullied|bullies|hates|texted"
    r"|shouted|laughed|cried|forgot|cheated|lied|stole|yelled|helped me)\b",
    re.IGNORECASE,
)
"""What people do whom the writer knows, and the people of word problems do not."""

_HUMAN_NEAR = re.compile(r"\b(?:of|with|by|and|from|says?|said|told|met|called|named|user|named)[ :]*$", re.IGNORECASE)
_SPEAKER_AFTER = re.compile(r"^ ?: ?[\"'“A-Z]")
_MONARCH = re.compile(r" (?:I{2,3}|IV|VI{0,3}|IX|XI{0,3}|XI?[VX]|XVI{0,2}|XVIII)\b(?!\.)")
_LABEL_BEFORE = re.compile(
    r"\b(?:user|name\??|by|with|to|student|pupil|cc|from|attn|author|contact|client)[:?]\s*$", re.IGNORECASE
)
_LINE_START = re.compile(r"(?:^|\n)[ \t>*\-•]*$")
_SENTENCE_BEFORE = re.compile(r"[.!?:\n\"“][)\"' ]*$")
_LISTED = re.compile(r",? (?:and|or|y|e|und|et|en|och|og|i|ve|&) |, |/")
_COMPANY = 1.5
_NUMBER = re.compile(r"\d")
_BEFORE_PLACES = word_set("new san santa los las saint fort cape port mount lake north south east west el")
_CERTAIN = 9.0
_LONGEST = 4
"""Words of the longest name that a roster holds."""

_STRONG = 4.0
_PLAIN_ENDING = re.compile(
    r"(?:ing|ions?|ments?|ness|ity|ities|able|ible|ics?|al|als|ous|ives?|ed|ly|isms?|ists?|graphy"
    r"|ology|ies|ations?|ers?|ors?|gram|tive|ance|ence|ized|ise|ure|ures)$"
)
"""How words end that are no names, so that a rare word in a heading is not taken for one."""

_ORG = word_set(
    "inc ltd llc corp co company bank group gmbh ag plc university college school academy institute "
    "hospital street road"
    " avenue lane drive park square river lake ocean mountain museum church league press times news studios records"
    " partners technologies systems solutions services capital high middle elementary airport "
    "station hotel island"
)
_MAX_ASKED = 20_000
"""Characters put to the recogniser, at most; beyond them what it could carry counts as carried."""


@dataclass(frozen=True, slots=True)
class Known:
    """What decides on names beside the text: the lists, the school's own people and the course's own names."""

    lexicon: Lexicon
    roster: frozenset[str] = frozenset()
    keep: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    stop: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str

    @property
    def low(self) -> str:
        """The word without capitals and genitive."""
        return self.word.casefold().replace("’", "'").removesuffix("'s")

    @property
    def is_capital(self) -> bool:
        """Whether the word begins with a capital."""
        return self.word[0].isupper()


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    weight: float
    is_taught: bool = False


def find_names(text: str, known: Known, frames: Frames, frame: Frame, vote: Vote) -> list[Found]:
    """Find names without a cue. `vote` is asked only about lines with a candidate that it could decide."""
    tokens = [_Token(match.start(), match.end(), match[0]) for match in _TOKEN.finditer(text)]
    is_flat = not any(token.is_capital for token in tokens) or text.isupper()
    runs = _flat_runs if is_flat else _capital_runs
    scale = _Scale(text, known, frames, frame)
    candidates = _with_company(text, [scale.weigh(run) for run in runs(text, tokens, known)])
    candidates += _rostered(text, tokens, known, is_flat=is_flat)
    certain = [candidate for candidate in candidates if candidate.weight >= LINE]
    open_ones = [c for c in candidates if LINE - _VOTE < c.weight < LINE and not c.is_taught]
    open_ones = [] if is_flat or not frame.is_english else open_ones
    voted = _carried(text, open_ones, vote) if open_ones else []
    return [Found(candidate.start, candidate.end, "PERSON") for candidate in (*certain, *voted)]


def _rostered(text: str, tokens: Sequence[_Token], known: Known, *, is_flat: bool) -> list[_Candidate]:
    """Find the school's own people: a word with its capital, or several words in any."""
    found = []
    for at, token in enumerate(tokens if known.roster else ()):
        if token.low in known.roster and _is_own(text, token, known, is_flat=is_flat):
            found.append(_Candidate(token.start, token.start + len(token.low), _CERTAIN))
        for words in range(2, _LONGEST + 1):
            last = tokens[min(at + words, len(tokens)) - 1]
            if " ".join(text[token.start : last.end].casefold().split()).removesuffix("'s") in known.roster:
                found.append(_Candidate(token.start, _without_genitive(text, token.start, last.end), _CERTAIN))
    return found


def _is_own(text: str, token: _Token, known: Known, *, is_flat: bool) -> bool:
    """Whether a word of the roster is a name here: `will` and `Will you` are words too."""
    is_told = bool(_HUMAN_AFTER.match(text[token.end : token.end + 24]))
    is_small = token.low in known.stop or known.lexicon.is_plain(token.low)
    is_word = is_small or (token.low in known.lexicon.weak and not is_told)
    is_first = not token.start or bool(_SENTENCE_BEFORE.search(text[max(0, token.start - 4) : token.start]))
    return not is_word if is_flat else token.is_capital and not (is_first and is_word)


def _with_company(text: str, candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """Raise the weight of candidates in a list with names: `Ana, Teo and Wren`."""
    raised = list(candidates)
    for order in (range(1, len(raised)), range(len(raised) - 2, -1, -1)):
        for at in order:
            other = raised[at - 1] if order.step > 0 else raised[at + 1]
            first, second = sorted((raised[at], other), key=lambda candidate: candidate.start)
            gap = text[first.end : second.start]
            if other.weight >= LINE > raised[at].weight > -_VOTE and _LISTED.fullmatch(gap):
                raised[at] = _Candidate(raised[at].start, raised[at].end, raised[at].weight + _COMPANY)
    return raised


def _carried(text: str, candidates: Sequence[_Candidate], vote: Vote) -> Iterator[_Candidate]:
    asked = 0
    lines: dict[tuple[int, int], Sequence[tuple[int, int]]] = {}
    for candidate in candidates:
        line = _line_around(text, candidate.start, candidate.end)
        if line not in lines:
            asked += line[1] - line[0]
            lines[line] = vote(text[line[0] : line[1]]) if asked <= _MAX_ASKED else [(0, line[1] - line[0])]
        at = line[0]
        if any(begin + at < candidate.end and candidate.start < end + at for begin, end in lines[line]):
            yield candidate


def _line_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Give the line of a place, or about 500 characters on either side of it, the same for neighbours."""
    low, high = max(0, start // 500 * 500 - 500), (end // 500 + 2) * 500
    begin = text.rfind("\n", low, start) + 1
    stop = text.find("\n", end, high)
    return begin or low, stop if stop >= 0 else min(len(text), high)


def _capital_runs(text: str, tokens: Sequence[_Token], known: Known) -> Iterator[list[_Token]]:
    """Words with capitals that follow each other, cut where a word has its capital for another reason."""
    run: list[_Token] = []
    for at, token in enumerate(tokens):
        if run and (not _joins(text, run[-1], token) or run[-1].word.endswith(("'s", "’s"))):
            yield from _parts(run, known)
            run = []
        is_particle = run and token.word in _PARTICLES and at + 1 < len(tokens) and _leads(text, tokens[at : at + 3])
        if token.is_capital or is_particle:
            run.append(token)
        elif run:
            yield from _parts(run, known)
            run = []
    yield from _parts(run, known)


def _joins(text: str, last: _Token, token: _Token) -> bool:
    gap = text[last.end : token.start]
    return gap in {" ", "\u00a0", "  "} or (gap == ". " and (len(last.word) == 1 or last.word in {"St", "Jr"}))


def _leads(text: str, tokens: Sequence[_Token]) -> bool:
    """Whether particles lead to a word with a capital: `de la Cruz`."""
    for last, token in pairwise(tokens):
        if not _joins(text, last, token):
            return False
        if token.is_capital:
            return True
        if token.word not in _PARTICLES:
            return False
    return False


def _parts(run: Sequence[_Token], known: Known) -> Iterator[list[_Token]]:
    lexicon = known.lexicon
    part: list[_Token] = []
    is_place = False
    for token in run:
        low = token.low
        is_name = low in lexicon.given or (part and (low in lexicon.family or low in _PARTICLES))
        is_small = low in known.stop and not part
        if (is_small or (lexicon.is_plain(low) and not is_name)) and len(token.word) > 1:
            if part and low not in _ORG and not is_place:
                yield part
            part, is_place = [], low in _BEFORE_PLACES
        elif part or token.is_capital:
            part.append(token)
    while part and len(part[-1].word) == 1 and not lexicon.is_given(part[0].low):
        part.pop()
    if part and not is_place:
        yield part


def _flat_runs(text: str, tokens: Sequence[_Token], known: Known) -> Iterator[list[_Token]]:
    """Where nobody writes capitals: a given name, and the family name after it."""
    lexicon = known.lexicon
    taken = -1
    for at, token in enumerate(tokens):
        if at <= taken or not lexicon.is_given(token.low):
            continue
        run = [token]
        for follower in tokens[at + 1 : at + 4]:
            is_name = len(follower.word) == 1 or follower.low in lexicon.family or lexicon.is_given(follower.low)
            is_word = lexicon.is_plain(follower.low) or lexicon.is_weak(follower.low) or follower.low in known.words
            is_word = is_word and len(follower.word) > 1 and follower.low not in lexicon.family
            if (
                not _joins(text, run[-1], follower)
                or not is_name
                or is_word
                or follower.low in lexicon.capitals - {"m"}
            ):
                break
            run.append(follower)
        while len(run) > 1 and len(run[-1].word) == 1:
            run.pop()
        taken = at + len(run) - 1
        yield run


@dataclass(frozen=True, slots=True)
class _Scale:
    """Weighs candidates of one text."""

    text: str
    known: Known
    frames: Frames
    frame: Frame

    def weigh(self, run: Sequence[_Token]) -> _Candidate:
        """Add up what speaks for a name and against it."""
        start, end = run[0].start, run[-1].end
        end = _without_genitive(self.text, start, end)
        if self._is_kept(run, self.text[start:end]):
            return _Candidate(start, end, -_CERTAIN)
        against = self._frames(run, start, end)
        weight = self._words(run) + self._neighbours(run, start, end)
        return _Candidate(start, end, weight - against, is_taught=against >= _STRONG)

    def _counted(self, sentence: str, end: int) -> float:
        """Give what a word problem takes from a name: little where somebody speaks, much beside a number."""
        if _SPEAKS.match(self.text[end : end + 24]):
            return 2.0
        return 2.0 if self.frame.is_personal and not _NUMBER.search(sentence) else _STRONG

    def _is_full(self, run: Sequence[_Token]) -> bool:
        """Whether a run is a given name with a family name: the people of word problems have none."""
        lexicon = self.known.lexicon
        words = [token for token in run if len(token.word) > 1]
        has_given = any(token.low in lexicon.given for token in words)
        return len(words) > 1 and has_given and not any(token.low in lexicon.capitals for token in words)

    def _is_kept(self, run: Sequence[_Token], name: str) -> bool:
        whole = " ".join(name.casefold().split())
        taught = self.known.lexicon.taught
        return whole in taught or whole in self.known.keep or any(token.low in self.known.keep for token in run)

    def _words(self, run: Sequence[_Token]) -> float:
        lexicon = self.known.lexicon
        words = [token for token in run if len(token.word) > 1]
        if any(token.low in _ORG for token in words) or not words:
            return -_VOTE
        first = max(2.0 * lexicon.is_given(t.low) + 1.0 * lexicon.is_weak(t.low) for t in words)
        last = 1.0 * any(token.low in lexicon.family for token in words)
        shaped = 1.0 * any(
            looks_foreign(t.word, is_english=self.frame.is_english) for t in words[-1:] * (len(words) > 1) or words
        )
        unheard = self._unheard(words)
        initial = 1.0 * (len(words) < len(run) and len(run) > 1 and words[0] is run[0])
        if all(token.word.isupper() for token in words) and not self.text.isupper():
            first, last, shaped = first - 1, last - 0.5, shaped - 0.5
        if len(words) == 1 and lexicon.is_plain(words[0].low):
            last -= 1.0
        return first + last + shaped + unheard + initial + 0.5 * (len(words) in {2, 3})

    def _unheard(self, words: Sequence[_Token]) -> float:
        """Words with a capital that English texts do not have: foreign names, where the text is English."""
        if not self.known.words or not self.frame.is_english:
            return 0.0
        unheard = sum(
            len(t.word) > 2 and t.low not in self.known.words and not _PLAIN_ENDING.search(t.low) for t in words
        )
        return min(1.5, 1.0 * unheard)

    def _neighbours(self, run: Sequence[_Token], start: int, end: int) -> float:
        before, after = self.text[max(0, start - 24) : start], self.text[end : end + 24]
        weight = 1.0 * bool(_HUMAN_AFTER.match(after)) + 0.5 * bool(_HUMAN_NEAR.search(before))
        weight += 1.0 * bool(_SPEAKER_AFTER.match(after) and _LINE_START.search(before))
        weight += 1.0 * bool(_LABEL_BEFORE.search(before))
        is_alone = bool(_LINE_START.search(before)) and (not after or after[0] in "\n\r,")
        weight += 0.5 * (is_alone and len(run) > 1)
        return (
            weight
            + 0.5 * self.frame.is_personal
            + 1.0 * (self.frame.has_contact and self.frame.is_english and len(run) > 1)
        )

    def _frames(self, run: Sequence[_Token], start: int, end: int) -> float:
        sentence = sentence_around(self.text, start, end)
        weight = 0.0
        if self.frames.is_general_question(sentence, self.frame):
            weight += _STRONG
        elif self.frames.is_lesson(sentence, self.frame):
            weight += 2.0 if self.frame.is_personal else _STRONG
        if self.frames.is_topic(self.text, start, self.frame) or _MONARCH.match(self.text, end):
            weight += _STRONG
        if self.frame.is_counted and not self._is_full(run):
            weight += self._counted(sentence, end)
        is_first = not start or bool(_SENTENCE_BEFORE.search(self.text[max(0, start - 4) : start]))
        if is_first and len(run) == 1 and not self.known.lexicon.is_given(run[0].low):
            weight += 0.0 if _HUMAN_AFTER.match(self.text[end : end + 24]) else 0.5
        return weight


def _without_genitive(text: str, start: int, end: int) -> int:
    return end - 2 if text[start:end].endswith(("'s", "’s", "'S")) else end
