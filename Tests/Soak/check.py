"""Judges a soak after its end: DIRECTORY ENDPOINT. Tells what it found on standard output, and ends with 1 if that is a
fault."""

import json
import os
import statistics
import sys

import traffic

# Resident memory counts as flat when it grows by no more than this share and so many KiB.
GROWTH_SHARE, GROWTH_KIB = 0.10, 8 * 1024
# What of a run is the way to its usual memory, and not counted.
WARM_UP_SECONDS = 20

faults = []


def expect(truth, what):
    if not truth:
        faults.append(what)


def check_files(name, directory, written):
    """Every event once, in order, byte for byte, and nothing else."""
    files = os.path.join(directory, name, "files")
    expected = {os.path.join(traffic.OWNER, traffic.GROUP.strip("/"), f"{log_stream}.ndjson"): log_stream
                for log_stream, count in written["numbers"].items() if count > 0}
    found = {os.path.relpath(os.path.join(folder, file), files)
             for folder, _, names in os.walk(files) for file in names if not file.startswith(".")}
    expect(found == set(expected), f"{name}: there are the files {sorted(found)}, not {sorted(expected)}")
    for path in sorted(found & set(expected)):
        log_stream = expected[path]
        number = 0
        with open(os.path.join(files, path), "rb") as lines:
            for number, line in enumerate(lines, 1):
                if line != traffic.line(log_stream, number - 1, written["start"]):
                    expect(False, f"{name}: {path}: line {number} is not event {number - 1}: {line[:200]}")
                    break
        count = written["numbers"][log_stream]
        expect(number == count, f"{name}: {path} has {number} lines, not {count}")


def check_group(name, endpoint, written):
    """Every event at least once, with its message and time. Answers how many came again."""
    logs = traffic.client("logs", endpoint, traffic.CENTRAL_REGION)
    group, repeats = f"/{name}/{traffic.OWNER}{traffic.GROUP}", 0
    for log_stream, count in written["numbers"].items():
        seen = bytearray(count)
        for event in events(logs, group, log_stream) if count else []:
            number = event["timestamp"] - written["start"]
            if not 0 <= number < count or event["message"] != traffic.message(log_stream, number):
                expect(False, f"{name}: {group} {log_stream} has what was never written: {str(event)[:200]}")
                break
            repeats += seen[number]
            seen[number] = 1
        missing = seen.count(0)
        expect(missing == 0, f"{name}: {group} {log_stream} lacks {missing} events, the first is {seen.find(0)}")
    return repeats


def events(logs, group, log_stream):
    token = {}
    while True:
        page = logs.get_log_events(logGroupName=group, logStreamName=log_stream, startFromHead=True, **token)
        yield from page["events"]
        if page["nextForwardToken"] == token.get("nextToken"):
            return
        token = {"nextToken": page["nextForwardToken"]}


def check_ledger(name, directory, written):
    """What the last daemon said when it stopped is what was written."""
    word = last_word(os.path.join(directory, name, "log"))
    expected = {
        "records-read": written["records"],
        "records-delivered": written["delivered"],
        "records-control": written["control"],
        "records-filtered": written["noise"],
        "records-dead-lettered": written["damaged"],
        "records-pending": 0,
        "events-read": written["events"] + written["noise"],
        "events-filtered": written["noise"],
    }
    for sink in ("central", "archive"):
        expected |= {f"{sink}-delivered": written["events"], f"{sink}-dead-lettered": 0, f"{sink}-pending": 0}
    for column, count in expected.items():
        expect(word.get(column) == str(count), f"{name}: the ledger says {column} {word.get(column)}, not {count}")


def last_word(log):
    with open(log, encoding="utf-8") as lines:
        words = [json.loads(line) for line in lines if '"stopped"' in line]
    return words[-1]["metadata"] if words else {}


def check_dead_letters(name, directory, written):
    """Each damaged record once, with its bytes."""
    path = os.path.join(directory, name, "dead-letters", "dead-letters.ndjson")
    letters = [json.loads(line) for line in open(path, encoding="utf-8")] if os.path.exists(path) else []
    numbers = {letter["sequenceNumber"] for letter in letters}
    expect(len(letters) == len(numbers) == written["damaged"],
           f"{name}: {len(letters)} dead letters of {len(numbers)} records, not of {written['damaged']}")
    reasons = {letter["reason"] for letter in letters}
    expect(reasons <= {"not-gzip"}, f"{name}: dead letters for {sorted(reasons)}")


def check_memory(directory):
    """Resident memory is flat: within the life that nobody disturbs, and from the first lives to the last ones."""
    lives = {}
    with open(os.path.join(directory, "memory"), encoding="utf-8") as lines:
        for line in lines:
            name, life, age, kib = line.split()
            lives.setdefault(name, {}).setdefault(int(life), []).append((int(age), int(kib)))
    warm = [kib for age, kib in lives["undisturbed"][1] if age >= WARM_UP_SECONDS]
    quarter = max(1, len(warm) // 4)
    judge_growth("one life", warm[:quarter], warm[-quarter:])
    settled = [statistics.median(kib for age, kib in life if 2 * age >= life[-1][0])
               for _, life in sorted(lives["restarted"].items()) if life[-1][0] >= WARM_UP_SECONDS]
    third = max(1, len(settled) // 3)
    judge_growth(f"{len(lives['restarted'])} lives", settled[:third], settled[-third:])
    emulator = [kib for _, kib in lives["emulator"][1]]
    print(f"the emulator's memory: {emulator[0] >> 10} MiB at first, {emulator[-1] >> 10} MiB at last")


def judge_growth(what, early, late):
    if not early or not late:
        return print(f"memory of {what}: too short to tell")
    first, last = statistics.median(early), statistics.median(late)
    flat = last <= first * (1 + GROWTH_SHARE) + GROWTH_KIB
    word = "flat" if flat else "NOT FLAT"
    print(f"memory of {what}: {first / 1024:.1f} MiB at first, {last / 1024:.1f} MiB at last: {word}")
    expect(flat, f"memory of {what} is not flat: {first:.0f} KiB at first, {last:.0f} KiB at last")


def count_shards(kinesis):
    """A token goes alone, which boto3's own paginator does not know."""
    page = kinesis.list_shards(StreamName=traffic.STREAM)
    count = len(page["Shards"])
    while "NextToken" in page:
        page = kinesis.list_shards(NextToken=page["NextToken"])
        count += len(page["Shards"])
    return count


def main(directory, endpoint):
    with open(os.path.join(directory, "written.json"), encoding="utf-8") as file:
        written = json.load(file)
    count = count_shards(traffic.client("kinesis", endpoint))
    print(f"written: {written['events']} events in {written['records']} records; {count} shards by now")
    for name in ("restarted", "undisturbed"):
        check_files(name, directory, written)
        check_ledger(name, directory, written)
        check_dead_letters(name, directory, written)
        repeats = check_group(name, endpoint, written)
        print(f"{name}: files, ledger and log group were compared; {repeats} events came again to the log group")
    check_memory(directory)
    for fault in faults:
        print(f"fault: {fault}")
    print("Nothing is lost." if not faults else f"{len(faults)} faults.")
    return 1 if faults else 0


sys.exit(main(sys.argv[1], sys.argv[2]))
