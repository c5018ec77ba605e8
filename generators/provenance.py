"""Who wrote a whole reading's study aid: those who wrote its parts."""

from collections.abc import Sequence

from domain.material import Artifact, Provenance, Writer


def join_provenance(parts: Sequence[Artifact]) -> Provenance:
    """Name the model when it wrote any part, and say for how many parts it did not and why.

    The prompt is that of the last part the model wrote; several models are named one after the other.
    """
    made = [part.provenance for part in parts]
    by_model = [one for one in made if one.writer is Writer.MODEL]
    newest = by_model[-1] if by_model else Provenance()
    models = ", ".join(dict.fromkeys(one.model for one in by_model))
    return Provenance(
        newest.writer, newest.prompt, newest.prompt_version, newest.prompt_checksum, models, _note(made, len(by_model))
    )


def _note(made: Sequence[Provenance], by_model: int) -> str:
    others = len(made) - by_model
    notes = list(dict.fromkeys(one.note for one in made if one.note))
    if not by_model or not others:
        return " ".join(notes)
    return " ".join((f"{others} of {len(made)} sections were made without the language model.", *notes))
