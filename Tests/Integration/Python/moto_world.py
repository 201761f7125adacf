"""What the moto scripts share: where moto is, whose keys are used, what was written.

MOTO_ENDPOINT is the server, MOTO_DIRECTORY a directory in which the scripts leave notes for each other.
"""

import json
import os
import sys
from collections import Counter
from pathlib import Path

import boto3
from botocore.config import Config

ENDPOINT = os.environ["MOTO_ENDPOINT"]
DIRECTORY = Path(os.environ["MOTO_DIRECTORY"])
CREDENTIALS = DIRECTORY / "credentials.json"
WRITTEN = DIRECTORY / "written.json"
# moto's only account, unless told otherwise.
ACCOUNT = "123456789012"
STREAM, STREAM_REGION = "RecipientStream", "us-east-1"
TARGET_REGION = "eu-west-1"


def client(service, region=STREAM_REGION, keys=None):
    keys = keys or json.loads(CREDENTIALS.read_text())
    return boto3.client(
        service,
        region_name=region,
        endpoint_url=ENDPOINT,
        aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"],
        config=Config(retries={"total_max_attempts": 3}),
    )


def written():
    """The calls made so far, each a group, a stream and its [timestamp, message] pairs."""
    return json.loads(WRITTEN.read_text()) if WRITTEN.exists() else []


def by_origin(calls):
    """The events of each (group, stream), sorted: moto spreads a log stream's records over the shards."""
    events = {}
    for call in calls:
        events.setdefault((call["group"], call["stream"]), []).extend(tuple(event) for event in call["events"])
    return {origin: sorted(found) for origin, found in events.items()}


def expect_equal(found, wanted, what):
    """Exits with the first events that are missing or too many, when the two differ."""
    if found == wanted:
        return
    for origin in sorted(set(found) | set(wanted)):
        there, due = Counter(found.get(origin, [])), Counter(wanted.get(origin, []))
        if there != due:
            missing, surplus = list(due - there), list(there - due)
            sys.exit(
                f"{what}, {origin}: {there.total()} events of {due.total()}; "
                f"missing {str(missing[:3])[:300]}, too many {str(surplus[:3])[:300]}"
            )
    sys.exit(f"{what}: other log streams {sorted(set(found) ^ set(wanted))}")
