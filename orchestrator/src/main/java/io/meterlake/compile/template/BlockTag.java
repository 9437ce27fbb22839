package io.meterlake.compile.template;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.tag.Tag;
import com.hubspot.jinjava.tree.TagNode;

/** A block of dbt's that prints nothing where it stands, such as {@code {% test … %}}. */
final class BlockTag implements Tag {
    private static final long serialVersionUID = 1L;

    private final String name;

    BlockTag(String name) {
        this.name = name;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getEndTagName() {
        return "end" + name;
    }

    @Override
    public String interpret(TagNode node, JinjavaInterpreter interpreter) {
        return "";
    }
}
