"""What the Python checks share: where the emulator is and how a truth is told."""

import os
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ENDPOINT = os.environ["EMULATOR_ENDPOINT"]
ACCOUNT = "111111111111"


def client(service, account=ACCOUNT, region="us-east-1", secret=None):
    return boto3.client(
        service,
        region_name=region,
        endpoint_url=ENDPOINT,
        aws_access_key_id="AKIAEMUL" + account,
        aws_secret_access_key=secret or "secret-" + account,
        config=Config(retries={"total_max_attempts": 1}),
    )


def expect(truth, what):
    if not truth:
        sys.exit(f"not true: {what}")


def refused(code, call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        found = error.response["Error"]["Code"]
        expect(found == code, f"{call.__name__} is refused with {code}, not {found}")
        return error.response
    sys.exit(f"not refused: {call.__name__} {arguments}")
