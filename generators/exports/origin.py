"""What a study aid is made from: the titles of its readings, their language, and what gives their figures."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.claims import Claim
from domain.ids import DocumentId
from generators.exports.pictures import Draw
from generators.exports.sheet import one_line


@dataclass(frozen=True, slots=True)
class Origin:
    """The reading's title and language, or those of a set of readings; `titles` names the readings of a set.

    `whose` says whose words stand where a person wrote them in the place of the reading's.
    """

    reading: str
    language: str
    draw: Draw
    titles: Mapping[DocumentId, str] = field(default_factory=dict)
    whose: str = "a person's own words"

    def name_of(self, document_id: DocumentId) -> str:
        """Give the title of a reading."""
        return one_line(self.titles.get(document_id, self.reading))

    def credit(self, *claims: Claim) -> str:
        """Say whose words these are where a person wrote any of them; nothing where nobody did."""
        return f"In {self.whose}" if any(claim.by_person for claim in claims) else ""

    def source_line(self, *claims: Claim) -> str:
        """Say on one line where claims stand: reading, pages, the words there, and before it whose words they are."""
        citations = [citation for claim in claims for citation in claim.citations]
        if not citations:
            is_own = any(claim.by_person for claim in claims)
            return "Somebody's own words, not from a reading" if is_own else one_line(self.reading)
        said = [credit] if (credit := self.credit(*claims)) else []
        for document_id in dict.fromkeys(one.span.document_id for one in citations):
            here = [one for one in citations if one.span.document_id == document_id]
            pages = ", ".join(str(page) for page in sorted({one.span.page for one in here}))
            quotes = " … ".join(dict.fromkeys(one_line(one.quote) for one in here))
            said.append(f"{self.name_of(document_id)}, page {pages}: “{quotes}”")
        return "; ".join(said)
