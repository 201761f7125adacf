"""boto3 makes a stream, writes, reads, splits, merges and reads the children."""

from datetime import datetime, timedelta, timezone

from check import ACCOUNT, client, expect, refused

kinesis = client("kinesis")


def read(shard, **start):
    start = start or {"ShardIteratorType": "TRIM_HORIZON"}
    iterator = kinesis.get_shard_iterator(StreamName="s", ShardId=shard, **start)["ShardIterator"]
    records, children = [], []
    while iterator:
        page = kinesis.get_records(ShardIterator=iterator, Limit=2)
        records += page["Records"]
        iterator = page.get("NextShardIterator")
        children = page.get("ChildShards", [])
        if not page["Records"] and page["MillisBehindLatest"] == 0:
            break
    return records, children


def texts(shard, **start):
    return [record["Data"].decode() for record in read(shard, **start)[0]]


def shard_id(number):
    return f"shardId-{number:012d}"


expect(client("sts").get_caller_identity()["Account"] == ACCOUNT, "STS knows the account")

before = datetime.now(timezone.utc) - timedelta(seconds=2)
kinesis.create_stream(StreamName="s", ShardCount=1, Tags={"Team": "logs", "env": "test"})
kinesis.get_waiter("stream_exists").wait(StreamName="s", WaiterConfig={"Delay": 1, "MaxAttempts": 5})
summary = kinesis.describe_stream_summary(StreamName="s")["StreamDescriptionSummary"]
expect(summary["StreamStatus"] == "ACTIVE" and summary["OpenShardCount"] == 1, "the stream is there")
expect(summary["StreamCreationTimestamp"] > before, "it was made just now")
tags = {tag["Key"]: tag["Value"] for tag in kinesis.list_tags_for_stream(StreamName="s")["Tags"]}
expect(tags == {"Team": "logs", "env": "test"}, "tags keep their case")

put = kinesis.put_record(StreamName="s", Data=b"a", PartitionKey="k")
expect(put["ShardId"] == shard_id(0) and len(put["SequenceNumber"]) == 56, "a record has its place")
more = kinesis.put_records(
    StreamARN=summary["StreamARN"],
    Records=[{"Data": text.encode(), "PartitionKey": text} for text in ("b", "c", "d")],
)
expect(more["FailedRecordCount"] == 0 and len(more["Records"]) == 3, "three more are written")

records, _ = read(shard_id(0))
expect([record["Data"] for record in records] == [b"a", b"b", b"c", b"d"], "all come back in order")
expect(records[1]["PartitionKey"] == "b", "with their keys")
expect(records[0]["ApproximateArrivalTimestamp"] > before, "and when they came")
numbers = [record["SequenceNumber"] for record in records]
expect(numbers == sorted(numbers, key=int) and numbers[0] == put["SequenceNumber"], "numbers grow")
second = {"StartingSequenceNumber": numbers[1]}
expect(texts(shard_id(0), ShardIteratorType="AT_SEQUENCE_NUMBER", **second) == ["b", "c", "d"], "at")
expect(texts(shard_id(0), ShardIteratorType="AFTER_SEQUENCE_NUMBER", **second) == ["c", "d"], "after")
expect(texts(shard_id(0), ShardIteratorType="AT_TIMESTAMP", Timestamp=before) == ["a", "b", "c", "d"], "at a time")
expect(texts(shard_id(0), ShardIteratorType="LATEST") == [], "latest")

kinesis.split_shard(StreamName="s", ShardToSplit=shard_id(0), NewStartingHashKey=str(2**127))
kinesis.put_record(StreamName="s", Data=b"low", PartitionKey="k", ExplicitHashKey="0")
kinesis.put_record(StreamName="s", Data=b"high", PartitionKey="k", ExplicitHashKey=str(2**128 - 1))
records, children = read(shard_id(0))
expect(len(records) == 4, "the parent keeps its records")
expect([child["ShardId"] for child in children] == [shard_id(1), shard_id(2)], "and names its children")
expect(children[0]["ParentShards"] == [shard_id(0)], "which name it")
expect(texts(shard_id(1)) == ["low"] and texts(shard_id(2)) == ["high"], "they have the new records")

kinesis.merge_shards(StreamName="s", ShardToMerge=shard_id(1), AdjacentShardToMerge=shard_id(2))
shards = kinesis.list_shards(StreamName="s")["Shards"]
expect(shards[3]["ParentShardId"] == shard_id(1), "the merged shard names one parent")
expect(shards[3]["AdjacentParentShardId"] == shard_id(2), "and the other")
expect("EndingSequenceNumber" in shards[1]["SequenceNumberRange"], "the parents are closed")

kinesis.update_shard_count(StreamName="s", TargetShardCount=2, ScalingType="UNIFORM_SCALING")
open_now = kinesis.list_shards(StreamName="s", ShardFilter={"Type": "AT_LATEST"})["Shards"]
expect(len(open_now) == 2, "two shards are open")
first = kinesis.list_shards(StreamName="s", MaxResults=4)
rest = kinesis.list_shards(NextToken=first["NextToken"])["Shards"]
expect(len(first["Shards"]) == 4 and len(rest) == 2, "listing goes on by the token")

refused("InvalidArgumentException", kinesis.list_shards, StreamName="s", NextToken=first["NextToken"])
refused("ResourceNotFoundException", kinesis.describe_stream_summary, StreamName="none")
refused("ResourceInUseException", kinesis.create_stream, StreamName="s", ShardCount=1)
refused("InvalidArgumentException", kinesis.get_records, ShardIterator="x")
refused("AccessDeniedException", client("kinesis", "222222222222").list_shards, StreamARN=summary["StreamARN"])
refused("InvalidSignatureException", client("kinesis", secret="wrong").list_streams)
refused("SignatureDoesNotMatch", client("sts", secret="wrong").get_caller_identity)
response = refused("ResourceNotFoundException", client("kinesis", region="eu-west-1").list_shards, StreamName="s")
expect(response["ResponseMetadata"]["RequestId"], "a refusal has a request id")

kinesis.delete_stream(StreamName="s")
kinesis.get_waiter("stream_not_exists").wait(StreamName="s", WaiterConfig={"Delay": 1, "MaxAttempts": 5})
expect(kinesis.list_streams()["StreamNames"] == [], "the stream is gone")
