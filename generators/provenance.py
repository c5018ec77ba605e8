"""Who wrote a whole reading's study aid: those who wrote its parts."""

from collections.abc import Sequence

from domain.hands import count_others
from domain.material import Artifact, Provenance, Writer


def join_provenance(parts: Sequence[Artifact]) -> Provenance:
    """Name the model when it wrote any part, and say for how many parts it did not and why.

    The prompt is that of the last part the model wrote; several models are named one after the other.
    """
    made = [part.provenance for part in parts]
    by_model = [one for one in made if one.writer is Writer.MODEL]
    newest = by_model[-1] if by_model else Provenance()
    models = ", ".join(dict.fromkeys(one.model for one in by_model))
    note = " ".join(one for one in (_note(made, len(by_model)), _note_of_units(parts, newest.writer)) if one)
    return Provenance(newest.writer, newest.prompt, newest.prompt_version, newest.prompt_checksum, models, note)


def _note_of_units(parts: Sequence[Artifact], writer: Writer) -> str:
    """Say that single parts of a section are another writer's than the rest of it."""
    others = {maker.writer for part in parts for maker, _ in count_others(part)} - {writer}
    if not others:
        return ""
    how = "without" if writer is Writer.MODEL else "by"
    return f"In some sections single parts were made {how} a language model."


def _note(made: Sequence[Provenance], by_model: int) -> str:
    others = len(made) - by_model
    notes = list(dict.fromkeys(one.note for one in made if one.note))
    if not by_model or not others:
        return " ".join(notes)
    return " ".join((f"{others} of {len(made)} sections were made without the language model.", *notes))
