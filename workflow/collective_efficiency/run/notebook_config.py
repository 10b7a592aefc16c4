"""The config of the run that executes a notebook; where none does, and a reader opens it by hand, config.yaml."""

import json
import os
from collections.abc import Mapping
from typing import Any

from collective_efficiency.files.yaml_files import own_yaml

RUN_CONFIG = "COLLECTIVE_EFFICIENCY_CONFIG"  # of the environment: as JSON, with all that overrode config.yaml


def config_of_run(config_yaml: str) -> Mapping[str, Any]:
    """The config of the run that executes the notebook; where none does, the document in the text of config.yaml.

    >>> config_of_run("missing: omit")["missing"]
    'omit'
    """
    given = os.environ.get(RUN_CONFIG)
    config: Mapping[str, Any] = json.loads(given) if given else own_yaml(config_yaml)
    return config
