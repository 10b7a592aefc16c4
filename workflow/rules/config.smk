# config.yaml, and whatever else sets its keys, read strictly before Snakemake reads them in its own way.

import os
import sys
from pathlib import Path

from snakemake.exceptions import WorkflowError

sys.path.insert(0, str(Path(workflow.basedir, "workflow")))


def config_sources():
    """What the config is merged of. Stops where a file of it cannot be read, or holds a key twice."""
    from collective_efficiency.problems import BadInputError
    from collective_efficiency.run.config_files import ConfigSources

    settings = workflow.config_settings
    paths = [] if settings.replace_workflow_config else [Path("config.yaml")]
    paths += [Path(os.path.relpath(path)) for path in settings.configfiles]
    files = {str(path): path.read_bytes() for path in paths if path.is_file()}  # Snakemake says which is missing
    try:
        return ConfigSources.read(files, settings.config)
    except BadInputError as error:
        raise WorkflowError(str(error)) from None


if workflow.is_main_process:  # the config of a job that it sends elsewhere has been read
    CONFIG_SOURCES = config_sources()
