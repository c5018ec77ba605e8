"""Keeps what a model answered about a shared reading, so that the same is not asked twice.

What is made for one person is never kept. The rendered prompt decides, without the random marks that fence its
material; the reading is part of the key, so that what was answered about it goes with it.
"""

import hashlib
import json
import re
from dataclasses import dataclass

from domain.clock import Clock
from domain.documents import Document
from domain.interactions import KeptReply
from domain.ports import ModelReply, Store
from domain.scope import Scope
from prompts.library import Rendered

_FENCE = re.compile(r"^<<<(material|end) [a-z]{16}>>>$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Replies:
    """The replies that were kept about a reading, for whoever sees it."""

    store: Store
    scope: Scope
    document: Document
    clock: Clock

    def find(self, key: str) -> ModelReply | None:
        """Give what was kept, at no cost, or None."""
        with self.store(self.scope) as work:
            kept = work.interactions.find_reply(key)
        return ModelReply(kept.text, kept.model, 0, 0) if kept else None

    def keep(self, key: str, reply: ModelReply) -> None:
        """Keep a reply, unless the reading is gone by now."""
        with self.store(self.scope) as work:
            work.people.lock()
            if work.documents.find(self.document.id) is not None:
                work.interactions.keep_reply(
                    KeptReply(key, self.document.id, reply.text, reply.model, self.clock.now())
                )
                work.commit()

    def key_of(self, prompt: Rendered, schema: object, model: str) -> str:
        """Give the SHA-256 of what is asked of which model about the reading."""
        asked = [self.document.id, prompt.checksum, prompt.system, prompt.user, schema, model]
        bare = [_FENCE.sub(r"\1", one) if isinstance(one, str) else one for one in asked]
        return hashlib.sha256(json.dumps(bare, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
