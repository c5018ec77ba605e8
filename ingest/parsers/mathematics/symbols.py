"""Signs of mathematics and what LaTeX calls them; the names are those of LaTeX and amsmath."""

import re
import unicodedata

_GREEK = (
    "α alpha β beta γ gamma δ delta ε varepsilon ϵ epsilon ζ zeta η eta θ theta ϑ vartheta ι iota κ kappa λ lambda "
    "μ mu ν nu ξ xi π pi ϖ varpi ρ rho ϱ varrho σ sigma ς varsigma τ tau υ upsilon φ varphi ϕ phi χ chi ψ psi ω omega "
    "Γ Gamma Δ Delta Θ Theta Λ Lambda Ξ Xi Π Pi Σ Sigma Υ Upsilon Φ Phi Ψ Psi Ω Omega µ mu ∆ Delta "
)
_RELATIONS = (
    "≤ leq ≥ geq ≠ neq ≈ approx ≡ equiv ≅ cong ∼ sim ≃ simeq ∝ propto ≪ ll ≫ gg ≺ prec ≻ succ ⪯ preceq ⪰ succeq "
    "∈ in ∉ notin ∋ ni ⊂ subset ⊃ supset ⊆ subseteq ⊇ supseteq ⊄ nsubseteq ⊥ perp ∥ parallel ∣ mid ⊢ vdash ⊨ models "
    "≐ doteq ≍ asymp ⋈ bowtie ⊣ dashv ⩽ leqslant ⩾ geqslant ≲ lesssim ≳ gtrsim ≜ triangleq ≔ coloneqq "
    "→ rightarrow ← leftarrow ↔ leftrightarrow ⇒ Rightarrow ⇐ Leftarrow ⇔ Leftrightarrow ↦ mapsto ↑ uparrow "
    "↓ downarrow ⟶ longrightarrow ⟵ longleftarrow ⟹ Longrightarrow ⟺ Longleftrightarrow ⟼ longmapsto "
    "↪ hookrightarrow ⇌ rightleftharpoons ⇀ rightharpoonup ↗ nearrow ↘ searrow ⇑ Uparrow ⇓ Downarrow "
)
_OPERATORS = (
    "± pm ∓ mp × times ÷ div ⋅ cdot · cdot ∗ ast ⋆ star ∘ circ ∙ bullet • bullet ∩ cap ∪ cup ∧ wedge ∨ vee "
    "⊕ oplus ⊖ ominus ⊗ otimes ⊘ oslash ⊙ odot ∖ setminus † dagger ‡ ddagger ⊎ uplus ⊓ sqcap ⊔ sqcup ≀ wr "
)
_LARGE = (
    "∑ sum ∏ prod ∐ coprod ∫ int ∬ iint ∭ iiint ∮ oint ⋃ bigcup ⋂ bigcap ⋁ bigvee ⋀ bigwedge ⨁ bigoplus ⨂ bigotimes "
)
_OTHERS = (
    "∞ infty ∂ partial ∇ nabla ∀ forall ∃ exists ∄ nexists ∅ emptyset ¬ neg ⊤ top ∠ angle △ triangle □ square "
    "◻ square ■ blacksquare ◊ Diamond ℓ ell ℏ hbar ℑ Im ℜ Re ℘ wp ℵ aleph ′ prime ″ prime\\prime … ldots ⋯ cdots "
    "⋮ vdots ⋱ ddots ∴ therefore ∵ because ı imath ȷ jmath § S ¶ P ‖ | ♯ sharp ♭ flat ♮ natural √ surd ° degree "
    "⟨ langle ⟩ rangle 〈 langle 〉 rangle ⌊ lfloor ⌋ rfloor ⌈ lceil ⌉ rceil { { } } "
)
_DOUBLE = "ℂ C ℕ N ℙ P ℚ Q ℝ R ℤ Z 𝔽 F ℍ H 𝔼 E"


def _named(*lists: str) -> dict[str, str]:
    words = " ".join(lists).split()
    return {sign: "\\" + name for sign, name in zip(words[::2], words[1::2], strict=True)}


LARGE = _named(_LARGE)
"""Operators that stand before what they gather; their limits are set below and above."""

