"""boto3 sets a recipient and a sender up: a stream with a key, an organization's destination, an account policy."""

import gzip
import json
import time

from check import ACCOUNT, client, expect, refused

RECIPIENT = "999999999999"
kinesis, kms = client("kinesis", RECIPIENT), client("kms", RECIPIENT)
recipient, sender = client("logs", RECIPIENT), client("logs")

# A stream, encrypted.
kinesis.create_stream(StreamName="setup", ShardCount=1, Tags={"made-by": "check"})
key = kms.create_key(Description="for logs")["KeyMetadata"]
expect(key["KeyState"] == "Enabled" and key["AWSAccountId"] == RECIPIENT, "a key is made")
expect(kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]["Arn"] == key["Arn"], "and found by its id")
expect(kms.describe_key(KeyId="alias/aws/kinesis")["KeyMetadata"]["KeyManager"] == "AWS", "Kinesis has its own")
refused("NotFoundException", kms.describe_key, KeyId="alias/none")
refused(
    "KMSNotFoundException", kinesis.start_stream_encryption, StreamName="setup", EncryptionType="KMS", KeyId="none"
)
kinesis.start_stream_encryption(StreamName="setup", EncryptionType="KMS", KeyId=key["Arn"])
summary = kinesis.describe_stream_summary(StreamName="setup")["StreamDescriptionSummary"]
expect((summary["EncryptionType"], summary["KeyId"]) == ("KMS", key["Arn"]), "the stream is encrypted")
expect(summary["ConsumerCount"] == 0, "nobody reads it by fan-out")
stream = summary["StreamARN"]
kinesis.increase_stream_retention_period(StreamName="setup", RetentionPeriodHours=48)
kinesis.decrease_stream_retention_period(StreamName="setup", RetentionPeriodHours=30)
kinesis.tag_resource(ResourceARN=stream, Tags={"more": "1"})
kinesis.remove_tags_from_stream(StreamName="setup", TagKeys=["more"])
tags = kinesis.list_tags_for_resource(ResourceARN=stream)["Tags"]
expect(tags == [{"Key": "made-by", "Value": "check"}], "its tags are those that are left")

# A destination for the organization.
organization = client("organizations").describe_organization()["Organization"]["Id"]
refused("AWSOrganizationsNotInUseException", client("organizations", RECIPIENT).describe_organization)
role = f"arn:aws:iam::{RECIPIENT}:role/CWLtoKinesisRole"
destination = dict(destinationName="setup", targetArn=stream, roleArn=role)
kms.disable_key(KeyId=key["KeyId"])
refused("InvalidParameterException", recipient.put_destination, **destination)
kms.enable_key(KeyId=key["KeyId"])
arn = recipient.put_destination(**destination)["destination"]["arn"]
statement = {
    "Effect": "Allow",
    "Principal": "*",
    "Action": ["logs:PutSubscriptionFilter", "logs:PutAccountPolicy"],
    "Resource": arn,
    "Condition": {"StringEquals": {"aws:PrincipalOrgID": [organization]}},
}
policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
recipient.put_destination_policy(destinationName="setup", accessPolicy=policy)

# The sender's whole account.
document = {"DestinationArn": arn, "FilterPattern": "", "Distribution": "Random"}
account_policy = dict(
    policyName="all",
    policyType="SUBSCRIPTION_FILTER_POLICY",
    scope="ALL",
    selectionCriteria='LogGroupName NOT IN ["/setup/left"]',
)
refused(
    "InvalidParameterException", sender.put_account_policy, policyDocument=json.dumps(document), **account_policy
)
document["RoleArn"] = f"arn:aws:iam::{ACCOUNT}:role/CWLtoSubscriptionFilterRole"
sender.put_account_policy(policyDocument=json.dumps(document), **account_policy)
second = dict(account_policy, policyName="second")
refused("LimitExceededException", sender.put_account_policy, policyDocument=json.dumps(document), **second)
found = sender.describe_account_policies(policyType="SUBSCRIPTION_FILTER_POLICY")["accountPolicies"]
expect([(one["policyName"], one["accountId"]) for one in found] == [("all", ACCOUNT)], "one policy is there")
expect(json.loads(found[0]["policyDocument"]) == document, "with its document")
for group in ("/setup/kept", "/setup/left"):
    sender.create_log_group(logGroupName=group, tags={"a": "1", "b": "2"})
    sender.create_log_stream(logGroupName=group, logStreamName="s")
    event = {"timestamp": int(time.time() * 1000), "message": group}
    sender.put_log_events(logGroupName=group, logStreamName="s", logEvents=[event])
group_arn = f"arn:aws:logs:us-east-1:{ACCOUNT}:log-group:/setup/kept"
sender.untag_resource(resourceArn=group_arn, tagKeys=["a"])
expect(sender.list_tags_for_resource(resourceArn=group_arn)["tags"] == {"b": "2"}, "a group's tag is gone")


def records():
    shard = kinesis.list_shards(StreamName="setup")["Shards"][0]["ShardId"]
    iterator = kinesis.get_shard_iterator(StreamName="setup", ShardId=shard, ShardIteratorType="TRIM_HORIZON")
    return kinesis.get_records(ShardIterator=iterator["ShardIterator"])["Records"]


expect(all(record["EncryptionType"] == "KMS" for record in records()), "the records are encrypted")
payloads = [json.loads(gzip.decompress(record["Data"])) for record in records()]
data = [payload for payload in payloads if payload["messageType"] == "DATA_MESSAGE"]
expect([(one["logGroup"], one["subscriptionFilters"]) for one in data] == [("/setup/kept", ["all"])], "one group is sent")

kms.schedule_key_deletion(KeyId=key["KeyId"], PendingWindowInDays=7)
iterator = kinesis.get_shard_iterator(
    StreamName="setup", ShardId="shardId-000000000000", ShardIteratorType="TRIM_HORIZON"
)["ShardIterator"]
refused("KMSInvalidStateException", kinesis.get_records, ShardIterator=iterator)
kms.cancel_key_deletion(KeyId=key["KeyId"])
refused("KMSDisabledException", kinesis.get_records, ShardIterator=iterator)
kinesis.stop_stream_encryption(StreamName="setup", EncryptionType="KMS", KeyId=key["Arn"])

# And back.
sender.delete_account_policy(policyName="all", policyType="SUBSCRIPTION_FILTER_POLICY")
refused(
    "ResourceNotFoundException", sender.delete_account_policy, policyName="all", policyType="SUBSCRIPTION_FILTER_POLICY"
)
recipient.delete_destination(destinationName="setup")
kinesis.delete_stream(StreamName="setup", EnforceConsumerDeletion=True)
