"""The case `formats`: files of 15-minute readings in the formats of the trade, taken into a lake whole, beside libraries
that only parse them: nemreader (NEM12), greenbutton_objects (Green Button) and pydifact (MSCONS, only into segments).

All of a format's files go into one process; the first is left out. "Whole" counts everything from the file's opening to its
row in the ledger, "parsed" only until its readings are validated, sorted and ready to merge. What the lake then holds is
compared with the files. The peers run in this process, on a file of a twentieth of the meters, which does not slow them.
"""
import argparse
import time
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape

import greenbutton_objects.parse
import nemreader
import pydifact.exceptions
import pydifact.segmentcollection

import ours
import report

FIRST_DAY = date(2026, 1, 1)
INTERVALS = 96
FILES = 4


def watt_hours(meter: int, day: int, interval: int) -> int:
    """A value for each reading, always the same."""
    return (meter * 7919 + day * 104_729 + interval * 1_299_709) % 2_000


def kwh(watts: int) -> str:
    return f"{watts // 1000}.{watts % 1000:03d}"


def nem12(meters: int, days: range) -> Iterator[str]:
    yield "100,NEM12,202602010000,MDP,RETAILER\n"
    for meter in range(meters):
        yield f"200,NMI{meter:07d},E1,E1,E1,N1,METER{meter:05d},KWH,15,\n"
        for day in days:
            values = ",".join(kwh(watt_hours(meter, day, i)) for i in range(INTERVALS))
            yield f"300,{FIRST_DAY + timedelta(day):%Y%m%d},{values},A,,,20260201000000,20260201000000\n"
    yield "900\n"


def espi(meters: int, days: range) -> Iterator[str]:
    def entry(number: int, path: str, up: str, related: list[str], content: str) -> str:
        links = "".join(f'<link rel="related" href="{r}"/>' for r in related)
        return (
            f'<entry><id>urn:uuid:00000000-0000-4000-8000-{number:012d}</id><link rel="self" href="{path}"/>'
            f'<link rel="up" href="{up}"/>{links}<title>{escape(path)}</title><content>{content}</content>'
            "<published>2026-02-01T00:00:00Z</published><updated>2026-02-01T00:00:00Z</updated></entry>\n"
        )

    espi_ns = 'xmlns="http://naesb.org/espi"'
    root = "https://utility.example/espi"
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:uuid:1</id>'
    yield "<title>Benchmark</title><updated>2026-02-01T00:00:00Z</updated>\n"
    yield entry(
        1, f"{root}/ReadingType/1", f"{root}/ReadingType", [],
        f"<ReadingType {espi_ns}><accumulationBehaviour>4</accumulationBehaviour><commodity>1</commodity>"
        "<flowDirection>1</flowDirection><intervalLength>900</intervalLength><kind>12</kind>"
        "<powerOfTenMultiplier>0</powerOfTenMultiplier><uom>72</uom></ReadingType>",
    )
    for meter in range(meters):
        point = f"{root}/UsagePoint/{meter}"
        reading = f"{point}/MeterReading/1"
        first = 10 + meter * (len(days) + 2)
        yield entry(
            first, point, f"{root}/UsagePoint", [f"{point}/MeterReading"],
            f"<UsagePoint {espi_ns}><ServiceCategory><kind>0</kind></ServiceCategory></UsagePoint>",
        )
        yield entry(
            first + 1, reading, f"{point}/MeterReading", [f"{reading}/IntervalBlock", f"{root}/ReadingType/1"],
            f"<MeterReading {espi_ns}/>",
        )
        for number, day in enumerate(days):
            start = int(datetime.combine(FIRST_DAY + timedelta(day), datetime.min.time(), UTC).timestamp())
            values = "".join(
                f"<IntervalReading><timePeriod><duration>900</duration><start>{start + 900 * i}</start></timePeriod>"
                f"<value>{watt_hours(meter, day, i)}</value></IntervalReading>"
                for i in range(INTERVALS)
            )
            yield entry(
                first + 2 + number, f"{reading}/IntervalBlock/{day}", f"{reading}/IntervalBlock", [],
                f"<IntervalBlock {espi_ns}><interval><duration>86400</duration><start>{start}</start></interval>"
                f"{values}</IntervalBlock>",
            )
    yield "</feed>\n"


