"""Whether a study aid was made from what would be used now: then it need not be made again."""

from domain.consent import Purpose
from domain.material import Artifact
from generators.evidence import WRITER, Ground, evidence_hash
from generators.kinds.contract import OWN, GeneratorKind, Request
from generators.kinds.registry import KINDS
from generators.model.reduce import prompt_for
from generators.tools import Tools
from safety.uploads import may_be_shown

BUILT_IN = f"built-in {WRITER}"
"""The built-in writer, of the version that it has now."""


def is_current(artifact: Artifact, request: Request, tools: Tools) -> bool:
    """Whether making the aid again would use the same words and the same writer: prompt, model or built-in version.

    One that the built-in writer made because the model was busy or over its allowance is not current where the model
    may write. Raises NotFound for a section that the reading does not have.
    """
    return artifact.evidence_hash == hash_of(request, tools)


def hash_of(request: Request, tools: Tools) -> str:
    """Give the hash of what a request would be answered from now, and by whom."""
    ground = tools.gather(request, tools.store, tools.retriever)
    return evidence_hash(ground, request.kind, writer_of(KINDS[request.kind], request, ground, tools=tools))


def writer_of(kind: GeneratorKind, request: Request, ground: Ground, *, tools: Tools) -> str:
    """Name who would write: the model with its prompt's checksum, or the built-in writer with its version."""
    if tools.model is None or not may_leave(request, tools):
        return BUILT_IN
    if not ground.parts:
        return f"{tools.prompts.checksum(kind.prompt, kind.prompt_version)} {tools.model.name}"
    prompt = prompt_for(kind.kind, ground.parts)
    return f"{tools.prompts.checksum(*prompt)} {tools.model.name}" if prompt else BUILT_IN


def may_leave(request: Request, tools: Tools) -> bool:
    """Whether a model may see this: what is one student's own, asked for or uploaded, only where that is allowed.

    The readings that teachers share are the school's own decision. What a student uploaded waits until it was
    screened.
    """
    if not may_be_shown(tools.store, request.document):
        return False
    person = request.person
    if person and request.kind in OWN and not tools.consents.has(person, Purpose.MODEL_PROVIDER):
        return False
    return tools.consents.has_owner(request.document.owner_id, Purpose.MODEL_PROVIDER)
