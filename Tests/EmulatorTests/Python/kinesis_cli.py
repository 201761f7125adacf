"""The aws command line, which TAILRACE_AWS names, makes a stream, writes a record and reads it."""

import base64
import json
import os
import subprocess
import tempfile

from check import ACCOUNT, ENDPOINT, expect


def aws(*arguments):
    environment = dict(
        os.environ,
        AWS_ACCESS_KEY_ID="AKIAEMUL" + ACCOUNT,
        AWS_SECRET_ACCESS_KEY="secret-" + ACCOUNT,
        AWS_DEFAULT_REGION="us-east-1",
        AWS_CONFIG_FILE=os.devnull,
        AWS_SHARED_CREDENTIALS_FILE=os.devnull,
        AWS_EC2_METADATA_DISABLED="true",
        AWS_PAGER="",
    )
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN"):
        environment.pop(name, None)
    command = [os.environ["TAILRACE_AWS"], "--endpoint-url", ENDPOINT, "--output", "json", *arguments]
    text = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, timeout=120).stdout
    return json.loads(text) if text.strip() else None


expect(aws("sts", "get-caller-identity")["Account"] == ACCOUNT, "the command line is who it says")
aws("kinesis", "create-stream", "--stream-name", "cli", "--shard-count", "1")
payload = b"from the command line\x00\xff"
with tempfile.NamedTemporaryFile() as file:
    # Versions 1 and 2 read --data differently, but fileb:// alike.
    file.write(payload)
    file.flush()
    put = aws("kinesis", "put-record", "--stream-name", "cli", "--partition-key", "k", "--data", "fileb://" + file.name)
shard = ("--shard-id", put["ShardId"])
iterator = aws(
    "kinesis", "get-shard-iterator", "--stream-name", "cli", *shard, "--shard-iterator-type", "TRIM_HORIZON"
)["ShardIterator"]
page = aws("kinesis", "get-records", "--shard-iterator", iterator)
expect([record["SequenceNumber"] for record in page["Records"]] == [put["SequenceNumber"]], "one record is there")
expect(base64.b64decode(page["Records"][0]["Data"]) == payload, "with its bytes")
expect(page["MillisBehindLatest"] == 0 and page["NextShardIterator"], "and the tip is reached")
