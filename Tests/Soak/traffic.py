"""The traffic of a soak: every event is a function of its log stream and its number, so that whoever checks can make it
again."""

import gzip
import json

import boto3
from botocore.config import Config

RECIPIENT, OWNER = "999999999999", "111111111111"
REGION, CENTRAL_REGION = "us-east-1", "eu-west-1"
STREAM, SHARDS = "RecipientStream", 4
GROUP, LOG_STREAMS = "/app", [f"stream-{number}" for number in range(12)]
# No route takes it.
NOISE_GROUP = "/noise"
EVENTS_PER_RECORD = 20
DAMAGED = b"this was never a subscription message"


def client(service, endpoint, region=REGION):
    return boto3.client(
        service,
        region_name=region,
        endpoint_url=endpoint,
        aws_access_key_id="AKIAEMUL" + RECIPIENT,
        aws_secret_access_key="secret-" + RECIPIENT,
        # A call that is repeated would put a record twice.
        config=Config(retries={"total_max_attempts": 1}, read_timeout=60),
    )


def message(log_stream, number):
    return f'{number} of {log_stream} says "quoted \\ backslash"\tü🚚 ' + "and so on " * (number * 7919 % 23)


def event(log_stream, number, start):
    """`start` is when the soak began, in milliseconds since 1970."""
    return {"id": f"{log_stream}-{number}", "timestamp": start + number, "message": message(log_stream, number)}


def text(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def payload(log_group, log_stream, events):
    return gzip.compress(
        text(
            {
                "messageType": "DATA_MESSAGE",
                "owner": OWNER,
                "logGroup": log_group,
                "logStream": log_stream,
                "subscriptionFilters": ["all"],
                "logEvents": events,
            }
        )
    )


def control_message(start):
    """AWS's check whether the stream can be reached."""
    check = {"id": "", "timestamp": start, "message": "CWL CONTROL MESSAGE: Checking health of destination Kinesis stream."}
    return gzip.compress(
        text(
            {
                "messageType": "CONTROL_MESSAGE",
                "owner": "CloudwatchLogs",
                "logGroup": "",
                "logStream": "",
                "subscriptionFilters": [],
                "logEvents": [check],
            }
        )
    )


def line(log_stream, number, start):
    """What a files sink makes of an event."""
    origin = {"owner": OWNER, "logGroup": GROUP, "logStream": log_stream}
    return text(origin | event(log_stream, number, start)) + b"\n"
