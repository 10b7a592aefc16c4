"""What stops a run before it begins: folders that cannot be written to, no room, a folder in a result's place."""

import os
import shutil
from collections import namedtuple

import pytest

from collective_efficiency.problems import BadInputError
from collective_efficiency.run import folders
from collective_efficiency.run.folders import check_folders, check_results

Usage = namedtuple("Usage", "free")


def said(check, *arguments):
    with pytest.raises(BadInputError) as caught:
        check(*arguments)
    return [str(problem) for problem in caught.value.problems]


def test_folders_that_are_there_or_can_be_made_are_fit(tmp_path):
    (tmp_path / "logs").mkdir()
    check_folders(tmp_path, ["logs", "results"])


def test_what_may_not_be_written_to_is_named(tmp_path, monkeypatch):
    """By what os.access answers: the tests may run as root, who may write everywhere."""
    (tmp_path / "logs").mkdir()
    monkeypatch.setattr(os, "access", lambda path, _: path != tmp_path / "logs")
    message = "logs: may not be written to; allow it, or copy the project elsewhere"
    assert said(check_folders, tmp_path, ["logs", "results"]) == [message]
    monkeypatch.setattr(os, "access", lambda path, _: path != tmp_path)
    assert said(check_folders, tmp_path, ["logs", "results"]) == [message.replace("logs", "results")]


def test_a_file_in_the_place_of_a_folder_and_a_full_disk_are_named_at_once(tmp_path, monkeypatch):
    (tmp_path / "results").write_text("")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(3_000_000))
    assert said(check_folders, tmp_path, ["results"]) == [
        "results: is a file; a run writes a folder there: move it away",
        f"the disk: 3 MB are free; a run needs {folders.NEEDED_BYTES // 1_000_000} MB",
    ]


def test_a_folder_in_the_place_of_a_result_is_named(tmp_path):
    (tmp_path / "results/summary.txt").mkdir(parents=True)
    (tmp_path / "results/index.html").write_text("")
    assert said(check_results, tmp_path, ["results/index.html", "results/summary.txt", "results/not_yet.csv"]) == [
        "results/summary.txt: is a folder; a run writes a file there: remove it"
    ]
