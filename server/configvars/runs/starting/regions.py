"""Clients of AWS without a region: those of most services refuse to be made (tried with boto3 1.44)."""

from __future__ import annotations

import os

from configvars.patterns import lazy_pattern
from configvars.project import Project
from configvars.runs.givers import is_test
from configvars.runs.starting.call import Call
from configvars.runs.starting.machine import Machine
from configvars.runs.starting.values import NO_READS, Read, Reads, text_of
from configvars.runs.working_folders import has_words

_MAKING = frozenset(
    {"boto3.client", "boto3.resource", "boto3.Session().client", "boto3.session.Session().client"}
)
_OF_MODULE = frozenset({"boto3.client", "boto3.resource"})
_USES = lazy_pattern(r"\bboto3\.(?:client|resource)\(")
_SETS_UP = lazy_pattern(r"\baws\b")
# Scripts that may write the configuration of AWS, and variables that name another one.
_FILES = (".profile", "Procfile", "bin/pre_compile", "bin/post_compile")
_NAMING = ("AWS_CONFIG_FILE", "AWS_PROFILE", "AWS_DEFAULT_PROFILE")
_OF_SESSION = "AWS_DEFAULT_REGION"
# Services with an endpoint in each region only; S3 and IAM, among others, need no region.
_REGIONAL = frozenset(
    {
        *("athena", "bedrock-runtime", "cognito-idp", "comprehend", "dynamodb", "ec2", "ecs", "events"),
        *("firehose", "glue", "kinesis", "kms", "lambda", "logs", "polly", "rds", "rekognition"),
        *("secretsmanager", "ses", "sesv2", "sns", "sqs", "ssm", "stepfunctions", "textract", "translate"),
    }
)


def lacks_region(machine: Machine, call: Call) -> None:
    """Note that boto3 finds no region: the argument is None, and the variable that boto3 reads is not set."""
    if call.path not in _MAKING or text_of(call.first) not in _REGIONAL:
        return
    region = call.argument("region_name", 1)
    if region is None:
        reads = _of_boto(machine, call) if call.path in _OF_MODULE else NO_READS
    else:
        reads = machine.none_without(region)
    if reads and machine.is_unset(call.module, call.node, _OF_SESSION, reads):
        machine.fail(call.module, call.node, reads)


def _of_boto(machine: Machine, call: Call) -> Reads:
    """The variable that boto3 reads, unless the code or a file may give it a region in another way."""
    project, path = machine.project, call.module.path
    span = call.module.tree.span(call.node)
    files = (os.path.join(project.root, name) for name in _FILES)
    is_elsewhere = (
        "config" in call.named
        or has_words(project, "setup_default_session")
        or any(_SETS_UP.search(project.text_of(each) or "") for each in files)
        or project.has_file(os.path.join(project.root, ".aws", "config"))
    )
    if is_elsewhere or not all(machine.environment.is_unset(path, span, name) for name in _NAMING):
        return NO_READS
    read = Read(path, span, _OF_SESSION)
    machine.environment.note_unset(read)
    return frozenset({read})


def may_lack_region(project: Project, path: str) -> bool:
    """Whether a Python file may make a client of AWS without a region."""
    return _USES.search(project.text_of(path) or "") is not None and not is_test(project, path)
