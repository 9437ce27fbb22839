package io.meterlake.format.xml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which namespace each prefix stands for, as far as elements are open. */
final class XmlNamespaces {
    private static final String XML = "http://www.w3.org/XML/1998/namespace";
    private static final String XMLNS = "http://www.w3.org/2000/xmlns/";

    private record Binding(String prefix, String uri, int depth) {}

    private final List<Binding> bindings = new ArrayList<>(List.of(new Binding("", "", 0), new Binding("xml", XML, 0)));
    private int deepest;

    /**
     * Binds a prefix, the empty one too, for an element at a depth and what is in it.
     *
     * @return whether the standard allows it
     */
    boolean bind(String prefix, String uri, int depth) {
        boolean isReserved = prefix.equals("xmlns") || uri.equals(XMLNS) || prefix.equals("xml") != uri.equals(XML);
        if (isReserved || (!prefix.isEmpty() && uri.isEmpty())) {
            return false;
        }
        bindings.add(new Binding(prefix, uri, depth));
        deepest = depth;
        return true;
    }

    /** Forgets what the elements that were deeper bound. */
    void leaveTo(int depth) {
        while (deepest > depth) {
            bindings.remove(bindings.size() - 1);
            deepest = bindings.get(bindings.size() - 1).depth();
        }
    }

    /** The namespace of a prefix, empty text for none; nothing if it is not bound. */
    Optional<String> of(String prefix) {
        for (int i = bindings.size() - 1; i >= 0; i--) {
            if (bindings.get(i).prefix().equals(prefix)) {
                return Optional.of(bindings.get(i).uri());
            }
        }
        return Optional.empty();
    }
}
