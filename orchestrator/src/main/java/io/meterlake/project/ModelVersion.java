package io.meterlake.project;

import java.math.BigDecimal;

/**
 * Which version of a model it is.
 *
 * @param model the name that all of them share
 * @param version such as {@code 2}, as written
 * @param latest the version that {@code ref} means without one
 */
public record ModelVersion(String model, String version, String latest) {
    /** The name of one of them, {@code energy_v2}: its own, that of its table and, unless said otherwise, of its file. */
    public String name() {
        return model + "_v" + version.replace('.', '_');
    }

    public boolean isLatest() {
        return version.equals(latest);
    }

    /** Whether it came before the latest one. */
    public boolean isOld() {
        return compare(version, latest) < 0;
    }

    /** Numbers by their value and before words, as with dbt. */
    static int compare(String left, String right) {
        boolean leftIsNumber = isNumber(left);
        boolean rightIsNumber = isNumber(right);
        if (leftIsNumber && rightIsNumber) {
            return new BigDecimal(left).compareTo(new BigDecimal(right));
        }
        return leftIsNumber == rightIsNumber ? left.compareTo(right) : leftIsNumber ? -1 : 1;
    }

    private static boolean isNumber(String version) {
        return version.matches("\\d+(\\.\\d+)?");
    }
}
