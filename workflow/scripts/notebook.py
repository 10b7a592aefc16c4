"""notebooks/<name>.ipynb -> notebooks/<name>.html, executed in the project's folder"""

import os
from pathlib import Path

import _stage  # noqa: F401 (puts the library on the path)
import nbformat
from nbclient import NotebookClient
from nbconvert import HTMLExporter

notebook = nbformat.read(snakemake.input.notebook, as_version=4)
os.environ["PYTHONPATH"] = str(Path("workflow").resolve())  # the kernel's, not the workflow's
client = NotebookClient(notebook, timeout=120, record_timing=False, resources={"metadata": {"path": str(Path.cwd())}})
client.create_kernel_manager().transport = "ipc"  # no port is opened
client.execute()
exporter = HTMLExporter(template_name="lab", embed_images=True)
exporter.mathjax_url = exporter.require_js_url = exporter.jquery_url = exporter.widget_renderer_url = ""
html, _ = exporter.from_notebook_node(notebook)
Path(snakemake.output[0]).write_text(html, encoding="utf-8", newline="\n")
