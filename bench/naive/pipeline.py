"""The pipeline most tutorials show: PyPDFLoader, recursive splitter, MiniLM in fp32, Chroma.

Run in an environment of its own (`bench/naive/requirements.txt`); prints one JSON line with CPU seconds
(user and system, children too), wall seconds and peak memory by stage.

    python pipeline.py READING.pdf MODEL_FOLDER
"""

import json
import os
import resource
import sys
import tempfile
import time


def cpu() -> float:
    """CPU seconds of this process and its children so far."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def main(reading: str, model: str) -> None:
    """Index one reading and search it once, timing each stage."""
    marks = [("start", cpu(), time.perf_counter())]

    def mark(stage: str) -> None:
        marks.append((stage, cpu(), time.perf_counter()))

    from langchain_chroma import Chroma
    from langchain_community.document_loaders import PyPDFLoader
    from langchain_huggingface import HuggingFaceEmbeddings
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    mark("imports")
    embeddings = HuggingFaceEmbeddings(model_name=model)
    mark("model")
    pages = PyPDFLoader(reading).load()
    mark("load")
    chunks = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200).split_documents(pages)
    mark("split")
    with tempfile.TemporaryDirectory() as folder:
        store = Chroma("naive", embeddings, persist_directory=folder)
        for first in range(0, len(chunks), 1000):
            store.add_documents(chunks[first : first + 1000])
        mark("embed and store")
        found = store.similarity_search("What is the law of effect?", k=5)
        mark("first search")
    seconds = {
        stage: round(now - before, 2)
        for (_, before, _), (stage, now, _) in zip(marks, marks[1:], strict=False)
    }
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        json.dumps(
            {
                "pages": len(pages),
                "chunks": len(chunks),
                "found": len(found),
                "cpu_s": round(marks[-1][1] - marks[0][1], 2),
                "wall_s": round(marks[-1][2] - marks[0][2], 2),
                "peak_mb": peak,
                "stages": seconds,
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
