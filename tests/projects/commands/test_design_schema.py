"""manage.py design_schema, and how every command ends when it is called from the command line."""

import json
from io import StringIO

import pytest
from django.core.management import ManagementUtility

from projects.management.commands.export_design import Command
from tests.projects.commands.calling import call


def test_it_prints_the_schema() -> None:
    assert json.loads(call("design_schema")[0])["title"].startswith("Data Design file")


@pytest.mark.django_db
def test_on_the_command_line_a_problem_is_one_plain_line_and_a_code() -> None:
    error = StringIO()
    command = Command(stderr=error)
    with pytest.raises(SystemExit) as ended:
        command.run_from_argv(["manage.py", "export_design", "no/such/feature"])
    assert ended.value.code == 2
    assert error.getvalue() == "There is no project no.\n"


@pytest.mark.django_db
def test_wrong_options_end_with_two(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        ManagementUtility(["manage.py", "export_design", "a/b/c", "--nonsense"]).execute()
    assert ended.value.code == 2
    assert "--nonsense" in capsys.readouterr().err
