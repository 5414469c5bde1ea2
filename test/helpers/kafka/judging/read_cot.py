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


def whole(schema, named, seen):
    """The schema with each name that another file defines replaced by its definition, where it comes first."""
    if isinstance(schema, str):
        name = schema.removeprefix("sluice.")
        return schema if name in seen or name not in named else whole(named[name], named, seen)
    if isinstance(schema, list):
        return [whole(one, named, seen) for one in schema]
    if schema["type"] in ("record", "enum"):
        seen.add(schema["name"])
    if "fields" in schema:
        fields = [{**field, "type": whole(field["type"], named, seen)} for field in schema["fields"]]
        return {**schema, "namespace": "sluice", "fields": fields}
    if "items" in schema:
        return {**schema, "items": whole(schema["items"], named, seen)}
    return schema if isinstance(schema["type"], str) else {**schema, "type": whole(schema["type"], named, seen)}


def definitions(schema, named):
    """Every named type within a schema, by its name."""
    if isinstance(schema, list):
        for one in schema:
            definitions(one, named)
    elif isinstance(schema, dict):
        if schema.get("type") in ("record", "enum"):
            named[schema["name"]] = schema
        for field in schema.get("fields", []):
            definitions(field["type"], named)
        definitions(schema.get("items"), named)
        definitions(schema.get("type"), named)
    return named


def fingerprint(released):
    """CRC-64-AVRO of the whole schema, as it was released: what the Avro specification puts before each record."""
    newest = max(pathlib.Path(released).glob("*.json"), key=lambda path: int(path.stem))
    version = json.loads(newest.read_text())
    named = {}
    for schema in version.values():
        definitions(schema, named)
    canonical = fastavro.schema.to_parsing_canonical_form(whole(version["cot"], named, set()))
    return bytes.fromhex(fastavro.schema.fingerprint(canonical, "CRC-64-AVRO"))


schema = load("cot", pathlib.Path(schema_folder) / "records")
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
