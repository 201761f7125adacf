"""Whether plans as JSON hold calls that AWS's own models know: services, operations, parameters and their values.

setup_model.py DIRECTORY, with the plans in it. Ends with 1 and tells all that is not as the models have it.
"""

import json
import re
import sys
from pathlib import Path

import botocore.session
from botocore.validate import ParamValidator

SESSION = botocore.session.get_session()
REGIONAL = {"kinesis", "logs"}


def values(shape, value):
    """What the validator does not look at: enumerations, patterns, longest texts."""
    if shape.type_name == "structure":
        return [fault for name, one in value.items() for fault in values(shape.members[name], one)]
    if shape.type_name == "list":
        return [fault for one in value for fault in values(shape.member, one)]
    if shape.type_name == "map":
        return [fault for pair in value.items() for fault in values(shape.key, pair[0]) + values(shape.value, pair[1])]
    if shape.type_name != "string":
        return []
    faults = []
    if shape.enum and value not in shape.enum:
        faults.append(f"{value!r} is none of {shape.enum}")
    if len(value) > shape.metadata.get("max", len(value)):
        faults.append(f"{value!r} is longer than {shape.metadata['max']}")
    pattern = shape.metadata.get("pattern", "")
    # Java's classes by name and code points above 16 bits are not Python's.
    if pattern and "\\p" not in pattern and "\\x{" not in pattern and "\\u" not in pattern:
        if not re.fullmatch(pattern, value, re.DOTALL):
            faults.append(f"{value!r} is not as {pattern}")
    return faults


def faults(call):
    model = SESSION.get_service_model(call["service"]).operation_model(call["operation"])
    parameters = dict(call["parameters"])
    for name, value in parameters.items():
        # Documents stand in a plan as what they are, and AWS takes them as text.
        if isinstance(value, dict) and name in model.input_shape.members:
            if model.input_shape.members[name].type_name == "string":
                parameters[name] = json.dumps(value)
    report = ParamValidator().validate(parameters, model.input_shape)
    if report.has_errors():
        return [report.generate_report()]
    if ("region" in call) != (call["service"] in REGIONAL):
        return [f"region {call.get('region')}"]
    return values(model.input_shape, parameters)


def main():
    calls = [
        call
        for file in sorted(Path(sys.argv[1]).glob("*.json"))
        for step in json.loads(file.read_text())["steps"]
        for call in step["calls"]
        if "wait" not in call
    ]
    wrong = [f"{call['service']} {call['operation']}: {fault}" for call in calls for fault in faults(call)]
    if wrong or len(calls) < 30:
        sys.exit("\n".join(wrong) or f"only {len(calls)} calls")


main()
