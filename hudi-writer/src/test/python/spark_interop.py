"""Writes meter_readings in turns with Spark, and compares the table with a plain model after each turn.

usage: spark_interop.py BUNDLE.jar SCRATCH -- METERLAKE_COMMAND…

Spark reads the folder by its path; it knows no metastore. Its settings are the defaults: what the table needs is in the
table's own hoodie.properties. The model is a dict from meter and interval to time of recording and value, where the
later time of recording wins. Ends with a line `spark-interop: N passed, N failed`.
"""
import subprocess
import sys
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from pyspark.sql import SparkSession, functions as F

METERS, DAYS, A_DAY = 60, 2, 96
FIRST = datetime(2026, 1, 1)
KEY = ["meter_id", "channel", "interval_start_us"]
META = [
    "_hoodie_commit_time",
    "_hoodie_commit_seqno",
    "_hoodie_record_key",
    "_hoodie_partition_path",
    "_hoodie_file_name",
]
HEADER = "meter_id,channel,interval_start,interval_minutes,value,unit,quality,quality_code,recorded_at\n"


class Interop:
    def __init__(self, bundle: str, scratch: Path, command: list[str]):
        self.scratch, self.command = scratch, command
        self.table = scratch / "lake" / "meter_readings"
        self.model: dict[tuple[str, datetime], tuple[datetime, Decimal]] = {}
        self.passed = self.failed = 0
        self.spark = (
            SparkSession.builder.master("local[2]")
            .appName("interop")
            .config("spark.jars", bundle)
            .config("spark.driver.memory", "2g")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
            .config("spark.kryo.registrator", "org.apache.spark.HoodieSparkKryoRegistrar")
            .config("spark.sql.extensions", "org.apache.spark.sql.hudi.HoodieSparkSessionExtension")
            .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.hudi.catalog.HoodieCatalog")
            .config("spark.sql.warehouse.dir", str(scratch / "warehouse"))
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.ui.enabled", "false")
            .getOrCreate()
        )
        self.spark.sparkContext.setLogLevel("ERROR")

    def check(self, what: str, expected: object, actual: object) -> None:
        if expected == actual:
            self.passed += 1
            print(f"  ok    {what}", flush=True)
        else:
            self.failed += 1
            print(f"  FAIL  {what}: {expected} expected, {actual} found", flush=True)

    def meterlake(self, *arguments: str) -> tuple[int, str, str]:
        done = subprocess.run([*self.command, *arguments], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stdout + done.stderr

    # What the model holds, and what both readers see.

    def put(self, rows: dict[tuple[str, datetime], tuple[datetime, Decimal]]) -> None:
        for key, row in rows.items():
            if key not in self.model or self.model[key][0] <= row[0]:
                self.model[key] = row

    def agree(self, after: str) -> None:
        rows = len(self.model)
        weighted = sum(v * self.weight(m, t) for (m, t), (_, v) in self.model.items())
        expected = (rows, rows, sum(v for _, v in self.model.values()), weighted)
        frame = self.spark.read.format("hudi").load(str(self.table))
        by_spark = frame.agg(
            F.count("*"),
            F.countDistinct(*KEY),
            F.sum("value"),
            F.sum(F.col("value") * F.expr("(cast(substr(meter_id, 2) as int) * 7 + minute(interval_start) + 1)")),
        ).first()
        self.check(f"{after}: Spark sees the model", expected, tuple(by_spark))
        status, rows_of_it, output = self.meterlake(
            "query",
            "--output=csv",
            "select count(*), count(distinct (meter_id, channel, interval_start_us)), sum(value),"
            " sum(value * (cast(substr(meter_id, 2) as integer) * 7 + minute(interval_start) + 1))"
            " from hudi.lake.meter_readings",
        )
        cells = rows_of_it.strip().splitlines()[-1].split(",") if status == 0 else [output]
        self.check(f"{after}: Trino sees the model", expected, tuple(Decimal(c) for c in cells) if status == 0 else cells)

    @staticmethod
    def weight(meter: str, start: datetime) -> int:
        return int(meter[1:]) * 7 + start.minute + 1

    # Who writes.

    def file(self, name: str, every: int, salt: int, recorded: datetime) -> tuple[Path, dict]:
        rows = {}
        for m in range(0, METERS, every):
            for i in range(DAYS * A_DAY):
                value = Decimal((m * 7919 + i * 104729 + salt * 1299709) % 5_000_000) / 1_000_000
                rows[f"M{m:05d}", FIRST + timedelta(minutes=15 * i)] = (recorded, value)
        path = self.scratch / name
        with path.open("w") as out:
            out.write(HEADER)
            for (meter, start), (_, value) in rows.items():
                out.write(f"{meter},import,{start.isoformat()}Z,15,{value},kWh,actual,,{recorded.isoformat()}Z\n")
        return path, rows

    def ingest(self, name: str, every: int, salt: int, recorded: datetime) -> None:
        path, rows = self.file(name, every, salt, recorded)
        status, _, output = self.meterlake("ingest", "--utility=interop", str(path))
        self.check(f"{name}: ingest succeeds", (0, ""), (status, "" if status == 0 else output))
        self.put(rows)
        self.agree(name)

    def corrected(self, every: int, salt: int, recorded: datetime):
        """Rows of the table with other values, as Spark would bring them; the model has them, too."""
        rows = {
            key: (recorded, value + Decimal(salt))
            for key, (_, value) in self.model.items()
            if int(key[0][1:]) % every == 1
        }
        self.put(rows)
        return (
            self.spark.read.format("hudi")
            .load(str(self.table))
            .drop(*META)
            .where(F.expr(f"cast(substr(meter_id, 2) as int) % {every} = 1"))
            .withColumn("value", (F.col("value") + F.lit(salt)).cast("decimal(18,6)"))
            .withColumn("recorded_at", F.lit(recorded).cast("timestamp"))
        )

    def write(self, frame, operation: str) -> None:
        (
            frame.write.format("hudi")
            .option("hoodie.table.name", "meter_readings")
            .option("hoodie.datasource.write.operation", operation)
            .mode("append")
            .save(str(self.table))
        )

    def upsert(self, every: int, salt: int, recorded: datetime) -> None:
        self.write(self.corrected(every, salt, recorded), "upsert")
        self.agree("Spark's upsert")

    def merge(self, every: int, salt: int, recorded: datetime) -> None:
        self.spark.sql(f"create table if not exists readings using hudi location '{self.table}'")
        # Held, because MERGE would read its source from the table that it changes.
        frame = self.corrected(every, salt, recorded).localCheckpoint()
        frame.createOrReplaceTempView("corrections")
        self.spark.sql(
            """merge into readings t using corrections s
               on t.meter_id = s.meter_id and t.channel = s.channel and t.interval_start_us = s.interval_start_us
               when matched then update set *
               when not matched then insert *"""
        )
        self.agree("Spark's MERGE")

    def refuses_an_insert(self, recorded: datetime) -> None:
        self.write(self.corrected(7, 11, recorded), "bulk_insert")
        path, _ = self.file("after-insert.csv", 3, 9, recorded + timedelta(days=1))
        status, _, output = self.meterlake("ingest", "--utility=interop", str(path))
        told = "Cannot write to meter_readings, reading_date=2026-01-0" in output and "Another program inserted" in output
        self.check("an insert of Spark's: the next ingest refuses", (True, True), (status != 0, told or output))


def main() -> int:
    split = sys.argv.index("--")
    bundle, scratch = sys.argv[1:split]
    interop = Interop(bundle, Path(scratch), sys.argv[split + 1 :])
    day = FIRST + timedelta(days=3)
    interop.ingest("first.csv", 1, 0, day)
    interop.upsert(5, 1, day + timedelta(days=1))
    interop.ingest("second.csv", 2, 2, day + timedelta(days=2))
    interop.merge(4, 3, day + timedelta(days=3))
    interop.ingest("third.csv", 3, 4, day + timedelta(days=4))
    # Older than what the table holds: changes nothing but readings that nobody has corrected.
    interop.ingest("late.csv", 1, 5, day + timedelta(hours=1))
    interop.refuses_an_insert(day + timedelta(days=5))
    print(f"spark-interop: {interop.passed} passed, {interop.failed} failed")
    return 1 if interop.failed else 0


if __name__ == "__main__":
    sys.exit(main())
