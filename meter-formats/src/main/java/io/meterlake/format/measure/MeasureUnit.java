package io.meterlake.format.measure;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Units of UN/ECE Recommendation 20, and those of ebIX that it lacks, as far as they measure electricity. */
enum MeasureUnit {
    WHR("Wh", Quantity.ACTIVE_ENERGY),
    KWH("kWh", Quantity.ACTIVE_ENERGY),
    MWH("MWh", Quantity.ACTIVE_ENERGY),
    GWH("GWh", Quantity.ACTIVE_ENERGY),
    K3("kVArh", Quantity.REACTIVE_ENERGY),
    MAH("MVArh", Quantity.REACTIVE_ENERGY),
    C79("kVAh", Quantity.APPARENT_ENERGY),
    WTT("W", Quantity.ACTIVE_POWER),
    KWT("kW", Quantity.ACTIVE_POWER),
    MAW("MW", Quantity.ACTIVE_POWER),
    KVR("kVAr", Quantity.REACTIVE_POWER),
    MAR("MVAr", Quantity.REACTIVE_POWER),
    Z03("MVAr", Quantity.REACTIVE_POWER);

    /** What is measured. */
    enum Quantity {
        ACTIVE_ENERGY,
        REACTIVE_ENERGY,
        APPARENT_ENERGY,
        ACTIVE_POWER,
        REACTIVE_POWER;

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** GS1's numbers of energy products, and what they measure. */
    private static final Map<String, Quantity> PRODUCTS = Map.of(
            "8716867000030", Quantity.ACTIVE_ENERGY,
            "8716867000047", Quantity.REACTIVE_ENERGY,
            "8716867000139", Quantity.REACTIVE_ENERGY,
            "8716867000146", Quantity.REACTIVE_ENERGY,
            "8716867000016", Quantity.ACTIVE_POWER,
            "8716867000023", Quantity.REACTIVE_POWER,
            "8716867000115", Quantity.REACTIVE_POWER,
            "8716867000122", Quantity.REACTIVE_POWER);

    private static final Set<String> CAPACITIVE = Set.of("8716867000139", "8716867000115");
    private static final Set<String> INDUCTIVE = Set.of("8716867000146", "8716867000122");

    private final String symbol;
    private final Quantity quantity;

    MeasureUnit(String symbol, Quantity quantity) {
        this.symbol = symbol;
        this.quantity = quantity;
    }

    static Optional<MeasureUnit> of(String code) {
        return Arrays.stream(values()).filter(unit -> unit.name().equals(code)).findFirst();
    }

    /** As the {@code unit} column has it. */
    String symbol() {
        return symbol;
    }

    /** What it measures. */
    Quantity quantity() {
        return quantity;
    }

    /** Whether a product can be measured in it; a product that is not said can. */
    boolean measures(String product) {
        return product.isEmpty() || quantity == PRODUCTS.get(product);
    }

    static boolean isProduct(String product) {
        return product.isEmpty() || PRODUCTS.containsKey(product);
    }

    /** What is put behind a channel's name, so that each quantity has a channel of its own; empty for active energy. */
    String suffix(String product) {
        String what = quantity == Quantity.ACTIVE_ENERGY ? "" : "/" + quantity.label();
        return what + (CAPACITIVE.contains(product) ? "/capacitive" : INDUCTIVE.contains(product) ? "/inductive" : "");
    }
}
