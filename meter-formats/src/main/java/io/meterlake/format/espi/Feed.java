package io.meterlake.format.espi;

import io.meterlake.format.UnreadableFileException;
import io.meterlake.format.xml.XmlCursor;
import java.io.IOException;

/** Walks through a feed, or a single entry, and shows its resources to a visitor, in the order of the file. */
final class Feed {
    static final String ATOM = "http://www.w3.org/2005/Atom";
    static final String ESPI = "http://naesb.org/espi";

    /** What is to be done with what comes. */
    interface Visitor {
        /** A resource: an element that is the content of an entry, or lies in such an element. To be read or left. */
        void resource(XmlCursor xml, Entry entry) throws IOException;

        /** The entry is over; only now all that it says besides its content is known. */
        void ends(Entry entry);
    }

    /** A sender that names each block of a meter's year by a link has some hundreds. */
    private static final int MOST_LINKS = 100_000;

    private final XmlCursor xml;
    private final String fileName;
    private final Visitor visitor;

    /** What the feed says besides its entries. */
    final Entry itself = new Entry();

    private String author = "";

    private Feed(XmlCursor xml, String fileName, Visitor visitor) {
        this.xml = xml;
        this.fileName = fileName;
        this.visitor = visitor;
    }

    static Feed walk(XmlCursor xml, String fileName, Visitor visitor) throws IOException {
        xml.toRoot();
        Feed feed = new Feed(xml, fileName, visitor);
        boolean isAtom = xml.namespace().equals(ATOM);
        if (isAtom && xml.name().equals("feed")) {
            feed.feed();
        } else if (isAtom && xml.name().equals("entry")) {
            feed.entry();
        } else {
            throw new UnreadableFileException(
                    "Cannot read %s: its root is %s, not an Atom feed".formatted(fileName, xml.name()),
                    "A Green Button file begins with <feed xmlns=\"%s\">; ask the sender for one.".formatted(ATOM));
        }
        xml.finish();
        return feed;
    }

    /** Who made the feed: its author, or else the server that its own address names; empty if it does not say. */
    String sender() {
        return author;
    }

    private void feed() throws IOException {
        int level = xml.level();
        while (xml.nextIn(level)) {
            if (!xml.namespace().equals(ATOM)) {
                continue;
            }
            switch (xml.name()) {
                case "entry" -> entry();
                case "author" -> author();
                case "id", "link", "updated" -> about(itself);
                default -> {
                    // Titles and the like.
                }
            }
        }
    }

    private void author() throws IOException {
        int level = xml.level();
        while (xml.nextIn(level)) {
            if (xml.name().equals("name")) {
                author = xml.text();
            }
        }
    }

    private void about(Entry entry) throws IOException {
        switch (xml.name()) {
            case "id" -> entry.id = xml.text();
            case "updated" -> entry.updated = xml.text();
            default -> {
                String href = xml.attribute("href");
                String rel = xml.attribute("rel");
                if (entry == itself && rel.equals("self") && author.isEmpty()) {
                    author = Href.server(href);
                }
                entry.link(rel, href);
                if (entry.related.size() > MOST_LINKS) {
                    throw new UnreadableFileException(
                            "Cannot read %s: an entry at line %d has more than %d links"
                                    .formatted(fileName, xml.line(), MOST_LINKS),
                            "Ask the sender for several smaller files.");
                }
            }
        }
    }

    private void entry() throws IOException {
        Entry entry = new Entry();
        int level = xml.level();
        while (xml.nextIn(level)) {
            if (!xml.namespace().equals(ATOM)) {
                continue;
            }
            switch (xml.name()) {
                case "content" -> content(entry);
                case "id", "link", "updated" -> about(entry);
                default -> {
                    // Titles and the like.
                }
            }
        }
        visitor.ends(entry);
    }

    private void content(Entry entry) throws IOException {
        int level = xml.level();
        while (xml.nextIn(level)) {
            if (xml.namespace().equals(ESPI)) {
                visitor.resource(xml, entry);
            }
        }
    }
}
