"""Stage `notebooks`: notebooks run from top to bottom, each as a page that works offline."""

import json
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbconvert import HTMLExporter

from collective_efficiency.files.package import PACKAGE, template
from collective_efficiency.files.pages import page, policy_meta
from collective_efficiency.run.notebook_config import RUN_CONFIG

MOST_SECONDS = 120  # for one cell


def notebook_pages(notebooks: Sequence[str], folder: str, config: Mapping[str, Any]) -> list[str]:
    """Each notebook (JSON, format 4) with its outputs as HTML, with nothing loaded from elsewhere.

    folder: where the relative paths in the notebooks lead from. config: the config of the run, which the notebooks read
    by `notebook_config.config_of_run`. They share one kernel, which takes longer to start than they take to run; its
    names are deleted between them, so that no notebook rests on one before it. It imports this very library, and
    nothing of the user's own start-up files. Raises nbclient.exceptions.CellExecutionError for a cell that fails.
    """
    read = [nbformat.reads(text, as_version=4) for text in notebooks]
    client = NotebookClient(
        nbformat.v4.new_notebook(),
        timeout=MOST_SECONDS,
        record_timing=False,
        coalesce_streams=True,  # else what is printed at once comes as one part or as two, as the kernel has time
    )
    manager = client.create_kernel_manager()
    manager.kernel_spec_manager.kernel_dirs = []  # a kernel that the user installed may be another Python's
    forget = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("%reset -f")])
    with TemporaryDirectory() as empty:
        manager.transport, manager.ip = "ipc", f"{empty}/kernel"  # no port is opened, no file beside the notebooks
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONSTARTUP"}
        environment |= dict.fromkeys(("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR"), f"{empty}/own")
        environment |= {"PYTHONPATH": str(Path(str(PACKAGE)).parent), RUN_CONFIG: json.dumps(config)}
        with client.setup_kernel(cwd=folder, env=environment):
            for notebook in read:
                client.nb = notebook
                client.execute(cleanup_kc=False)
                client.nb = forget
                client.execute_cell(forget.cells[0], 0, store_history=False)  # so the next counts its cells from 1
    exporter = HTMLExporter(template_name="lab", embed_images=True)
    exporter.mathjax_url = exporter.require_js_url = exporter.jquery_url = exporter.widget_renderer_url = ""
    header = page("_header.html.j2", root="../")
    style = f"<style>\n{template('notebook.css')}</style>"
    return [_quiet(str(exporter.from_notebook_node(notebook)[0]), header, style) for notebook in read]


def _quiet(html: str, header: str, style: str) -> str:
    """The page with our header and style and a policy, without nbconvert's scripts, which would load from elsewhere."""
    meta = policy_meta(["style-src 'unsafe-inline'", "font-src data:"])
    html = re.sub(r"<script\b.*?</script>", "", html, flags=re.DOTALL)
    html = html.replace("<head>", f"<head>{meta}", 1).replace("</head>", f"{style}\n</head>", 1)
    return html.replace("<main>", f'{header}<main id="main" tabindex="-1">', 1)
