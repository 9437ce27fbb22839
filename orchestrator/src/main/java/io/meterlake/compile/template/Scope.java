package io.meterlake.compile.template;

import java.util.Collection;
import java.util.Optional;

/** What the names in a template mean besides the variables and macros of its own. Asked only for names that occur. */
public interface Scope {
    /** A value: text, number, boolean, list, map or {@link TemplateObject}. */
    Optional<Object> variable(String name);

    /** Something to call by its bare name. */
    Optional<TemplateFunction> function(String name);

    /** Why a name that is known elsewhere is not supported here, as the end of a message. */
    Optional<String> refusal(String name);

    /** Every name that means something, for suggestions. */
    Collection<String> names();
}
