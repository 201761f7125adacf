"""Writes the traffic of a soak until SIGTERM, while the weather changes; then says what it wrote: ENDPOINT DIRECTORY SEED.

What was written is in DIRECTORY/written.json.
"""

import json
import random
import signal
import sys
import threading
import time

import traffic
import weather

RECORDS_PER_SECOND = 25
# Now and then so many come at once.
BURST, BURST_CHANCE = 200, 0.001


class Writer:
    def __init__(self, endpoint, seed):
        self.kinesis = traffic.client("kinesis", endpoint)
        self.chance = random.Random(seed)
        self.start = int(time.time() * 1000) - 3_600_000
        self.numbers = {log_stream: 0 for log_stream in traffic.LOG_STREAMS}
        self.control = self.damaged = self.noise = 0

    def make_stream(self):
        self.kinesis.create_stream(StreamName=traffic.STREAM, ShardCount=traffic.SHARDS)
        self.kinesis.get_waiter("stream_exists").wait(StreamName=traffic.STREAM, WaiterConfig={"Delay": 1})

    def put(self, data, key):
        self.kinesis.put_record(StreamName=traffic.STREAM, Data=data, PartitionKey=key)

    def put_events(self, log_stream):
        first = self.numbers[log_stream]
        numbers = range(first, first + traffic.EVENTS_PER_RECORD)
        events = [traffic.event(log_stream, number, self.start) for number in numbers]
        self.put(traffic.payload(traffic.GROUP, log_stream, events), log_stream)
        self.numbers[log_stream] = numbers.stop

    def put_something(self):
        chance = self.chance.random()
        key = str(chance)
        if chance < 0.02:
            self.put(traffic.control_message(self.start), key)
            self.control += 1
        elif chance < 0.025:
            self.put(traffic.DAMAGED, key)
            self.damaged += 1
        elif chance < 0.045:
            self.put(traffic.payload(traffic.NOISE_GROUP, "s", [traffic.event("s", 0, self.start)]), key)
            self.noise += 1
        else:
            self.put_events(self.chance.choice(traffic.LOG_STREAMS))

    def run(self, stop):
        due = time.monotonic()
        while not stop.is_set():
            for _ in range(BURST if self.chance.random() < BURST_CHANCE else 1):
                self.put_something()
            due += 1 / RECORDS_PER_SECOND
            stop.wait(max(0, due - time.monotonic()))

    def written(self):
        delivered = sum(self.numbers.values()) // traffic.EVENTS_PER_RECORD
        return {
            "start": self.start,
            "numbers": self.numbers,
            "records": delivered + self.control + self.damaged + self.noise,
            "delivered": delivered,
            "control": self.control,
            "damaged": self.damaged,
            "noise": self.noise,
            "events": sum(self.numbers.values()),
        }


def main(endpoint, directory, seed):
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    writer = Writer(endpoint, seed)
    writer.make_stream()
    sky = threading.Thread(target=weather.change, args=(endpoint, seed, stop, f"{directory}/weather.log"))
    sky.start()
    try:
        writer.run(stop)
    finally:
        stop.set()
        sky.join()
    with open(f"{directory}/written.json", "w") as file:
        json.dump(writer.written(), file)


main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
