package io.meterlake.format.espi;

import io.meterlake.format.text.Problem;
import io.meterlake.format.xml.XmlCursor;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * A metering point.
 *
 * @param entry its addresses
 * @param service ServiceCategory, 0 is electricity; empty if it is not said
 */
record UsagePoint(Entry entry, String service) {
    static final String ELEMENT = "UsagePoint";

    private static final Map<String, String> SERVICES =
            Map.of("1", "gas", "2", "water", "3", "time", "4", "heat", "5", "refuse", "6", "sewerage");

    static UsagePoint read(XmlCursor xml, Entry entry) throws IOException {
        String service = "";
        int level = xml.level();
        while (xml.nextIn(level)) {
            if (xml.name().equals("ServiceCategory")) {
                int category = xml.level();
                while (xml.nextIn(category)) {
                    service = xml.name().equals("kind") ? xml.text() : service;
                }
            }
        }
        return new UsagePoint(entry, service);
    }

    /** Why its values are not kept; empty if it is one of electricity. */
    Optional<Problem> problem() {
        return service.isEmpty() || service.equals("0")
                ? Optional.empty()
                : Optional.of(new Problem(
                        "ServiceCategory",
                        "the usage point's service is %s, not electricity"
                                .formatted(SERVICES.getOrDefault(service, "kind " + Problem.abridged(service))),
                        "Meterlake keeps electricity only: leave gas, water and heat out of the file."));
    }
}
