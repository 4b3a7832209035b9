"""Makes the small Parquet files of src/test/resources/parquet and what pyarrow reads from them.

    python src/test/python/make_parquet.py        (in engine/runtime)

Needs pyarrow (made with 25.0.1); the project itself never does. The name of a file says how it is
written; <name>.json beside it has its rows, one a line.
"""

import datetime
import decimal
import json
import shutil
import uuid
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

OUT = Path(__file__).resolve().parents[1] / "resources" / "parquet"
CHAT = [
    [("user", "Wie heißt du? 😀"), ("assistant", "Ich heiße Ada.\nUnd du?")],
    [("system", "Be brief."), ("user", "1 + 1?"), ("assistant", "2")],
    [],
    None,
    [("user", ""), ("assistant", None)],
]
TURN = pa.struct([("role", pa.string()), ("content", pa.string())])


def plain(value):
    if isinstance(value, bytes):
        return value.decode("utf-8")
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, decimal.Decimal):
        return float(value)
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return dict((k, plain(v)) for k, v in value) if value and isinstance(value[0], tuple) else [plain(v) for v in value]
    return value


def write(name, table, **how):
    pq.write_table(table, OUT / f"{name}.parquet", **how)
    rows = [json.dumps(plain(row), ensure_ascii=False) for row in table.to_pylist()]
    (OUT / f"{name}.json").write_text("\n".join(rows) + "\n", encoding="utf-8")
    print(name, (OUT / f"{name}.parquet").stat().st_size, "bytes,", len(rows), "rows")


def chats():
    turns = [None if c is None else [{"role": r, "content": t} for r, t in c] for c in CHAT]
    return pa.table({"messages": pa.array(turns, pa.list_(TURN)), "id": pa.array(range(len(CHAT)), pa.int32())})


def pairs(count):
    return pa.table({
        "question": [f"What is {i} times {i % 7}?" for i in range(count)],
        "answer": pa.array([str(i * (i % 7)) for i in range(count)], pa.large_string()),
        "kind": pa.array([("even", "odd")[i % 2] for i in range(count)]).dictionary_encode(),
    })


def types():
    """Whatever a column may hold, each once with a value and once without."""
    return pa.table({
        "flag": pa.array([True, None]),
        "small": pa.array([-7, None], pa.int8()),
        "long": pa.array([2**53 + 1, None], pa.int64()),
        "half": pa.array([0.5, None], pa.float32()),
        "double": pa.array([0.1, None], pa.float64()),
        "price": pa.array([decimal.Decimal("12.50"), None], pa.decimal128(9, 2)),
        "day": pa.array([datetime.date(2026, 11, 22), None]),
        "moment": pa.array([datetime.datetime(2026, 11, 22, 8, 30, 15, tzinfo=datetime.timezone.utc), None],
                           pa.timestamp("ms", tz="UTC")),
        "bytes": pa.array(["süß".encode(), None], pa.binary()),
        "tags": pa.array([["a", None, "c"], []], pa.list_(pa.string())),
        "grid": pa.array([[[1, 2], [], [3]], None], pa.list_(pa.list_(pa.int64()))),
        "scores": pa.array([[("x", 1.5), ("y", None)], None], pa.map_(pa.string(), pa.float64())),
        "nested": pa.array([{"a": {"b": ["deep"]}, "c": None}, None]),
    })


def main():
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    write("chats_snappy", chats(), compression="snappy")
    write("chats_zstd", chats(), compression="zstd", data_page_version="2.0")
    write("types_none", types(), compression="none")
    write("types_gzip", types(), compression="gzip", data_page_version="2.0")
    write("pairs_plain_groups", pairs(300), compression="snappy", use_dictionary=False, row_group_size=100,
          data_page_size=512)
    write("pairs_dictionary", pairs(300), compression="zstd", use_dictionary=True, data_page_size=256)
    write("pairs_delta", pairs(40), compression="none", use_dictionary=False,
          column_encoding={"question": "DELTA_BYTE_ARRAY", "answer": "DELTA_LENGTH_BYTE_ARRAY", "kind": "PLAIN"})
    write("pairs_brotli", pairs(3), compression="brotli")
    write("no_rows", pairs(0), compression="snappy")


if __name__ == "__main__":
    main()
