"""What goes wrong in a soak, and when: the emulator is told other faults every now and then."""

import random
import time
import urllib.request

READING = ["GetRecords", "GetShardIterator", "ListShards"]
WRITING = ["PutLogEvents", "CreateLogStream"]

# https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html
# https://docs.aws.amazon.com/kinesis/latest/APIReference/CommonErrors.html
ERRORS = """
    ProvisionedThroughputExceededException KMSThrottlingException LimitExceededException ThrottlingException
    InternalFailure InternalFailureException ServiceUnavailable BadGateway GatewayTimeout
    ExpiredIteratorException ExpiredNextTokenException InvalidArgumentException ValidationException
    ResourceNotFoundException ResourceInUseException AccessDeniedException KMSAccessDeniedException
    KMSDisabledException KMSInvalidStateException KMSNotFoundException KMSOptInRequired ExpiredTokenException
    UnrecognizedClientException InvalidSignatureException IncompleteSignatureException
    MissingAuthenticationTokenException
""".split()
WIRE = ["cut-off", "reset", "truncated", "empty", "html", "drip/20000"]

# Kinesis refuses a position with it only when nothing is there any more: a lie about that would have all read again.
LIES = {("GetShardIterator", "InvalidArgumentException")}


def faults(operations, effects, percent):
    """Of each operation's calls so many fail, each effect as often as the others."""
    one = 100 * (1 - (1 - percent / 100) ** (1 / len(effects)))
    pairs = [(operation, effect) for operation in operations for effect in effects]
    return [f"{operation}:{one:.3f}%:{effect}" for operation, effect in pairs if (operation, effect) not in LIES]


# By name: how many seconds it lasts, and the faults.
WEATHERS = {
    "clear": (15, []),
    "drizzle": (30, faults(READING + WRITING, WIRE, 10)),
    "errors": (60, faults(READING, ERRORS, 30)),
    "throttles": (
        30,
        faults(["GetRecords"], ["ProvisionedThroughputExceededException"], 90)
        + faults(["PutLogEvents"], ["ThrottlingException"], 90),
    ),
    "outage": (30, ["PutLogEvents:always:ServiceUnavailableException", "GetRecords:50%:reset"]),
    "stalls": (20, ["GetRecords:10%:stall", "PutLogEvents:10%:stall"]),
}


def tell(endpoint, rules):
    """Puts these faults in the place of all others."""
    body = "\n".join(rules).encode()
    request = urllib.request.Request(endpoint + "/_emulator/faults", data=body, method="PUT")
    with urllib.request.urlopen(request, timeout=10) as answer:
        answer.read()


def change(endpoint, seed, stop, log):
    """Changes the weather until `stop` is set, in an order by the seed, and leaves none behind."""
    chance = random.Random(seed)
    names = list(WEATHERS)
    with open(log, "w", buffering=1) as log:
        while not stop.is_set():
            for name in names:
                seconds, rules = WEATHERS[name]
                log.write(f"{time.strftime('%H:%M:%S')} {name}\n")
                tell(endpoint, rules)
                if stop.wait(seconds):
                    break
            chance.shuffle(names)
        tell(endpoint, [])
