"""Short readings that several tests of the built-in writer share, in our own words."""

RIVERS = """A **river** is a stream of fresh water that flows in a bed towards the sea. Rivers begin as springs, \
as melting ice or as lakes that spill over. The place where a river begins is called its **source**.

Moving water wears away the land. **Erosion** refers to the wearing away of rock and soil by water, wind or ice. \
Fast water carries stones, and the stones grind the bed of the river. In steep land the river cuts a deep valley.

When the river slows down, it drops what it carried. The mud and sand that a river leaves behind is known as \
**sediment**. Sediment builds up at the mouth of the river. A **delta** is a flat piece of land that is built of \
sediment where a river meets the sea. The delta of the Nile covers 24,000 square kilometres.

Floods cause great damage in the flat land along a river. Engineers finished the first high dam on this river in \
1970. Dams hold back water for dry months. For example, a dam may feed the fields of a whole valley."""

POEM = """The hill is high,
the sea is wide,
the gull goes by
upon the tide."""

GERMAN = """Die **Erosion** trägt Gestein und Boden durch Wasser, Wind oder Eis ab. Flüsse tragen Sand und Schlamm \
bis zum Meer. Dort lagern sie den Sand und den Schlamm wieder ab, weil das Wasser langsamer fließt. So entsteht über \
viele Jahre ein flaches Land an der Mündung."""

BARREN = (
    "One two three four five six seven eight nine ten eleven twelve",
    "a = b + c\n\nE = mc2\n\nx = 4y",
    "1 | 2 | 3\n4 | 5 | 6\n7 | 8 | 9",
    POEM,
    "?",
    "Why?",
)
"""Texts that give little or nothing to study from."""
