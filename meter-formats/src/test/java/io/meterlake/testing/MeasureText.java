package io.meterlake.testing;

import java.util.ArrayList;
import java.util.List;

/** One document of validated measure data, which can be written as CIM XML, as CIM JSON and as ebIX. */
public record MeasureText(
        String type, String unit, String product, String resolution, String start, String end, List<Point> points) {
    /** Position, quantity and quality; what is empty is not written. */
    public record Point(String position, String quantity, String quality) {}

    /** Consumption in kWh, each hour of the day that begins at a time. */
    public static MeasureText hours(String start, String end, Point... points) {
        return new MeasureText("E17", "KWH", "8716867000030", "PT1H", start, end, List.of(points));
    }

    public static Point point(int position, String quantity, String quality) {
        return new Point(Integer.toString(position), quantity, quality);
    }

    public MeasureText withType(String other) {
        return new MeasureText(other, unit, product, resolution, start, end, points);
    }

    public MeasureText withUnit(String otherUnit, String otherProduct) {
        return new MeasureText(type, otherUnit, otherProduct, resolution, start, end, points);
    }

    public MeasureText withResolution(String other) {
        return new MeasureText(type, unit, product, other, start, end, points);
    }

    public String cimXml() {
        StringBuilder text = new StringBuilder("""
                <?xml version="1.0" encoding="UTF-8"?>
                <cim:NotifyValidatedMeasureData_MarketDocument xmlns:cim="urn:ediel.org:measure:notifyvalidatedmeasuredata:0:1">
                <cim:mRID>111131835</cim:mRID><cim:type>E66</cim:type>
                <cim:process.processType>E23</cim:process.processType>
                <cim:businessSector.type>23</cim:businessSector.type>
                <cim:sender_MarketParticipant.mRID codingScheme="A10">5790001330552</cim:sender_MarketParticipant.mRID>
                <cim:sender_MarketParticipant.marketRole.type>MDR</cim:sender_MarketParticipant.marketRole.type>
                <cim:receiver_MarketParticipant.mRID codingScheme="A10">5790000432752</cim:receiver_MarketParticipant.mRID>
                <cim:receiver_MarketParticipant.marketRole.type>DGL</cim:receiver_MarketParticipant.marketRole.type>
                <cim:createdDateTime>2026-04-02T07:30:54Z</cim:createdDateTime>
                <cim:Series>
                <cim:mRID>4413675032</cim:mRID>
                <cim:marketEvaluationPoint.mRID codingScheme="A10">571313000000002000</cim:marketEvaluationPoint.mRID>
                """);
        add(text, "marketEvaluationPoint.type", type);
        add(text, "registration_DateAndOrTime.dateTime", "2026-04-01T07:30:00Z");
        add(text, "product", product);
        add(text, "quantity_Measure_Unit.name", unit);
        text.append("<cim:Period>\n");
        add(text, "resolution", resolution);
        text.append("<cim:timeInterval><cim:start>%s</cim:start><cim:end>%s</cim:end></cim:timeInterval>\n"
                .formatted(start, end));
        for (Point point : points) {
            text.append("<cim:Point>");
            add(text, "position", point.position());
            add(text, "quantity", point.quantity());
            add(text, "quality", point.quality());
            text.append("</cim:Point>\n");
        }
        return text.append("</cim:Period></cim:Series>\n</cim:NotifyValidatedMeasureData_MarketDocument>\n")
                .toString();
    }

    private static void add(StringBuilder text, String name, String value) {
        if (!value.isEmpty()) {
            text.append("<cim:%s>%s</cim:%s>".formatted(name, value, name));
        }
    }

    public String cimJson() {
        List<String> objects = new ArrayList<>();
        for (Point point : points) {
            List<String> fields = new ArrayList<>();
            fields.add("\"position\": {\"value\": %s}".formatted(point.position()));
            if (!point.quantity().isEmpty()) {
                fields.add("\"quantity\": " + point.quantity());
            }
            if (!point.quality().isEmpty()) {
                fields.add("\"quality\": {\"value\": \"%s\"}".formatted(point.quality()));
            }
            objects.add("{" + String.join(", ", fields) + "}");
        }
        return """
                {"NotifyValidatedMeasureData_MarketDocument": {
                "mRID": "111131835",
                "process.processType": {"value": "E23"},
                "receiver_MarketParticipant.mRID": {"codingScheme": "A10", "value": "5790000432752"},
                "Series": [{
                "mRID": "4413675032",
                "marketEvaluationPoint.mRID": {"codingScheme": "A10", "value": "571313000000002000"},
                "Period": {
                "Point": [
                %s
                ],
                "resolution": "%s",
                "timeInterval": {"start": {"value": "%s"}, "end": {"value": "%s"}}
                },
                "marketEvaluationPoint.type": {"value": "%s"},
                "product": "%s",
                "quantity_Measure_Unit.name": {"value": "%s"},
                "registration_DateAndOrTime.dateTime": "2026-04-01T07:30:00Z"
                }],
                "createdDateTime": "2026-04-02T07:30:54Z",
                "sender_MarketParticipant.mRID": {"codingScheme": "A10", "value": "5790001330552"},
                "type": {"value": "E66"}
                }}
                """.formatted(String.join(",\n", objects), resolution, start, end, type, product, unit);
    }

    public String ebix() {
        StringBuilder text = new StringBuilder("""
                <?xml version="1.0" encoding="UTF-8"?>
                <n:DK_MeteredDataTimeSeries xmlns:n="un:unece:260:data:EEM-DK_MeteredDataTimeSeries:v3">
                <n:HeaderEnergyDocument><n:Identification>111131835</n:Identification><n:DocumentType>E66</n:DocumentType>
                <n:Creation>2026-04-02T07:30:54Z</n:Creation>
                <n:SenderEnergyParty><n:Identification>5790001330552</n:Identification></n:SenderEnergyParty>
                <n:RecipientEnergyParty><n:Identification>5790000432752</n:Identification></n:RecipientEnergyParty>
                </n:HeaderEnergyDocument>
                <n:ProcessEnergyContext><n:EnergyBusinessProcess>E23</n:EnergyBusinessProcess></n:ProcessEnergyContext>
                <n:PayloadEnergyTimeSeries><n:Identification>4413675032</n:Identification><n:Function>9</n:Function>
                """);
        text.append("""
                <n:ObservationTimeSeriesPeriod><n:ResolutionDuration>%s</n:ResolutionDuration><n:Start>%s</n:Start>
                <n:End>%s</n:End></n:ObservationTimeSeriesPeriod>
                <n:IncludedProductCharacteristic><n:Identification>%s</n:Identification><n:UnitType>%s</n:UnitType>
                </n:IncludedProductCharacteristic>
                <n:DetailMeasurementMeteringPointCharacteristic><n:TypeOfMeteringPoint>%s</n:TypeOfMeteringPoint>
                </n:DetailMeasurementMeteringPointCharacteristic>
                <n:MeteringPointDomainLocation><n:Identification>571313000000002000</n:Identification>
                </n:MeteringPointDomainLocation>
                """.formatted(resolution, start, end, product, unit, type));
        for (Point point : points) {
            text.append("<n:IntervalEnergyObservation><n:Position>%s</n:Position>".formatted(point.position()));
            text.append(
                    point.quantity().isEmpty()
                            ? "<n:QuantityMissing>true</n:QuantityMissing>"
                            : "<n:EnergyQuantity>%s</n:EnergyQuantity>".formatted(point.quantity()));
            if (!point.quality().isEmpty()) {
                text.append("<n:QuantityQuality>%s</n:QuantityQuality>".formatted(point.quality()));
            }
            text.append("</n:IntervalEnergyObservation>\n");
        }
        return text.append("</n:PayloadEnergyTimeSeries>\n</n:DK_MeteredDataTimeSeries>\n")
                .toString();
    }
}
