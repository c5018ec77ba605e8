"""How an encoder runs: few threads that sleep when there is nothing to do."""

from pathlib import Path
from typing import Any


def open_session(model: Path, *, threads: int) -> Any:
    """Open an ONNX file with onnxruntime. Raises what onnxruntime raises for a file that it cannot run."""
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return ort.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
