package io.meterlake.compile.template;

/** {@code {{ return(x) }}}: ends a macro with a value that need not be text. */
public final class Returning {
    /** Hands its argument to the caller of the macro that is running. */
    public static final TemplateFunction FUNCTION = Returning::end;

    private Returning() {}

    private static Object end(Arguments arguments) {
        arguments.allow("value");
        throw new ReturnSignal(arguments.optional(0, "value").orElse(null));
    }
}
