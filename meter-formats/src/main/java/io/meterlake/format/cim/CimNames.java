package io.meterlake.format.cim;

import io.meterlake.format.measure.HeaderField;
import io.meterlake.format.measure.SeriesField;
import java.util.Map;
import java.util.Set;

/** The names of CIM's elements, the same in XML and in JSON, and what they mean. */
final class CimNames {
    static final String DOCUMENT = "NotifyValidatedMeasureData_MarketDocument";

    /** How the names of all documents of the market end. */
    static final String ANY_DOCUMENT = "_MarketDocument";

    /** ediel.org calls a series Series, ENTSO-E TimeSeries. */
    static final Set<String> SERIES = Set.of("Series", "TimeSeries");

    static final Map<String, HeaderField> HEADER = Map.ofEntries(
            Map.entry("mRID", HeaderField.ID),
            Map.entry("type", HeaderField.DOCUMENT_TYPE),
            Map.entry("process.processType", HeaderField.PROCESS),
            Map.entry("sender_MarketParticipant.mRID", HeaderField.SENDER),
            Map.entry("receiver_MarketParticipant.mRID", HeaderField.RECEIVER),
            Map.entry("createdDateTime", HeaderField.CREATED),
            Map.entry("docStatus", HeaderField.STATUS),
            Map.entry("businessSector.type", HeaderField.OTHER),
            Map.entry("revisionNumber", HeaderField.OTHER),
            Map.entry("sender_MarketParticipant.marketRole.type", HeaderField.OTHER),
            Map.entry("receiver_MarketParticipant.marketRole.type", HeaderField.OTHER),
            Map.entry("domain.mRID", HeaderField.OTHER),
            Map.entry("period.timeInterval", HeaderField.OTHER),
            Map.entry("time_Period.timeInterval", HeaderField.OTHER));

    /** The required fields of the header, for messages. */
    static final Map<HeaderField, String> HEADER_NAMES = Map.of(
            HeaderField.ID, "mRID",
            HeaderField.DOCUMENT_TYPE, "type",
            HeaderField.PROCESS, "process.processType",
            HeaderField.SENDER, "sender_MarketParticipant.mRID",
            HeaderField.RECEIVER, "receiver_MarketParticipant.mRID",
            HeaderField.CREATED, "createdDateTime",
            HeaderField.STATUS, "docStatus");

    static final Map<String, SeriesField> SERIES_FIELDS = Map.ofEntries(
            Map.entry("mRID", SeriesField.TRANSACTION),
            Map.entry("marketEvaluationPoint.mRID", SeriesField.METERING_POINT),
            Map.entry("marketEvaluationPoint.type", SeriesField.METERING_POINT_TYPE),
            Map.entry("businessType", SeriesField.BUSINESS_TYPE),
            Map.entry("flowDirection.direction", SeriesField.FLOW_DIRECTION),
            Map.entry("product", SeriesField.PRODUCT),
            Map.entry("quantity_Measure_Unit.name", SeriesField.UNIT),
            Map.entry("quantity_Measurement_Unit.name", SeriesField.UNIT),
            Map.entry("measurement_Unit.name", SeriesField.UNIT),
            Map.entry("registration_DateAndOrTime.dateTime", SeriesField.REGISTERED),
            Map.entry("docStatus", SeriesField.STATUS),
            Map.entry("curveType", SeriesField.CURVE_TYPE),
            Map.entry("originalTransactionIDReference_Series.mRID", SeriesField.OTHER),
            Map.entry("in_Domain.mRID", SeriesField.OTHER),
            Map.entry("out_Domain.mRID", SeriesField.OTHER),
            Map.entry("version", SeriesField.OTHER));

    private CimNames() {}
}
