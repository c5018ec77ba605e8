"""Counts how many false changes of true sentences the verifier catches, and how many true ones it stops.

Run `python -m bench.mutations [PER_KIND]` from the repository's root. True sentences come from the shared textbooks;
each is taken whole, cut or lightly reworded, then changed in one place (`bench/mutators.py`) or shortened so that it
says more (`bench/shorteners.py`). Seeded: the same rows give the same changes. Prints the share caught by kind and by
book, and what got through.
"""

import json
import os
import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import spacy

from adapters.embeddings.minilm import MiniLM
from bench.mutators import KINDS
from bench.shorteners import SHORTENERS
from domain.claims import Claim
from domain.documents import Chunk, Span
from domain.evidence import Evidence, gather
from domain.ids import ChunkId, DocumentId
from domain.outcomes import Judgement, Verdict
from safety.grounding import Verifier

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Span as Tokens

_DATA = Path(os.environ.get("MARGENT_SHARED", "../shared")) / "data" / "generation"
_MODELS = Path(os.environ.get("MARGENT_MODELS", "var/models"))
_SEED = 11
_PER_KIND = 60
_SECTIONS = 12
"""Sections read of each book."""
_SHORTEST, _LONGEST = 7, 38
_SHOWN = 12

_PROSE = re.compile(r"[A-Z“][^\n]*[.]$")
_REWORDINGS = (
    (r"\bis called\b", "is known as"), (r"\bare called\b", "are known as"), (r"\bsuch as\b", "like"),
    (r"\bbecause\b", "since"), (r"\bin order to\b", "to"), (r"\bfor example, ", ""), (r"\bincluding\b", "like"),
    (r"\bwhich is\b", "that is"), (r"\blarge\b", "big"), (r"\bdescribes\b", "tells of"), (r"\boccurs\b", "happens"),
    (r"\boccur\b", "happen"), (r"\bobtain\b", "get"), (r"\bapproximately\b", "about"), (r"\bperson\b", "human"),
    (r"\bbegins\b", "starts"), (r"\bbegan\b", "started"), (r"\butilize\b", "use"), (r"\brequires\b", "needs"),
    (r"\brequire\b", "need"), (r"\bhowever, ", ""), (r"\btherefore, ", ""), (r"\bcannot\b", "can not"),
    (r"\bshow\b", "point out"), (r"\bconsider\b", "think about"), (r"\bpurchase\b", "buy"), (r"\bassist\b", "help"),
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A claim about one sentence of a reading, whether it is true, and how it was made."""

    book: str
    form: str
    kind: str
    text: str
    source: str
    evidence: Evidence
    at: int

    def judge(self, verifier: Verifier) -> Judgement:
        """Judge the claim by its sentence."""
        return verifier.verify(Claim(self.text, self.evidence.cite(self.at, self.at + len(self.source))), self.evidence)


def main() -> None:
    per_kind = int(sys.argv[1]) if len(sys.argv) > 1 else _PER_KIND
    cases = list(make_cases(per_kind))
    verifier = Verifier(MiniLM(_MODELS / "minilm", threads=1))
    began = time.process_time()
    judged = [(case, case.judge(verifier)) for case in cases]
    spent = time.process_time() - began
    _report(judged)
    print(f"{len(cases)} claims, {1000 * spent / len(cases):.1f} CPU ms a claim")


def make_cases(per_kind: int) -> Iterator[Case]:
    """Make the true claims and, of each kind, `per_kind` false ones a book; fewer where a book gives no more."""
    # a bench needs no secrecy, only a seed
    draw = random.Random(_SEED)  # noqa: S311
    pipeline = spacy.load(_MODELS / "english", exclude=["senter"])
    rows = [json.loads(line) for line in (_DATA / "openstax_sections.jsonl").read_text("utf-8").splitlines()]
    for book in sorted({row["book"] for row in rows}):
        docs = [pipeline(row["text"]) for row in rows if row["book"] == book][:_SECTIONS]
        yield from _cases_of(book, docs, pipeline, draw=draw, per_kind=per_kind)


def _cases_of(
    book: str, docs: Sequence["Doc"], pipeline: "Language", *, draw: random.Random, per_kind: int
) -> Iterator[Case]:
    names = sorted({ent.text for doc in docs for ent in doc.ents if ent.label_ == "PERSON" and ent.text.isalpha()})
    names += sorted({token.lemma_ for doc in docs for token in doc if token.pos_ == "NOUN" and len(token) > 7})[::9]
    made: dict[str, list[Case]] = defaultdict(list)
    # what only leaves out is drawn apart, so that the other changes stay the same
    # a bench needs no secrecy, only a seed
    draws = dict.fromkeys(KINDS, draw) | dict.fromkeys(SHORTENERS, random.Random(_SEED))  # noqa: S311
    for doc in docs:
        evidence = _evidence(doc.text)
        for sentence in _prose(doc):
            text, at = sentence.text, sentence.start_char
            for form, base in _forms(sentence, pipeline):
                if form != "whole":
                    made[f"true {form}"].append(Case(book, form, "", base.text, text, evidence, at))
                for kind, mutator in {**KINDS, **SHORTENERS}.items():
                    found = sorted({mutant for mutant in mutator(base, names) if mutant.lower() != base.text.lower()})
                    made[kind] += [
                        Case(book, form, kind, mutant, text, evidence, at)
                        for mutant in draws[kind].sample(found, min(2, len(found)))
                    ]
    for kind, cases in made.items():
        yield from draws.get(kind, draw).sample(cases, min(per_kind, len(cases)))


def _prose(doc: "Doc") -> Iterator["Tokens"]:
    for sentence in doc.sents:
        whole = doc.char_span(sentence.start_char, sentence.start_char + len(sentence.text.rstrip()))
        words = sum(token.is_alpha for token in sentence)
        if whole and _SHORTEST <= words <= _LONGEST and _PROSE.fullmatch(whole.text) and "\n" not in whole.text:
            yield whole


def _forms(sentence: "Tokens", pipeline: "Language") -> Iterator[tuple[str, "Tokens"]]:
    """Give the sentence, a cut of it and a light rewording, parsed, each as true as the sentence."""
    yield "whole", sentence
    for form, text in (("cut", _cut(sentence)), ("paraphrase", _reword(sentence))):
        if text and text != sentence.text:
            doc = pipeline(text)
            yield form, doc[:]


def _cut(sentence: "Tokens") -> str:
    """Leave out a bracket, a connective at the beginning, or what an ending relative clause adds."""
    text = re.sub(r"\s*\([^()]*\)", "", sentence.text)
    text = re.sub(r"^(?:However|Therefore|Thus|In addition|For example|Moreover|Finally), (\w)", _upper, text)
    return re.sub(r", (?:which|such as) [^,;:]+\.$", ".", text)


def _reword(sentence: "Tokens") -> str:
    """Use plainer words, and let an opening phrase follow the rest."""
    text: str = sentence.text
    for old, new in _REWORDINGS:
        text = re.sub(old, new, text, flags=re.IGNORECASE)
    opening = re.fullmatch(r"((?:In|During|After|Before|At|For|On) [^,;:]{4,40}), (\w[^,;:]+)\.", text)
    if opening and sentence[0].pos_ == "ADP":
        rest = opening[2][0].upper() + opening[2][1:]
        text = f"{rest} {opening[1][0].lower()}{opening[1][1:]}."
    return text[0].upper() + text[1:]


def _upper(found: re.Match[str]) -> str:
    return found[1].upper()


def _evidence(text: str) -> Evidence:
    document = DocumentId("d")
    chunk = Chunk(ChunkId("c"), document, 0, 0, Span(document, 1, 0, len(text)), text)
    return gather([chunk], title="", language="en")


def _report(judged: Sequence[tuple[Case, Judgement]]) -> None:
    tally: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for case, judgement in judged:
        is_right = (judgement.verdict is Verdict.SUPPORTED) == (not case.kind)
        for book in (case.book, "all books"):
            tally[(book, case.kind or f"true: {case.form}")].append(is_right)
            if case.kind:
                all_of = "all that only leaves out" if case.kind in SHORTENERS else "all changes"
                tally[(book, all_of)].append(is_right)
                tally[(book, f"{all_of} of a {case.form}")].append(is_right)
    for (book, kind), right in sorted(tally.items(), key=lambda one: (one[0][0] == "all books", one[0])):
        print(f"{book:14} {kind:42} {sum(right) / len(right):.4f}  ({sum(right)} of {len(right)})")
    shown: dict[str, int] = defaultdict(int)
    for case, judgement in judged:
        what = case.kind or f"true: {case.form}"
        if (judgement.verdict is Verdict.SUPPORTED) == bool(case.kind) and shown[what] < _SHOWN:
            shown[what] += 1
            print(
                f"\n[{what}] {case.text}\n    {case.source}\n    {judgement.score:.2f} {'; '.join(judgement.reasons)}"
            )


if __name__ == "__main__":
    main()
