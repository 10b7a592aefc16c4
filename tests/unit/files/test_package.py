"""What the package holds: every schema is a schema, every template one of Jinja."""

import jinja2
import pytest
from jsonschema import Draft202012Validator

from collective_efficiency.files.package import PACKAGE, schema, template


def names(folder, ending):
    return sorted(path.name for path in PACKAGE.joinpath(folder).iterdir() if path.name.endswith(ending))


@pytest.mark.parametrize("name", names("schemas", ".schema.yaml"))
def test_a_schema_is_one(name):
    Draft202012Validator.check_schema(schema(name.removesuffix(".yaml")))


@pytest.mark.parametrize("name", [*names("templates", ".j2"), "reviewer/index.html.j2"])
def test_a_template_is_one(name):
    assert jinja2.Environment(autoescape=True).parse(template(name)).body


def test_what_is_not_there_is_said():
    with pytest.raises(FileNotFoundError, match=r"no\.html\.j2"):
        template("no.html.j2")
