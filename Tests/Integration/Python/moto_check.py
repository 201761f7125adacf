"""Compares what the program delivered with what was written to moto, event for event; ids are the program's own.

`wait` and `files` take the directory of the files, `lines` that and a file with a replay's output.
"""

import json
import sys
import time
from collections import Counter
from pathlib import Path

from moto_world import ACCOUNT, TARGET_REGION, by_origin, client, expect_equal, written

PREFIX = f"/central/{ACCOUNT}"
MEMBERS = ["owner", "logGroup", "logStream", "id", "timestamp", "message"]


def log_group_events():
    logs = client("logs", TARGET_REGION)
    events = {}
    for page in logs.get_paginator("describe_log_groups").paginate():
        for group in (one["logGroupName"] for one in page["logGroups"]):
            if not group.startswith(PREFIX):
                sys.exit(f"there is a group {group}")
            for stream in logs.describe_log_streams(logGroupName=group)["logStreams"]:
                origin = (group.removeprefix(PREFIX), stream["logStreamName"])
                events[origin] = sorted(stream_events(logs, group, stream["logStreamName"]))
    return events


def stream_events(logs, group, stream):
    token = {}
    while True:
        page = logs.get_log_events(logGroupName=group, logStreamName=stream, startFromHead=True, limit=50, **token)
        yield from ((event["timestamp"], event["message"]) for event in page["events"])
        if not page["events"]:
            return
        token = {"nextToken": page["nextForwardToken"]}


def files(directory):
    return sorted(path for path in Path(directory).rglob("*.ndjson"))


def lines(directory):
    return [line for path in files(directory) for line in whole_lines(path)]


def whole_lines(path):
    text = path.read_bytes()
    if not text.endswith(b"\n"):
        sys.exit(f"{path} ends within a line")
    return text.split(b"\n")[:-1]


def parsed(line):
    event = json.loads(line)
    if list(event) != MEMBERS or event["owner"] != ACCOUNT:
        sys.exit(f"a line has other members: {line[:300]}")
    return event


def events_of(found):
    return by_origin(
        {"group": one["logGroup"], "stream": one["logStream"], "events": [(one["timestamp"], one["message"])]}
        for one in found
    )


def check_files(directory):
    by_path = {path: [parsed(line) for line in whole_lines(path)] for path in files(directory)}
    found = [event for events in by_path.values() for event in events]
    expect_equal(events_of(found), by_origin(written()), "the files")
    if len({event["id"] for event in found}) != len(found):
        sys.exit("two events have one id")
    for path, events in by_path.items():
        if len({(event["logGroup"], event["logStream"]) for event in events}) != 1:
            sys.exit(f"{path} holds more than one log stream")
        check_order(path, events)


def check_order(path, events):
    """Each call made one record: its events stand together and in order, wherever the record went."""
    texts = [event["message"] for event in events]
    place = {text: index for index, text in enumerate(texts)}
    for call in written():
        wanted = [text for _, text in call["events"]]
        first = place.get(wanted[0])
        if first is not None and texts[first : first + len(wanted)] != wanted:
            sys.exit(f"{path} does not keep the order of a call")


def check_lines(directory, output):
    found, wanted = Counter(whole_lines(Path(output))), Counter(lines(directory))
    if found != wanted:
        missing, surplus = list(wanted - found), list(found - wanted)
        sys.exit(f"the replay lacks {len(missing)} lines {missing[:2]} and has {len(surplus)} more {surplus[:2]}")


def wait(directory):
    """Until as much is there as was written; whether it is right is for the others to say."""
    wanted = sum(len(call["events"]) for call in written())
    there = delivered = 0
    for _ in range(240):
        there = sum(path.read_bytes().count(b"\n") for path in files(directory))
        delivered = sum(len(events) for events in log_group_events().values())
        if there >= wanted and delivered >= wanted:
            return
        time.sleep(0.25)
    sys.exit(f"of {wanted} events {there} are in the files and {delivered} in the log group")


match sys.argv[1:]:
    case ["wait", directory]:
        wait(directory)
    case ["files", directory]:
        check_files(directory)
    case ["log-group"]:
        expect_equal(log_group_events(), by_origin(written()), "the log group")
    case ["lines", directory, output]:
        check_lines(directory, output)
    case other:
        sys.exit(f"not understood: {other}")
