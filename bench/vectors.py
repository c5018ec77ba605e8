"""What the encoder costs and loses: passages a processor second, memory, nearness to the published weights.

python -m bench.vectors CORPUS.jsonl [WEIGHTS]

The corpus has a `text` a line. WEIGHTS is the folder with the published `model.safetensors`, which `make bench` leaves
in `var/bench/model`; without it nearness is left out. What a change does to search is measured by the retrieval scorer.
"""

import json
import sys
from pathlib import Path
from typing import Any

from adapters.embeddings.minilm import MiniLM
from bench.measure import now, peak_mb
from ingest.indexing import BATCH

_MODELS = Path(__file__).parents[1] / "var" / "models" / "minilm"
_COMPARED = 32
"""Passages whose vectors are worked out by hand: about a tenth of a second each."""


def main() -> None:
    """Print one line of JSON."""
    corpus, *weights = sys.argv[1:]
    texts = [json.loads(line)["text"] for line in Path(corpus).read_text(encoding="utf-8").splitlines()]
    texts.sort(key=len)
    begin = now()
    encoder = MiniLM(_MODELS, threads=1)
    encoder.embed(texts[:1])
    loaded = now()
    for start in range(0, len(texts), BATCH):
        encoder.embed_passages(texts[start : start + BATCH])
    passages = now()
    some = texts[:: len(texts) // 256 or 1]
    encoder.embed(some)
    whole = now()
    figures: dict[str, Any] = {
        "load_cpu_s": round(loaded.cpu - begin.cpu, 2),
        "passages_per_cpu_s": round(len(texts) / (passages.cpu - loaded.cpu), 1),
        "with_all_words_per_cpu_s": round(len(some) / (whole.cpu - passages.cpu), 1),
        "passages": len(texts),
        "peak_mb": peak_mb(),
    }
    if weights:
        figures |= _compare(encoder, some[:: len(some) // _COMPARED or 1], Path(weights[0]))
    print(json.dumps(figures))


def _compare(encoder: MiniLM, texts: list[str], source: Path) -> dict[str, float]:
    """Give the cosine to what the published weights say of the same words, on average and at worst."""
    import numpy as np
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    from tests.encoder_by_hand import ByHand

    config = json.loads((source / "config.json").read_text(encoding="utf-8"))
    by_hand = ByHand(
        load_file(source / "model.safetensors"),
        heads=config["num_attention_heads"],
        layers=config["num_hidden_layers"],
        epsilon=config["layer_norm_eps"],
    )
    tokenizer = Tokenizer.from_file(str(_MODELS / "tokenizer.json"))
    tokenizer.enable_truncation(256)
    tokenizer.no_padding()
    true = [by_hand.encode(tokenizer.encode(text).ids) for text in texts]
    cosines = [float(np.dot(one, other)) for one, other in zip(true, encoder.embed(texts), strict=True)]
    short = [float(np.dot(one, other)) for one, other in zip(true, encoder.embed_passages(texts), strict=True)]
    return {
        "cosine": round(float(np.mean(cosines)), 4),
        "cosine_least": round(min(cosines), 4),
        "cosine_of_passages": round(float(np.mean(short)), 4),
    }


if __name__ == "__main__":
    main()
