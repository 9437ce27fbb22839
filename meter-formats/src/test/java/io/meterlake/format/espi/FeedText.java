package io.meterlake.format.espi;

import java.util.ArrayList;
import java.util.List;

/** Writes Green Button feeds for tests: entries in any order, each part of which can be replaced. */
final class FeedText {
    static final String UUID = "48C2A019-5598-4E16-B0F9-49E4FF27F5FB";
    static final String NORTH_AMERICA =
            "<dstEndRule>B40E2000</dstEndRule><dstOffset>3600</dstOffset><dstStartRule>360E2000</dstStartRule>";

    private FeedText() {}

    static String feed(String... entries) {
        return feed(List.of(entries));
    }

    static String feed(List<String> entries) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <feed xmlns="http://www.w3.org/2005/Atom">
                <id>urn:uuid:15B0A4ED-CCF4-4521-A0A1-9FF650EC8A6B</id>
                <updated>2026-01-05T00:00:00Z</updated>
                <link rel="self" href="https://gb.example.org/espi/1_1/resource/Subscription/83e269c1"/>
                %s</feed>
                """.formatted(String.join("\n", entries));
    }

    static String entry(String id, String self, String up, List<String> related, String content) {
        StringBuilder links = new StringBuilder();
        for (String address : related) {
            links.append("<link rel=\"related\" href=\"").append(address).append("\"/>");
        }
        return """
                <entry><id>urn:uuid:%s</id><link rel="self" href="%s"/><link rel="up" href="%s"/>%s
                <content>%s</content></entry>""".formatted(id, self, up, links, content);
    }

    static String espi(String element, String children) {
        return "<%s xmlns=\"http://naesb.org/espi\">%s</%s>".formatted(element, children, element);
    }

    static String usagePoint(String service) {
        return entry(
                UUID,
                "/espi/UsagePoint/1",
                "/espi/UsagePoint",
                List.of("/espi/UsagePoint/1/MeterReading", "/espi/LocalTimeParameters/1"),
                espi("UsagePoint", "<ServiceCategory><kind>" + service + "</kind></ServiceCategory>"));
    }

    static String clock(String offset, String rules) {
        return entry(
                "54C62EBE",
                "/espi/LocalTimeParameters/1",
                "/espi/LocalTimeParameters",
                List.of(),
                espi("LocalTimeParameters", rules + "<tzOffset>" + offset + "</tzOffset>"));
    }

    static String meter(int number) {
        return entry(
                "F77FBF3" + number,
                "/espi/UsagePoint/1/MeterReading/" + number,
                "/espi/UsagePoint/1/MeterReading",
                List.of("/espi/UsagePoint/1/MeterReading/" + number + "/IntervalBlock", "/espi/ReadingType/" + number),
                espi("MeterReading", ""));
    }

    static String type(int number, String fields) {
        return entry(
                "3430B02" + number,
                "/espi/ReadingType/" + number,
                "/espi/ReadingType",
                List.of(),
                espi("ReadingType", fields));
    }

    /** Energy that is delivered, in Wh. */
    static String plainType() {
        return type(
                1,
                "<accumulationBehaviour>4</accumulationBehaviour><commodity>1</commodity><dataQualifier>12</dataQualifier>"
                        + "<flowDirection>1</flowDirection><intervalLength>900</intervalLength><kind>12</kind>"
                        + "<powerOfTenMultiplier>0</powerOfTenMultiplier><uom>72</uom>");
    }

    static String block(int meter, String updated, String children) {
        return entry(
                        "FE9A61B" + meter,
                        "/espi/UsagePoint/1/MeterReading/" + meter + "/IntervalBlock/173",
                        "/espi/UsagePoint/1/MeterReading/" + meter + "/IntervalBlock",
                        List.of(),
                        espi("IntervalBlock", children))
                .replace("</entry>", "<updated>" + updated + "</updated></entry>");
    }

    static String reading(String start, String duration, String value, String... qualities) {
        StringBuilder text = new StringBuilder("\n<IntervalReading>");
        for (String quality : qualities) {
            text.append("<ReadingQuality><quality>").append(quality).append("</quality></ReadingQuality>");
        }
        return text.append(
                        "<timePeriod><duration>%s</duration><start>%s</start></timePeriod>".formatted(duration, start))
                .append(value.isEmpty() ? "" : "<value>" + value + "</value>")
                .append("</IntervalReading>")
                .toString();
    }

    /** A whole feed with one meter of one type and one block. */
    static String single(String type, String readings) {
        return feed(all(type, readings));
    }

    static List<String> all(String type, String readings) {
        return new ArrayList<>(List.of(
                usagePoint("0"),
                clock("-18000", NORTH_AMERICA),
                meter(1),
                type,
                block(1, "2026-01-04T05:06:07Z", readings)));
    }
}
