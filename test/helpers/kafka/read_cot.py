"""Prints a topic's committed records as a reader that is not ours sees them, one JSON line each.

python3 read_cot.py BROKERS TOPIC SCHEMAS: confluent-kafka reads, fastavro decodes by the published schemas.
"""
import io
import json
import pathlib
import sys

import fastavro
import fastavro.schema
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


def fingerprint(released):
    """CRC-64-AVRO of the whole schema, as it was released: what the Avro specification puts before each record."""
    newest = max(pathlib.Path(released).glob("*.json"), key=lambda path: int(path.stem))
    whole = json.loads(newest.read_text())["cot"]
    canonical = fastavro.schema.to_parsing_canonical_form(whole)
    return bytes.fromhex(fastavro.schema.fingerprint(canonical, "CRC-64-AVRO"))


schema = load("cot", schema_folder)
header = b"\xc3\x01" + fingerprint(pathlib.Path(schema_folder) / "released")
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
    assert value[:10] == header, "not Avro in single-object encoding, or of another schema"
    record = fastavro.schemaless_reader(io.BytesIO(value[10:]), schema)
    print(json.dumps({"key": message.key().decode(), "record": record}, default=str))
