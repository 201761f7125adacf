"""boto3 against the emulator's IAM and STS: roles, policies, pages, assumed roles.

It exits with 1 at the first thing that is not as AWS has it.
"""

import json

import boto3
from botocore.config import Config
from check import ENDPOINT, client, expect, refused

RECIPIENT, SENDER = "999999999999", "111111111111"
TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"AWS": SENDER},
            "Action": "sts:AssumeRole",
            "Condition": {"StringEquals": {"sts:ExternalId": "tail+race/1"}},
        }
    ],
}
PERMISSIONS = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": ["kinesis:List*"], "Resource": "*"}],
}

iam = client("iam", RECIPIENT)
refused("NoSuchEntity", iam.get_role, RoleName="Reader")
refused("MalformedPolicyDocument", iam.create_role, RoleName="Reader", AssumeRolePolicyDocument="{}")
made = iam.create_role(
    RoleName="Reader",
    AssumeRolePolicyDocument=json.dumps(TRUST),
    Description="reads & writes",
    Tags=[{"Key": "made by", "Value": "a+b=c"}, {"Key": "é", "Value": ""}],
)["Role"]
expect(made["Arn"] == "arn:aws:iam::999999999999:role/Reader", "the role's ARN")
refused("EntityAlreadyExists", iam.create_role, RoleName="Reader", AssumeRolePolicyDocument=json.dumps(TRUST))
shown = iam.get_role(RoleName="Reader")["Role"]
expect(shown == made, "GetRole shows what CreateRole made")
expect(shown["AssumeRolePolicyDocument"] == TRUST, "the trust policy")
expect(shown["Description"] == "reads & writes", "the description")
expect(shown["Tags"] == [{"Key": "made by", "Value": "a+b=c"}, {"Key": "é", "Value": ""}], "the tags")
iam.tag_role(RoleName="Reader", Tags=[{"Key": "é", "Value": "1"}])
expect(iam.list_role_tags(RoleName="Reader")["Tags"][1]["Value"] == "1", "a tag is replaced")

names = [f"P{number}" for number in range(5)]
for name in names:
    iam.put_role_policy(RoleName="Reader", PolicyName=name, PolicyDocument=json.dumps(PERMISSIONS))
pages = list(iam.get_paginator("list_role_policies").paginate(RoleName="Reader", PaginationConfig={"PageSize": 2}))
expect([page["PolicyNames"] for page in pages] == [names[:2], names[2:4], names[4:]], "pages of policies")
policy = iam.get_role_policy(RoleName="Reader", PolicyName="P0")
expect(policy["PolicyDocument"] == PERMISSIONS, "an inline policy")
managed = iam.create_policy(PolicyName="M", PolicyDocument=json.dumps(PERMISSIONS))["Policy"]["Arn"]
iam.attach_role_policy(RoleName="Reader", PolicyArn=managed)
attached = iam.list_attached_role_policies(RoleName="Reader")["AttachedPolicies"]
expect(attached == [{"PolicyName": "M", "PolicyArn": managed}], "an attached policy")
version = iam.get_policy(PolicyArn=managed)["Policy"]["DefaultVersionId"]
document = iam.get_policy_version(PolicyArn=managed, VersionId=version)["PolicyVersion"]["Document"]
expect(document == PERMISSIONS, "a managed policy")
refused("DeleteConflict", iam.delete_role, RoleName="Reader")

sts = client("sts", SENDER)
ask = {"RoleArn": made["Arn"], "RoleSessionName": "me"}
refused("AccessDenied", sts.assume_role, **ask)
reply = sts.assume_role(**ask, ExternalId="tail+race/1")
key = reply["Credentials"]
expect(reply["AssumedRoleUser"]["AssumedRoleId"] == made["RoleId"] + ":me", "the session's id")


def session(service):
    return boto3.client(
        service,
        region_name="us-east-1",
        endpoint_url=ENDPOINT,
        aws_access_key_id=key["AccessKeyId"],
        aws_secret_access_key=key["SecretAccessKey"],
        aws_session_token=key["SessionToken"],
        config=Config(retries={"total_max_attempts": 1}),
    )


who = session("sts").get_caller_identity()
expect(who["Arn"] == "arn:aws:sts::999999999999:assumed-role/Reader/me", "who the session is")
expect(session("kinesis").list_streams()["StreamNames"] == [], "what the session may")
refused("AccessDeniedException", session("kinesis").delete_stream, StreamName="s")
refused("AccessDenied", session("iam").get_role, RoleName="Reader")

for name in names:
    iam.delete_role_policy(RoleName="Reader", PolicyName=name)
iam.detach_role_policy(RoleName="Reader", PolicyArn=managed)
iam.delete_role(RoleName="Reader")
refused("NoSuchEntity", iam.get_role, RoleName="Reader")
