"""boto3 makes a world in moto and writes events: `begin` makes all of it and writes, `more` only writes.

A user with keys of its own is made first, and from then on moto checks every signature.
"""

import json
import random
import sys
import time
import urllib.request

from moto_world import CREDENTIALS, ENDPOINT, STREAM, TARGET_REGION, WRITTEN, client, written

SHARED = {"/app/web": ["s1", "2026/11/25/[$LATEST]0123abcd"], "/aws/cloudtrail/organization": ["o-1/trail_eu"]}
UNSHARED = {"/app/private": ["s1"]}
ROLE = "arn:aws:iam::123456789012:role/CWLtoKinesisRole"
ALL = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
CALLS, EVENTS_OF_A_CALL = 4, 20
SPECIAL = [
    'says "hi" and "\\"bye\\""',
    "back\\slash \\\\ \\u0041 \\n",
    "".join(chr(code) for code in range(1, 0x20)) + "\x7f\x85\u2028\u2029\ufeff",
    "nul \x00 within",
    "emoji \U0001f600 \U0001f468\u200d\U0001f469\u200d\U0001f467 \u00e9 \u4e2d\u6587 \U0010ffff",
    "half a pair \ud83d alone \udc00",
    json.dumps({"userIdentity": {"type": "Root"}, "text": 'a "b"\n\u00e9', "list": [1, 2.5, None]}),
    "\n",
    " ",
    "trailing newline\r\n",
    "{",
]


def wait_for_moto():
    for _ in range(600):
        try:
            return urllib.request.urlopen(ENDPOINT + "/moto-api/data.json", timeout=5).read()
        except OSError:
            time.sleep(0.1)
    sys.exit("moto did not answer within a minute")


def make_user():
    iam = client("iam", keys={"AccessKeyId": "anyone", "SecretAccessKey": "anything"})
    iam.create_user(UserName="tailrace")
    iam.put_user_policy(UserName="tailrace", PolicyName="all", PolicyDocument=json.dumps(ALL))
    keys = iam.create_access_key(UserName="tailrace")["AccessKey"]
    CREDENTIALS.write_text(json.dumps({name: keys[name] for name in ("AccessKeyId", "SecretAccessKey")}))
    # No call passes unchecked from now on. As a form, urllib's default, moto would not see the number.
    reset = urllib.request.Request(ENDPOINT + "/moto-api/reset-auth", b"0", {"Content-Type": "text/plain"})
    urllib.request.urlopen(reset, timeout=60).read()


def make_stream_and_groups():
    kinesis, logs = client("kinesis"), client("logs")
    kinesis.create_stream(StreamName=STREAM, ShardCount=2)
    arn = kinesis.describe_stream_summary(StreamName=STREAM)["StreamDescriptionSummary"]["StreamARN"]
    for group, streams in (SHARED | UNSHARED).items():
        logs.create_log_group(logGroupName=group)
        for stream in streams:
            logs.create_log_stream(logGroupName=group, logStreamName=stream)
    for group in SHARED:
        logs.put_subscription_filter(
            logGroupName=group, filterName="all", filterPattern="", destinationArn=arn, roleArn=ROLE
        )
    # A group that is there already, and one that is not, must both do.
    client("logs", TARGET_REGION).create_log_group(logGroupName="/central/123456789012/app/web")


def message(number, chance):
    """Different for every number, so that an event that came twice or not at all is seen."""
    kind = number % 3
    if kind == 0:
        return f"{number} {chance.choice(SPECIAL)}"
    if kind == 1:
        return f"{number} " + "".join(chance.choices('abc "\\\n\t{}\u00e9\U0001f600', k=chance.randrange(400)))
    return json.dumps({"number": number, "text": chance.choice(SPECIAL)}, ensure_ascii=chance.random() < 0.5)


def write(numbers):
    logs, chance, calls = client("logs"), random.Random(numbers.start), written()
    numbers = iter(numbers)
    for call in range(CALLS):
        for group, streams in (SHARED | UNSHARED).items():
            for stream in streams:
                at = int(time.time() * 1000)
                events = [[at + index // 3, message(next(numbers), chance)] for index in range(EVENTS_OF_A_CALL)]
                if call == 1:
                    # As long as CloudWatch Logs takes with the others; half of it doubles its size when escaped.
                    events[-1][1] += 'x"' * 300_000
                put = [{"timestamp": timestamp, "message": text} for timestamp, text in events]
                reply = logs.put_log_events(logGroupName=group, logStreamName=stream, logEvents=put)
                if reply.get("rejectedLogEventsInfo"):
                    sys.exit(f"moto rejected events: {reply['rejectedLogEventsInfo']}")
                if group in SHARED:
                    calls.append({"group": group, "stream": stream, "events": events})
    WRITTEN.write_text(json.dumps(calls))


if sys.argv[1] == "begin":
    wait_for_moto()
    make_user()
    make_stream_and_groups()
    write(range(0, 1000))
else:
    write(range(1000, 2000))
