"""Clients of AWS without a region: those of most services refuse to be made (tried with boto3 1.44)."""

from __future__ import annotations

from collections.abc import Mapping

from configvars.runs.starting.machine import Machine
from configvars.runs.starting.values import Module, Value, argument, text_of
from configvars.syntax.python import Node

_MAKING = frozenset(
    {"boto3.client", "boto3.resource", "boto3.Session().client", "boto3.session.Session().client"}
)
_OF_SESSION = "AWS_DEFAULT_REGION"
# Services with an endpoint in each region only; S3 and IAM, among others, need no region.
_REGIONAL = frozenset(
    {
        *("athena", "bedrock-runtime", "cognito-idp", "comprehend", "dynamodb", "ec2", "ecs", "events"),
        *("firehose", "glue", "kinesis", "kms", "lambda", "logs", "polly", "rds", "rekognition"),
        *("secretsmanager", "ses", "sesv2", "sns", "sqs", "ssm", "stepfunctions", "textract", "translate"),
    }
)


def lacks_region(
    machine: Machine,
    module: Module,
    node: Node,
    path: str,
    positional: list[Value],
    named_ones: Mapping[str, Value],
) -> None:
    """Note that boto3 finds no region: the argument is None, and the variable that boto3 reads is not set."""
    if path not in _MAKING or not positional or text_of(positional[0]) not in _REGIONAL:
        return
    region = argument(positional, named_ones, "region_name", 1)
    reads = machine.none_without(region) if region is not None else frozenset()
    if reads and machine.is_unset(module, node, _OF_SESSION, reads):
        machine.fail(module, node, reads)
