"""Proves quizzes for learning platforms valid: `python -m bench.proof_qti FOLDER`, or `make proof-qti SCHEMAS=FOLDER`.

FOLDER holds 1EdTech's `imsqti_v2p1.xsd` with what it includes; its licence keeps it out of here. Items of 2.1, and
those of 3.0 with their names of 2.1, must be valid by it. Exit status 1 when one is not.
"""

import sys
from pathlib import Path

from lxml import etree

from domain.material import Kind
from generators.exports.qti import to_qti_2, to_qti_3
from tests.qti_packages import files_of, to_2
from tests.unit.generators.exported import QUESTIONS, an_aid, an_origin


def main(folder: Path) -> None:
    """Check every item of a quiz with all forms of questions."""
    schema = etree.XMLSchema(etree.parse(folder / "imsqti_v2p1.xsd"))
    quiz = an_aid(Kind.QUIZ, *QUESTIONS, title="Light / leaves")
    faults = []
    for version, write, rename in (("2.1", to_qti_2, bytes), ("3.0", to_qti_3, to_2)):
        items = {name: one for name, one in files_of(write(quiz, an_origin())).items() if name != "imsmanifest.xml"}
        for name, content in items.items():
            root = etree.fromstring(rename(content).replace(b' use="scoring"', b""))
            if not schema.validate(root):
                faults.append(f"{version} {name}: {schema.error_log.last_error}")
        print(f"QTI {version}: {len(items)} files checked")
    if faults:
        sys.exit("\n".join(faults))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
