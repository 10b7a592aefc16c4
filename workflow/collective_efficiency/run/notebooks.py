"""Stage `notebooks`: notebooks run from top to bottom, each as a page that works offline."""

import os
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from nbclient import NotebookClient
from nbconvert import HTMLExporter

from collective_efficiency.files.package import PACKAGE

MOST_SECONDS = 120  # for one cell


def notebook_pages(notebooks: Sequence[str], folder: str) -> list[str]:
    """Each notebook (JSON, format 4) with its outputs as HTML, with nothing loaded from elsewhere.

    folder: where the relative paths in the notebooks lead from. They share one kernel, which takes longer to start than
    they take to run; its names are deleted between them, so that no notebook rests on one before it. It imports this
    very library. Raises nbclient.exceptions.CellExecutionError for a cell that fails.
    """
    read = [nbformat.reads(text, as_version=4) for text in notebooks]
    client = NotebookClient(nbformat.v4.new_notebook(), timeout=MOST_SECONDS, record_timing=False)
    manager = client.create_kernel_manager()
    environment = os.environ | {"PYTHONPATH": str(Path(str(PACKAGE)).parent)}
    forget = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("%reset -f")])
    with TemporaryDirectory() as sockets:
        manager.transport, manager.ip = (
            "ipc",
            f"{sockets}/kernel",
        )  # no port is opened, and no file beside the notebooks
        with client.setup_kernel(cwd=folder, env=environment):
            for notebook in read:
                client.nb = notebook
                client.execute(cleanup_kc=False)
                client.nb = forget
                client.execute_cell(forget.cells[0], 0, store_history=False)  # so the next counts its cells from 1
    exporter = HTMLExporter(template_name="lab", embed_images=True)
    exporter.mathjax_url = exporter.require_js_url = exporter.jquery_url = exporter.widget_renderer_url = ""
    return [str(exporter.from_notebook_node(notebook)[0]) for notebook in read]