def mscons(meters: int, days: range) -> Iterator[str]:
    first = datetime.combine(FIRST_DAY, datetime.min.time())
    yield "UNA:+.? 'UNB+UNOC:3+4012345678901:14+4012345678902:14+260201:0000+BENCH++TL'\n"
    for meter in range(meters):
        segments = [
            f"UNH+{meter + 1}+MSCONS:D:04B:UN:2.4c", f"BGM+7+BENCH{meter}+9", "DTM+137:202602010000?+00:303",
            "NAD+MS+4012345678901::9", "NAD+MR+4012345678902::9", "UNS+D", "NAD+DP", f"LOC+172+DE{meter:031d}",
            "LIN+1", "PIA+5+1-1?:1.29.0:SRW",
        ]
        for day in days:
            for i in range(INTERVALS):
                start = first + timedelta(days=day, minutes=15 * i)
                segments.append(f"QTY+220:{kwh(watt_hours(meter, day, i))}:KWH")
                segments.append(f"DTM+163:{start:%Y%m%d%H%M}?+00:303")
                segments.append(f"DTM+164:{start + timedelta(minutes=15):%Y%m%d%H%M}?+00:303")
        segments.append(f"UNT+{len(segments) + 1}+{meter + 1}")
        yield "'\n".join(segments) + "'\n"
    yield f"UNZ+{meters}+BENCH'\n"


def read_nem12(file: Path) -> int:
    parsed = nemreader.read_nem_file(str(file))
    return sum(len(readings) for channels in parsed.readings.values() for readings in channels.values())


def read_espi(file: Path) -> int:
    points = greenbutton_objects.parse.parse_feed(str(file))
    return sum(1 for point in points for meter in point.meterReadings for _ in meter.intervalReadings)


def read_mscons(file: Path) -> int:
    warnings.simplefilter("ignore", pydifact.exceptions.MissingImplementationWarning)
    segments = pydifact.segmentcollection.Interchange.from_file(str(file)).segments
    return sum(1 for segment in segments if segment.tag == "QTY")


# The peer, what writes a file, what has the peer read one, and how many times the meters, so that each file is too large
# to be committed with others.
FORMATS: dict[str, tuple[str, Callable[[int, range], Iterator[str]], Callable[[Path], int], int]] = {
    "NEM12": ("nemreader", nem12, read_nem12, 8),
    "Green Button": ("greenbutton_objects", espi, read_espi, 1),
    "MSCONS": ("pydifact", mscons, read_mscons, 1),
}


def formats(a: argparse.Namespace, work: Path, stack: ours.Stack) -> list[report.Row]:
    return [row for name in FORMATS for row in one(name, a.format_meters, work, stack)]


def one(name: str, format_meters: int, work: Path, stack: ours.Stack) -> list[report.Row]:
    peer, write, read, times = FORMATS[name]
    meters = format_meters * times
    files = []
    for n in range(FILES):
        file = work / f"{name.replace(' ', '-')}-{n}"
        with file.open("w") as out:
            out.writelines(write(meters, range(n * 7, n * 7 + 7)))
        files.append(file)
    lake = stack.lake("format_" + name.lower().replace(" ", "_"))
    taken = lake.ingest(files, mapping=None).files[1:]
    verify(name, lake.folder, meters)
    theirs = thousands(peer, read, write, max(1, meters // 20), work)
    for file in files:
        file.unlink()
    return [
        report.Row(f"{name}, whole: thousand rows a second; {peer}", [f.rows / f.seconds / 1e3 for f in taken], theirs),
        report.Row(f"{name}, parsed: thousand rows a second; {peer}", [f.rows / f.parsing / 1e3 for f in taken], theirs),
    ]


def thousands(
    peer: str, read: Callable[[Path], int], write: Callable[[int, range], Iterator[str]], meters: int, work: Path
) -> list[float]:
    """A peer's thousand rows a second, three times."""
    file = work / peer
    with file.open("w") as out:
        out.writelines(write(meters, range(7)))
    rates = []
    for _ in range(3):
        started = time.monotonic()
        rows = read(file)
        rates.append(rows / (time.monotonic() - started) / 1e3)
        if rows != meters * 7 * INTERVALS:
            raise SystemExit(f"{peer} found {rows} readings where there are {meters * 7 * INTERVALS}.")
    file.unlink()
    return rates


def verify(name: str, lake: Path, meters: int) -> None:
    readings = [(m, d, i) for m in range(meters) for d in range(7 * FILES) for i in range(INTERVALS)]
    # Green Button sends watt-hours, and what is sent is what is kept.
    unit = 1 if name == "Green Button" else Decimal("0.001")
    ours.require(lake, (len(readings), len(readings), sum(watt_hours(*r) for r in readings) * unit))
