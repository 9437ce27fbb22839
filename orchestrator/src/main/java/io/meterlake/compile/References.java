package io.meterlake.compile;

import io.meterlake.compile.template.TemplateFailure;
import io.meterlake.project.Resource;

/** Where a model, seed or source is, and whether readers get it pasted in. */
@FunctionalInterface
interface References {
    /** For settings: they say where tables are and cannot ask for it. */
    References NONE = resource -> {
        throw new TemplateFailure(resource.location(), "a setting must not read " + resource.name());
    };

    Reference of(Resource resource);
}
