package io.meterlake.project;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a project for a test, file by file. It begins with the smallest {@code dbt_project.yml}. */
public final class TestProject {
    private final Path folder;

    public TestProject(Path folder) {
        this.folder = folder;
        file("dbt_project.yml", "name: shop\n");
    }

    public Path folder() {
        return folder;
    }

    public TestProject file(String name, String text) {
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
        return this;
    }

    public TestProject model(String name, String sql) {
        return file("models/" + name + ".sql", sql);
    }

    /** From now on {@code +schema: x} is the schema x, and not one behind the target's. */
    public TestProject takingSchemasAsTheyAre() {
        return file("macros/generate_schema_name.sql", """
                {% macro generate_schema_name(custom_schema_name, node) -%}
                {{ custom_schema_name or target.schema }}
                {%- endmacro %}
                """);
    }

    public Project load() {
        return ProjectLoader.load(folder);
    }
}
