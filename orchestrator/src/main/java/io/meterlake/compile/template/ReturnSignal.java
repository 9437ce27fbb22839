package io.meterlake.compile.template;

import org.jspecify.annotations.Nullable;

/** Carries the value of {@code {{ return(x) }}} out of a macro's body. An error for {@link TemplateFailure}'s reason. */
final class ReturnSignal extends Error {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Object value;

    ReturnSignal(@Nullable Object value) {
        super(null, null, false, false);
        this.value = value;
    }

    @Nullable
    Object value() {
        return value;
    }
}
