package io.meterlake.compile;

import io.meterlake.project.Checksum;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes one statement of a rendered node and the models that are pasted into it. */
final class SqlAssembly {
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<String, Draft> drafts;

    /** @param drafts every node that may be pasted, by unique id */
    SqlAssembly(Graph graph, Map<String, Draft> drafts) {
        List<String> order = graph.order();
        for (int i = 0; i < order.size(); i++) {
            places.put(order.get(i), i);
        }
        this.drafts = drafts;
    }

    /** The statement, and what the fingerprint is of. */
    CompiledSql compiled(Draft draft) {
        List<Draft> pasted = pasted(draft);
        String sql = statement(draft, pasted);
        SortedMap<String, Object> variables = new TreeMap<>(draft.recording().variables);
        Map<String, String> addresses = new HashMap<>();
        address(draft, addresses);
        for (Draft part : pasted) {
            variables.putAll(part.recording().variables);
            address(part, addresses);
        }
        return new CompiledSql(
                sql,
                draft.sql(),
                List.copyOf(draft.recording().dependsOn.keySet()),
                Checksum.of(draft.raw()),
                Checksum.of(withoutAddresses(sql, addresses)),
                variables);
    }

    String statement(Draft draft, List<Draft> pasted) {
        if (pasted.isEmpty()) {
            return draft.sql();
        }
        SequencedMap<String, String> expressions = new LinkedHashMap<>();
        for (Draft part : pasted) {
            expressions.put(new Reference(part.resource(), NOWHERE, true).pastedName(), part.sql());
        }
        return PastedModels.inFrontOf(draft.sql(), expressions);
    }

    private static final io.meterlake.project.Relation NOWHERE = new io.meterlake.project.Relation("", "", "");

    /** The models that readers get pasted in, directly or through each other, dependencies first. */
    List<Draft> pasted(Draft draft) {
        Set<String> seen = new TreeSet<>();
        Deque<Draft> open = new ArrayDeque<>(List.of(draft));
        List<Draft> found = new ArrayList<>();
        while (!open.isEmpty()) {
            Recording recording = open.remove().recording();
            recording.references.forEach((id, reference) -> {
                Draft part = drafts.get(id);
                if (reference.pasted() && recording.dependsOn.containsKey(id) && part != null && seen.add(id)) {
                    found.add(part);
                    open.add(part);
                }
            });
        }
        found.sort(
                Comparator.comparing(part -> places.getOrDefault(part.resource().uniqueId(), 0)));
        return found;
    }

    private static void address(Draft draft, Map<String, String> addresses) {
        draft.recording().references.forEach((id, reference) -> {
            if (!reference.pasted()) {
                addresses.put(reference.sql(), "{{ " + id + " }}");
            }
        });
    }

    /** The longest first, so that no address is taken for the beginning of another. */
    private static String withoutAddresses(String sql, Map<String, String> addresses) {
        String text = sql;
        for (String address : addresses.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .toList()) {
            text = text.replace(address, addresses.getOrDefault(address, address));
        }
        return text;
    }
}
