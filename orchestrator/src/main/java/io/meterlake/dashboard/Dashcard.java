package io.meterlake.dashboard;

import java.util.List;

/**
 * A card's place on a dashboard, in a grid of 24 columns.
 *
 * @param card the card's slug
 */
public record Dashcard(String card, int row, int col, int sizeX, int sizeY, List<ParameterMapping> parameterMappings) {
    /** Hands a dashboard's parameter, named by its slug, to a card's template tag. */
    public record ParameterMapping(String parameter, String tag) {}

    public Dashcard {
        parameterMappings = List.copyOf(parameterMappings);
    }

    boolean overlaps(Dashcard other) {
        return col < other.col + other.sizeX
                && other.col < col + sizeX
                && row < other.row + other.sizeY
                && other.row < row + sizeY;
    }
}
