package io.meterlake.run;

import static java.util.Objects.requireNonNullElse;

import io.meterlake.compile.Days;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run was asked to do, as its journal keeps it.
 *
 * @param command such as {@code build}
 * @param all whether every node of the project was meant
 * @param selected the unique ids of the nodes that were meant
 * @param vars those of the command line
 * @param target the target's name; null in journals of before there were several
 * @param state the folder of the earlier state that it was compared with or deferred to; null if there was none
 * @param defer whether what it does not build is read from that state
 * @param favorState whether that state goes before what there is already
 * @param remade what of incremental models is made anew; null in journals of before there were any
 */
public record RunPurpose(
        String command,
        boolean all,
        List<String> selected,
        Map<String, Object> vars,
        @Nullable String target,
        @Nullable String state,
        boolean defer,
        boolean favorState,
        @Nullable Remade remade) {
    /**
     * A {@link Rebuild} as it is written.
     *
     * @param eventTimeStart the first day; null: what changed
     * @param eventTimeEnd the day after the last one
     */
    public record Remade(
            boolean fullRefresh,
            @Nullable String eventTimeStart,
            @Nullable String eventTimeEnd) {
        static Remade of(Rebuild rebuild) {
            if (rebuild.days().areAll() || rebuild.days().isEmpty()) {
                return new Remade(rebuild.isFull(), null, null);
            }
            Days.Range range = rebuild.days().ranges().getFirst();
            return new Remade(
                    rebuild.isFull(), range.from().toString(), range.until().toString());
        }
    }

    public RunPurpose {
        selected = List.copyOf(requireNonNullElse(selected, List.of()));
        vars = Map.copyOf(requireNonNullElse(vars, Map.of()));
    }
}
