"""Prints a topic's committed records as a reader that is not ours sees them, one JSON line each.

python3 read_cot.py BROKERS TOPIC SCHEMAS: confluent-kafka reads, fastavro decodes by the published schemas.
"""
import io
import json
import pathlib
import sys

import fastavro
from confluent_kafka import Consumer, TopicPartition

brokers, topic, schema_folder = sys.argv[1:]


def load(name, folder):
    """The schema of a file; those that name each other's types are parsed as soon as the types are known."""
    waiting = {path.stem: json.loads(path.read_text()) for path in pathlib.Path(folder).glob("*.avsc")}
    named, parsed = {}, {}
    while waiting:
        for stem, schema in list(waiting.items()):
            try:
                parsed[stem] = fastavro.parse_schema(schema, named_schemas=named)
            except fastavro.schema.UnknownType:
                continue
            del waiting[stem]
    return parsed[name]


schema = load("cot", schema_folder)
consumer = Consumer({
    "bootstrap.servers": brokers,
    "group.id": "outside reader",
    "isolation.level": "read_committed",
    "auto.offset.reset": "earliest",
    "enable.partition.eof": True,
    "enable.auto.commit": False,
})
partitions = consumer.list_topics(topic).topics[topic].partitions
consumer.assign([TopicPartition(topic, partition, 0) for partition in partitions])
open_partitions = set(partitions)
while open_partitions:
    message = consumer.poll(10)
    if message is None:
        sys.exit("nothing more came, and no end")
    if message.error():
        open_partitions.discard(message.partition())
        continue
    value = message.value()
    assert value[:2] == b"\xc3\x01", "not Avro in single-object encoding"
    record = fastavro.schemaless_reader(io.BytesIO(value[10:]), schema)
    print(json.dumps({"key": message.key().decode(), "record": record}, default=str))
