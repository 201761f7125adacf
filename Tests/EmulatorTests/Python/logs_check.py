"""boto3 against the emulator's CloudWatch Logs: puts, refusals, reading, destinations and filters of two accounts.

Run with EMULATOR_ENDPOINT in the environment or the endpoint as the first argument. It exits with 1 at the first thing
that is not as AWS has it. Kinesis must be served at the same endpoint.
"""

import gzip
import hashlib
import json
import os
import sys
import time

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ENDPOINT = sys.argv[1] if len(sys.argv) > 1 else os.environ["EMULATOR_ENDPOINT"]
SENDER = os.environ.get("SENDER_ACCOUNT", "111111111111")
RECIPIENT = os.environ.get("RECIPIENT_ACCOUNT", "999999999999")
REGION = "us-east-1"
DAY = 24 * 3600 * 1000
# Names of their own, so that the script can be run again on the same emulator.
RUN = str(time.time_ns())
GROUP, STREAM, DESTINATION = f"/check/{RUN}", f"Recipient{RUN}", f"destination{RUN}"


def client(service, account, region=REGION):
    return boto3.client(
        service,
        region_name=region,
        endpoint_url=ENDPOINT,
        aws_access_key_id=os.environ.get(f"ACCESS_KEY_{account}", "AKIAEMUL" + account),
        aws_secret_access_key=os.environ.get(f"SECRET_KEY_{account}", "secret-" + account),
        config=Config(retries={"total_max_attempts": 1}),
    )


def expect(found, wanted, what):
    if found != wanted:
        sys.exit(f"{what}: found {found!r}, wanted {wanted!r}")


