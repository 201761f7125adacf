"""Two accounts share logs over the emulator: boto3 and the aws command line are each of them once.

EMULATOR_ENDPOINT is where `tailrace emulate` listens, TAILRACE_AWS the aws command line. Ends with 1 at the first thing
that is not as AWS has it.
"""

import base64
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ENDPOINT = os.environ["EMULATOR_ENDPOINT"]
AWS = os.environ["TAILRACE_AWS"]
SENDER, RECIPIENT, STRANGER = "111111111111", "999999999999", "222222222222"
REGION = "us-east-1"
GROUP, LOG_STREAM, STREAM, DESTINATION = "/app/web", "s1", "RecipientStream", "testDestination"
DESTINATION_ARN = f"arn:aws:logs:{REGION}:{RECIPIENT}:destination:{DESTINATION}"
STREAM_ARN = f"arn:aws:kinesis:{REGION}:{RECIPIENT}:stream/{STREAM}"
ROLE = f"arn:aws:iam::{RECIPIENT}:role/CWLtoKinesisRole"
PATTERN = "{$.userIdentity.type = Root}"


def keys(account):
    return {"AWS_ACCESS_KEY_ID": "AKIAEMUL" + account, "AWS_SECRET_ACCESS_KEY": "secret-" + account}


def client(service, account):
    return boto3.client(
        service,
        region_name=REGION,
        endpoint_url=ENDPOINT,
        aws_access_key_id=keys(account)["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=keys(account)["AWS_SECRET_ACCESS_KEY"],
        config=Config(retries={"total_max_attempts": 1}),
    )


def run(account, *arguments):
    environment = dict(
        os.environ,
        **keys(account),
        AWS_DEFAULT_REGION=REGION,
        AWS_CONFIG_FILE=os.devnull,
        AWS_SHARED_CREDENTIALS_FILE=os.devnull,
        AWS_EC2_METADATA_DISABLED="true",
        AWS_PAGER="",
    )
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_REGION"):
        environment.pop(name, None)
    command = [AWS, "--endpoint-url", ENDPOINT, "--output", "json", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)


def cli(account, *arguments):
    done = run(account, *arguments)
    if done.returncode != 0:
        sys.exit(f"aws {' '.join(arguments)}: {done.stderr}")
    return json.loads(done.stdout) if done.stdout.strip() else None


def expect(found, wanted, what):
    if found != wanted:
        sys.exit(f"{what}: found {found!r}, wanted {wanted!r}")


def payload(data):
    return json.loads(gzip.decompress(data))


def event(kind, number):
    return json.dumps({"number": number, "userIdentity": {"type": kind}, "text": 'says "hi" \\ \n\x01 \U0001f600'})


def texts(events):
    return [(one["timestamp"], one["message"]) for one in events]


def recipient_opens(policy_of):
    """With the command line: the stream, the destination, and for which account it is."""
    cli(RECIPIENT, "kinesis", "create-stream", "--stream-name", STREAM, "--shard-count", "2")
    cli(RECIPIENT, "kinesis", "wait", "stream-exists", "--stream-name", STREAM)
    made = cli(
        RECIPIENT, "logs", "put-destination",
        "--destination-name", DESTINATION, "--target-arn", STREAM_ARN, "--role-arn", ROLE,
    )
    expect(made["destination"]["arn"], DESTINATION_ARN, "the destination's ARN")
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": policy_of},
        "Action": "logs:PutSubscriptionFilter",
        "Resource": DESTINATION_ARN,
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    cli(RECIPIENT, "logs", "put-destination-policy", "--destination-name", DESTINATION, "--access-policy", policy)


def subscribe(account):
    logs = client("logs", account)
    logs.create_log_group(logGroupName=GROUP)
    logs.create_log_stream(logGroupName=GROUP, logStreamName=LOG_STREAM)
    logs.put_subscription_filter(
        logGroupName=GROUP, filterName="root", filterPattern=PATTERN, destinationArn=DESTINATION_ARN
    )
    return logs


def senders_subscribe():
    """With boto3: the account that the policy names may, another may not, the command line agrees."""
    subscribe(SENDER)
    try:
        subscribe(STRANGER)
        sys.exit("an account that the policy does not name could subscribe")
    except ClientError as error:
        expect(error.response["Error"]["Code"], "AccessDeniedException", "the stranger's refusal")
    done = run(
        STRANGER, "logs", "put-subscription-filter", "--log-group-name", GROUP, "--filter-name", "root",
        "--filter-pattern", "", "--destination-arn", DESTINATION_ARN,
    )
    expect(done.returncode != 0 and "AccessDeniedException" in done.stderr, True, f"the stranger's command: {done}")
    listed = cli(SENDER, "logs", "describe-subscription-filters", "--log-group-name", GROUP)["subscriptionFilters"]
    expect([(one["filterName"], one["filterPattern"]) for one in listed], [("root", PATTERN)], "the filter")


def senders_write():
    """One call with boto3, one with the command line."""
    place = ("--log-group-name", GROUP, "--log-stream-name", LOG_STREAM)
    at = int(time.time() * 1000)
    first = [{"timestamp": at, "message": event(kind, n)} for n, kind in enumerate(("Root", "IAMUser", "Root"))]
    second = [{"timestamp": at + 1, "message": event(kind, n)} for n, kind in enumerate(("IAMUser", "Root"), 3)]
    client("logs", SENDER).put_log_events(logGroupName=GROUP, logStreamName=LOG_STREAM, logEvents=first)
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(second, file)
        file.flush()
        cli(SENDER, "logs", "put-log-events", *place, "--log-events", "file://" + file.name)
    kept = cli(SENDER, "logs", "get-log-events", *place, "--start-from-head")["events"]
    expect(texts(kept), texts(first + second), "what the sender keeps")
    return [[first[0], first[2]], [second[1]]]


def records_by_boto3():
    kinesis = client("kinesis", RECIPIENT)
    found = []
    for shard in kinesis.list_shards(StreamName=STREAM)["Shards"]:
        start = dict(StreamName=STREAM, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON")
        iterator = kinesis.get_shard_iterator(**start)["ShardIterator"]
        page = kinesis.get_records(ShardIterator=iterator)
        found += [(one["SequenceNumber"], one["Data"]) for one in page["Records"]]
    return found


def records_by_cli():
    found = []
    for shard in cli(RECIPIENT, "kinesis", "list-shards", "--stream-name", STREAM)["Shards"]:
        start = ("--shard-id", shard["ShardId"], "--shard-iterator-type", "TRIM_HORIZON")
        iterator = cli(RECIPIENT, "kinesis", "get-shard-iterator", "--stream-name", STREAM, *start)["ShardIterator"]
        page = cli(RECIPIENT, "kinesis", "get-records", "--shard-iterator", iterator)
        found += [(one["SequenceNumber"], base64.b64decode(one["Data"])) for one in page["Records"]]
    return found


def recipient_reads(calls):
    records = records_by_boto3()
    expect(records_by_cli(), records, "the command line's records and boto3's")
    payloads = [payload(data) for _, data in records]
    data = [one for one in payloads if one["messageType"] == "DATA_MESSAGE"]
    expect(len(payloads) - len(data), 1, "control messages: one of PutDestination")
    for one in data:
        members = [one[name] for name in ("owner", "logGroup", "logStream", "subscriptionFilters")]
        expect(members, [SENDER, GROUP, LOG_STREAM, ["root"]], "the members of a payload")
    expect([texts(one["logEvents"]) for one in data], [texts(call) for call in calls], "the events of each call")


recipient_opens(policy_of=SENDER)
senders_subscribe()
recipient_reads(senders_write())
