"""The words by which worked examples are known, in the languages that schools read most."""

import re

from generators.compose.reading.blocks import Block

SOLUTION = re.compile(
    r"(?:solution|worked solution|strategy|answer|lösung|lösungsweg|solución|resolución|solution détaillée|corrigé|"
    r"soluzione|svolgimento|oplossing|uitwerking|solução|resolução|rozwiązanie|решение|解答?|解法|풀이|الحل)"
    r"(?:\s+[\dA-Z][\d.]*)?\s*[:.：]?\s*",
    re.IGNORECASE,
)
ENDS = re.compile(
    r"(?:discussion|check your understanding|exercises?|problems?|try it|questions?|summary|example|examples?|remark|"
    r"diskussion|aufgaben?|beispiel|discusión|ejercicios?|ejemplo|exercices?|exemple|esercizi|esempio|exercícios?|"
    r"exemplo|练习|例)(?:\s+[\d.]+)?\b[\s:.：]*(?:$|(?=[A-Z(]))",
    re.IGNORECASE,
)
EXAMPLE = re.compile(
    r"(?:worked\s+)?(?:example|beispiel|ejemplo|exemple|esempio|exemplo|voorbeeld|przykład|пример|例题?|مثال)"
    r"\s*[\d.]*\s*[:.：–—-]?\s*",
    re.IGNORECASE,
)
PICTURE = re.compile(r"(?:figure|fig\.|table|abbildung|figura|tabla|図|图)\b", re.IGNORECASE)
WORKED = re.compile(r"[=≈≤≥<>]|\d")
CONCLUDES = re.compile(
    r"(?:so|thus|hence|therefore|the answer|we (?:find|get|conclude)|also|daher|somit|por (?:lo )?tanto|donc|quindi|"
    r"portanto|dus|因此|所以)\b",
    re.IGNORECASE,
)
ASKS = re.compile(
    r"\?|\b(?:find|calculate|compute|determine|show|solve|prove|what|how|berechne|bestimme|calcula|halla|calculez|"
    r"trouvez|calcola|trova|求)\b",
    re.IGNORECASE,
)


def is_title(block: Block, title: re.Pattern[str]) -> bool:
    """Whether a paragraph is, or opens with, a word such as "Solution", set apart."""
    found = title.match(block.text)
    return found is not None and (found.end() == len(block.text) or found[0].rstrip().endswith((":", "：")))