RELATIONS = _named(_RELATIONS)
OPERATORS = _named(_OPERATORS)
SIGNS = {
    **_named(_GREEK, _OTHERS),
    **RELATIONS,
    **OPERATORS,
    **LARGE,
    **{sign: f"\\mathbb{{{letter}}}" for sign, letter in zip(_DOUBLE.split()[::2], _DOUBLE.split()[1::2], strict=True)},
    "−": "-",
    "‐": "-",
    "–": "-",
    "∕": "/",
    "⁄": "/",
    "∶": ":",
    "′": "'",
    "″": "''",
    "‴": "'''",
    "\\": "\\backslash",
    "#": "\\#",
    "%": "\\%",
    "&": "\\&",
    "_": "\\_",
    "$": "\\$",
    "^": "\\hat{}",
    "~": "\\sim",
    "\xa0": "\\ ",
}
SPACED = frozenset("=<>+-") | {*RELATIONS.values(), *OPERATORS.values(), "\\sim"}
"""What is written with a blank on either side, so that people can read it."""

UNSEEN = re.compile("[\u2061-\u2064\u200b-\u200f\u00ad\ufeff]")
"""Signs that say how to speak a formula, or nothing."""

_FUNCTIONS = (
    "arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log max "
    "min Pr sec sin sinh sup tan tanh"
)
FUNCTIONS = frozenset(_FUNCTIONS.split())
LIMITS = frozenset({"\\lim", "\\liminf", "\\limsup", "\\max", "\\min", "\\sup", "\\inf", "\\det", "\\gcd", "\\Pr"})
"""Functions that have their limits below them."""

OVER = {
    **dict.fromkeys("^ˆ\u0302", "\\hat"),
    **dict.fromkeys("~˜∼\u0303", "\\tilde"),
    **dict.fromkeys("¯‾ˉ\u0304\u0305_―─", "\\bar"),
    **dict.fromkeys("→⃗⟶\u20d7", "\\vec"),
    **dict.fromkeys("˙.·\u0307", "\\dot"),
    **dict.fromkeys("¨\u0308", "\\ddot"),
    **dict.fromkeys("ˇ\u030c", "\\check"),
    **dict.fromkeys("˘\u0306", "\\breve"),
    **dict.fromkeys("´\u0301", "\\acute"),
    **dict.fromkeys("`\u0300", "\\grave"),
    "⏞": "\\overbrace",
    "︷": "\\overbrace",
    "←": "\\overleftarrow",
}
UNDER = {**dict.fromkeys("_̲¯‾ˍ\u0331\u0332", "\\underline"), "⏟": "\\underbrace", "︸": "\\underbrace"}
WIDE = {"\\bar": "\\overline", "\\hat": "\\widehat", "\\tilde": "\\widetilde", "\\vec": "\\overrightarrow"}
"""How accents are called over more than a letter."""

VARIANTS = {
    "bold": "mathbf",
    "bold-italic": "boldsymbol",
    "double-struck": "mathbb",
    "script": "mathcal",
    "bold-script": "mathcal",
    "fraktur": "mathfrak",
    "bold-fraktur": "mathfrak",
    "sans-serif": "mathsf",
    "monospace": "mathtt",
    "normal": "mathrm",
}
_ALPHABETS = (
    ("DOUBLE-STRUCK", "mathbb"),
    ("SCRIPT", "mathcal"),
    ("FRAKTUR", "mathfrak"),
    ("BLACK-LETTER", "mathfrak"),
    ("SANS-SERIF", "mathsf"),
    ("MONOSPACE", "mathtt"),
    ("BOLD", "mathbf"),
)
_IN_TEXT = {
    "\\": "\\textbackslash{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
    **{sign: "\\" + sign for sign in "#$%&_{}"},
}


def latex_of_sign(sign: str) -> str:
    """Give one character as LaTeX in mathematics: a command where there is one, letters as they are."""
    if sign in SIGNS:
        return SIGNS[sign]
    plain = unicodedata.normalize("NFKC", sign)
    name = unicodedata.name(sign, "")
    if plain != sign and len(plain) == 1 and plain.isalnum():
        letter = SIGNS.get(plain, plain)
        alphabet = next((command for word, command in _ALPHABETS if word in name), "")
        return f"\\{alphabet}{{{letter}}}" if alphabet else letter
    if sign.isascii() or unicodedata.category(sign)[0] in "SPZM":
        return sign
    return f"\\text{{{sign}}}" if unicodedata.category(sign) == "Lo" else sign


def latex_of_words(text: str) -> str:
    """Give words as LaTeX's text within mathematics."""
    return f"\\text{{{''.join(_IN_TEXT.get(sign, sign) for sign in text)}}}"
