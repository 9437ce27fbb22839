package io.meterlake.format.measure;

/** What a series says about its points, whatever the syntax calls it. */
public enum SeriesField {
    TRANSACTION,
    METERING_POINT,
    METERING_POINT_TYPE,
    BUSINESS_TYPE,
    FLOW_DIRECTION,
    PRODUCT,
    UNIT,
    REGISTERED,
    /** A status of CIM or a function of ebIX: whether the series has values, or takes earlier ones back. */
    STATUS,
    CURVE_TYPE,
    RESOLUTION,
    START,
    END,
    /** A field that says nothing about the values. */
    OTHER
}
