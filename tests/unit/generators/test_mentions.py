"""Names and where texts mention them."""

from generators.compose.reading.mentions import Names, contains, count_words, name_of


def found(text: str, *labels: str) -> list[str]:
    mentions = Names(map(name_of, labels)).find_longest(text)
    return [text[mention.at.start : mention.at.end] for mention in mentions]


def test_plurals_and_capitals_name_the_same() -> None:
    """A label is found in the plural, and at the start of a sentence."""
    assert found("Plant cells differ; a plant cell has a wall.", "plant cell") == ["Plant cells", "plant cell"]


def test_the_longer_name_wins() -> None:
    """Within "net force" the concept force is not mentioned by itself."""
    assert found("A net force adds to the force of friction.", "force", "net force") == ["net force", "force"]


def test_asides_and_possessives_are_left_out() -> None:
    """Names in brackets and names that own something take no part in what is stated."""
    assert found("Energy (heat) is not Newton's idea of work.", "heat", "Newton", "work") == ["work"]


def test_all_mentions_hold_the_shorter_names_too() -> None:
    """Looking for all, force is found within net force."""
    names = Names([name_of("force"), name_of("net force")])

    assert [mention.name for mention in names.find_all("the net force")] == [("net", "force"), ("force",)]


def test_brackets_do_not_make_another_name() -> None:
    """An abbreviation in brackets is not part of the name, but a label of nothing else keeps it."""
    assert name_of("hertz (Hz)") == name_of("Hertz")
    assert name_of("(Hz)") == ("hz",)


def test_an_empty_label_is_never_found() -> None:
    """A label without words has an empty name, which no text mentions."""
    assert found("anything at all", "—") == []


def test_contains_asks_for_a_shorter_run() -> None:
    """A name contains a part that stands in a row, and never itself."""
    assert contains(("net", "force"), ("force",))
    assert not contains(("net", "force"), ("net", "force"))
    assert not contains(("a", "b", "c"), ("a", "c"))


def test_words_are_counted() -> None:
    """Words with an apostrophe count once."""
    assert count_words("Newton's laws, all 3.") == 4


def test_a_possessive_inside_a_name_is_part_of_it() -> None:
    """Ohm's law is not found in "the ohm law", and the membrane's potential is no membrane potential."""
    assert found("Ohm’s law holds; the ohm law does not.", "Ohm's law") == ["Ohm’s law"]
    assert found("The membrane’s potential rests.", "membrane potential") == []


def test_a_symbol_behind_a_label_makes_no_other_name() -> None:
    """Resistivity and resistivity ρ are one concept; a symbol before a word stays."""
    assert name_of("resistivity ρ") == name_of("resistivity")
    assert name_of("α decay") == ("α", "decay")


def test_scripts_without_blanks_are_searched_sign_by_sign() -> None:
    """A Chinese name is found inside a run of signs, the longer one first."""
    assert found("细胞核控制细胞。", "细胞", "细胞核") == ["细胞核", "细胞"]
