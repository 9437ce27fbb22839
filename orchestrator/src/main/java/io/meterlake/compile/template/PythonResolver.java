package io.meterlake.compile.template;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import java.beans.FeatureDescriptor;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELResolver;
import org.jspecify.annotations.Nullable;

/** Resolves properties of {@link TemplateObject}s and methods of texts; Jinjava's own resolvers do the rest. */
final class PythonResolver extends ELResolver {
    @Override
    public @Nullable Object getValue(ELContext context, Object base, Object property) {
        if (!(base instanceof TemplateObject object)) {
            return null;
        }
        context.setPropertyResolved(true);
        Rendering rendering = rendering();
        Optional<Object> value = object.property(property.toString());
        if (value.isEmpty()) {
            rendering.noteUndefined(property.toString());
            return null;
        }
        return value.get() instanceof TemplateFunction function
                ? rendering.callable(property.toString(), function)
                : value.get();
    }

    @Override
    public @Nullable Object invoke(
            ELContext context, Object base, Object method, Class<?>[] types, Object[] parameters) {
        if (base instanceof String text) {
            Optional<Object> result = PythonStrings.call(text, method.toString(), Arrays.asList(parameters));
            if (result.isPresent()) {
                context.setPropertyResolved(true);
                return result.get();
            }
        }
        if (base instanceof TemplateObject object) {
            Rendering rendering = rendering();
            throw new TemplateFailure(
                    rendering.location(),
                    "'%s' has no method '%s'".formatted(object.getClass().getSimpleName(), method));
        }
        return null;
    }

    private static Rendering rendering() {
        if (JinjavaInterpreter.getCurrent() instanceof TemplateInterpreter interpreter) {
            return interpreter.rendering();
        }
        throw new IllegalStateException("rendered by another interpreter");
    }

    @Override
    public @Nullable Class<?> getType(ELContext context, Object base, Object property) {
        return null;
    }

    @Override
    public boolean isReadOnly(ELContext context, Object base, Object property) {
        return true;
    }

    @Override
    public void setValue(ELContext context, Object base, Object property, Object value) {
        // Nothing that templates see can be changed by them.
    }

    @Override
    public Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, Object base) {
        return Collections.emptyIterator();
    }

    @Override
    public Class<?> getCommonPropertyType(ELContext context, Object base) {
        return Object.class;
    }
}
