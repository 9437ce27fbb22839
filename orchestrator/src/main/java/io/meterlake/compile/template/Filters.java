package io.meterlake.compile.template;

import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.filter.Filter;
import java.math.BigDecimal;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** dbt's own filters: types of values that YAML and the environment only have as text. */
final class Filters {
    private Filters() {}

    static void register(Context global) {
        global.registerFilter(new ValueFilter("as_text", PythonText::of));
        global.registerFilter(new ValueFilter("as_native", value -> value));
        global.registerFilter(new ValueFilter("as_bool", value -> Boolean.valueOf(value.toString())));
        global.registerFilter(new ValueFilter("as_number", Filters::number));
    }

    private static Object number(Object value) {
        BigDecimal number = new BigDecimal(value.toString().strip());
        return number.scale() <= 0 ? (Object) number.longValueExact() : number;
    }

    private record ValueFilter(String name, UnaryOperator<Object> operator) implements Filter {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public @Nullable Object filter(@Nullable Object value, JinjavaInterpreter interpreter, String... arguments) {
            return value == null ? null : operator.apply(value);
        }
    }
}