def refused(code, text, call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        found = error.response["Error"]
        expect(found["Code"], code, call.__name__)
        if text not in found["Message"]:
            sys.exit(f"{call.__name__}: {found['Message']!r} does not say {text!r}")
        return
    sys.exit(f"{call.__name__} was not refused")


sender, recipient = client("logs", SENDER), client("logs", RECIPIENT)
kinesis = client("kinesis", RECIPIENT)


def now():
    return int(time.time() * 1000)


def put(events, stream="s", logs=sender):
    events = [{"timestamp": at, "message": message} for at, message in events]
    return logs.put_log_events(logGroupName=GROUP, logStreamName=stream, logEvents=events)


def groups_and_streams():
    put_missing = dict(logGroupName=GROUP, logStreamName="s", logEvents=[{"timestamp": now(), "message": "x"}])
    refused("ResourceNotFoundException", "log group does not exist.", sender.put_log_events, **put_missing)
    sender.create_log_group(logGroupName=GROUP, tags={"team": "logs"})
    refused("ResourceNotFoundException", "log stream does not exist.", sender.put_log_events, **put_missing)
    refused("ResourceAlreadyExistsException", "already exists", sender.create_log_group, logGroupName=GROUP)
    sender.create_log_stream(logGroupName=GROUP, logStreamName="s")
    sender.put_retention_policy(logGroupName=GROUP, retentionInDays=7)
    found = sender.describe_log_groups(logGroupNamePrefix=GROUP)["logGroups"]
    expect([(group["logGroupName"], group["retentionInDays"]) for group in found], [(GROUP, 7)], "the group")
    sender.tag_resource(resourceArn=found[0]["logGroupArn"], tags={"env": "test"})
    tags = sender.list_tags_for_resource(resourceArn=found[0]["logGroupArn"])["tags"]
    expect(tags, {"team": "logs", "env": "test"}, "the tags")


def puts_and_refusals():
    at = now()
    expect(put([(at, 'say "hi"\n\u00e9\U0001f600')]).get("rejectedLogEventsInfo"), None, "a plain put")
    refused("InvalidParameterException", "chronological order", put, events=[(at, "a"), (at - 1, "b")])
    refused("InvalidParameterException", "cannot span more than 24 hours", put, events=[(at - DAY - 1, "a"), (at, "b")])
    refused("InvalidParameterException", "Log event too large: 1048577 bytes", put, events=[(at, "x" * 1048551)])
    refused("InvalidParameterException", "Upload too large: 1048577 bytes", put, events=[(at, "x" * 524262), (at, "x" * 524263)])
    ages = [(at - 16 * DAY, "too old")] * 2 + [(at - 9 * DAY, "expired")] * 2 + [(at, "good")] * 2
    info = put(ages + [(at + 3 * DAY, "too new")] * 2)["rejectedLogEventsInfo"]
    wanted = {"tooOldLogEventEndIndex": 2, "expiredLogEventEndIndex": 4, "tooNewLogEventStartIndex": 6}
    expect(info, wanted, "events refused for their age")
    expect(put([(at - 16 * DAY, "old")])["rejectedLogEventsInfo"], {"tooOldLogEventEndIndex": 1}, "all are too old")


def reading():
    sender.create_log_stream(logGroupName=GROUP, logStreamName="read")
    start = now()
    for first in range(0, 10, 5):
        put([(start + number, f"event {number}") for number in range(first, first + 5)], stream="read")
    for direction, token_name in ((True, "nextForwardToken"), (False, "nextBackwardToken")):
        messages, token = [], None
        while True:
            more = {"nextToken": token} if token else {}
            page = sender.get_log_events(
                logGroupName=GROUP, logStreamName="read", startFromHead=direction, limit=4, **more
            )
            if page[token_name] == token:
                break
            texts = [event["message"] for event in page["events"]]
            messages, token = (messages + texts if direction else texts + messages), page[token_name]
        expect(messages, [f"event {number}" for number in range(10)], f"reading by {token_name}")
    paginator = sender.get_paginator("filter_log_events")
    found = [
        event["message"]
        for page in paginator.paginate(logGroupName=GROUP, filterPattern="event -3", PaginationConfig={"PageSize": 4})
        for event in page["events"]
    ]
    expect(found, [f"event {number}" for number in range(10) if number != 3], "filtered events")
    streams = sender.describe_log_streams(logGroupName=GROUP, logStreamNamePrefix="read")["logStreams"]
    expect([streams[0]["firstEventTimestamp"], streams[0]["lastEventTimestamp"]], [start, start + 9], "a stream's times")
    tried = sender.test_metric_filter(filterPattern="{ $.a = 1 }", logEventMessages=['{"a":1}', '{"a":2}'])["matches"]
    expect([match["eventNumber"] for match in tried], [1], "a tried pattern")
    refused(
        "InvalidParameterException", "Invalid character(s) in term '*'",
        sender.test_metric_filter, filterPattern="ERR*", logEventMessages=["x"],
    )


def records():
    found = []
    for shard in kinesis.list_shards(StreamName=STREAM)["Shards"]:
        iterator = kinesis.get_shard_iterator(
            StreamName=STREAM, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
        )["ShardIterator"]
        found += kinesis.get_records(ShardIterator=iterator)["Records"]
    return [(record["PartitionKey"], json.loads(gzip.decompress(record["Data"]))) for record in found]


def destination_of_the_recipient():
    role = f"arn:aws:iam::{RECIPIENT}:role/CWLtoKinesisRole"
    target = f"arn:aws:kinesis:{REGION}:{RECIPIENT}:stream/{STREAM}"
    make = dict(destinationName=DESTINATION, targetArn=target, roleArn=role)
    refused("InvalidParameterException", "Could not deliver test message", recipient.put_destination, **make)
    kinesis.create_stream(StreamName=STREAM, ShardCount=2)
    kinesis.get_waiter("stream_exists").wait(StreamName=STREAM, WaiterConfig={"Delay": 1, "MaxAttempts": 30})
    arn = recipient.put_destination(**make)["destination"]["arn"]
    key, control = records()[0]
    expect(key, hashlib.md5(b"CloudwatchLogs::").hexdigest(), "the control record's key")
    expect(control["messageType"], "CONTROL_MESSAGE", "the control record")
    listed = recipient.describe_destinations(DestinationNamePrefix=DESTINATION)["destinations"]
    expect([(one["arn"], "accessPolicy" in one) for one in listed], [(arn, False)], "the destination")
    return arn


def allow(arn, principal):
    statement = {"Effect": "Allow", "Principal": principal, "Action": "logs:PutSubscriptionFilter", "Resource": arn}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    recipient.put_destination_policy(destinationName=DESTINATION, accessPolicy=policy)


def subscription():
    arn = destination_of_the_recipient()
    subscribe = dict(
        logGroupName=GROUP, filterName="root", filterPattern="{$.userIdentity.type = Root}", destinationArn=arn
    )
    refused("AccessDeniedException", f"User with accountId: {SENDER}", sender.put_subscription_filter, **subscribe)
    refused("InvalidParameterException", "instead of account ID: *", allow, arn=arn, principal={"AWS": "*"})
    refused("InvalidParameterException", "parsing accessPolicy", allow, arn=arn, principal="*")
    allow(arn, {"AWS": [SENDER]})
    sender.put_subscription_filter(**subscribe)
    filters = sender.describe_subscription_filters(logGroupName=GROUP)["subscriptionFilters"]
    expect([(one["filterName"], one["distribution"]) for one in filters], [("root", "ByLogStream")], "the filter")

    sender.create_log_stream(logGroupName=GROUP, logStreamName="trail")
    at = now()
    root, user = ({"userIdentity": {"type": kind}, "text": 'a "b"\n\u00e9'} for kind in ("Root", "IAMUser"))
    put([(at, json.dumps(root)), (at, json.dumps(user)), (at + 1, json.dumps(root))], stream="trail")
    put([(at, json.dumps(user))], stream="trail")
    data = [record for record in records() if record[1]["messageType"] == "DATA_MESSAGE"]
    expect(len(data), 1, "one record for each put that matches")
    key, payload = data[0]
    expect(key, hashlib.md5(f"{SENDER}:{GROUP}:trail".encode()).hexdigest(), "the record's key")
    members = [payload[name] for name in ("owner", "logGroup", "logStream", "subscriptionFilters")]
    expect(members, [SENDER, GROUP, "trail", ["root"]], "the payload's members")
    events = [(event["timestamp"], event["message"], len(event["id"])) for event in payload["logEvents"]]
    expect(events, [(at, json.dumps(root), 56), (at + 1, json.dumps(root), 56)], "the payload's events")


def undoing():
    sender.delete_subscription_filter(logGroupName=GROUP, filterName="root")
    refused(
        "ResourceNotFoundException", "subscription filter does not exist",
        sender.delete_subscription_filter, logGroupName=GROUP, filterName="root",
    )
    recipient.delete_destination(destinationName=DESTINATION)
    sender.delete_log_stream(logGroupName=GROUP, logStreamName="trail")
    sender.delete_log_group(logGroupName=GROUP)
    expect(sender.describe_log_groups(logGroupNamePrefix=GROUP)["logGroups"], [], "the groups that are left")


for check in (groups_and_streams, puts_and_refusals, reading, subscription, undoing):
    check()
