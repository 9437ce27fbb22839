package io.meterlake.format.espi;

import java.util.ArrayList;
import java.util.List;

/** What an Atom entry says besides its content; its parts may come before and behind the content. */
final class Entry {
    String id = "";
    String self = "";
    String up = "";
    String updated = "";
    final List<String> related = new ArrayList<>();

    void link(String rel, String href) {
        String address = Href.of(href);
        switch (rel) {
            case "self" -> self = address;
            case "up" -> up = address;
            case "related" -> related.add(address);
            default -> {
                // Other relations say nothing about what belongs together.
            }
        }
    }
}
