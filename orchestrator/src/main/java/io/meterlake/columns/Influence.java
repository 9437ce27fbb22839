package io.meterlake.columns;

import java.util.Locale;

/**
 * How a column has to do with another: type and subtype of OpenLineage's columnLineage facet. The direct ones carry the
 * value, in the order in which one includes the other; the indirect ones decide which value or which rows.
 */
public enum Influence {
    IDENTITY(true),
    TRANSFORMATION(true),
    AGGREGATION(true),
    CONDITIONAL(false),
    FILTER(false),
    GROUP_BY(false),
    JOIN(false),
    SORT(false),
    WINDOW(false);

    private final boolean direct;

    Influence(boolean direct) {
        this.direct = direct;
    }

    public boolean isDirect() {
        return direct;
    }

    /** For people and documents, such as {@code group_by}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** DIRECT or INDIRECT. */
    public String type() {
        return direct ? "DIRECT" : "INDIRECT";
    }

    /** What it is to who uses the result in another way again. */
    Influence then(Influence outer) {
        if (!outer.direct) {
            return outer;
        }
        if (!direct) {
            return this;
        }
        return compareTo(outer) >= 0 ? this : outer;
    }
}
