package io.meterlake.cli;

import static io.meterlake.config.Setting.METASTORE_URI;
import static io.meterlake.config.Setting.STACK_PATH;
import static io.meterlake.config.Setting.TRINO_URL;

import io.meterlake.config.Config;
import io.meterlake.config.Setting;
import io.meterlake.devstack.DevStack;
import io.meterlake.error.MeterlakeException;
import java.net.URI;
import java.util.List;
import java.util.function.Function;

/** Where Trino and the metastore are: where the settings say, or else in the embedded stack. */
record Servers(Config config) {
    /**
     * Trino's address.
     *
     * @throws MeterlakeException {@code STACK_DOWN} if no setting names one and no stack runs;
     *     {@code INVALID_CONFIG} if the setting is no address
     */
    URI trino() {
        return address(TRINO_URL, List.of("http", "https"), 8080, DevStack::trinoUri);
    }

    /**
     * The metastore's address.
     *
     * @throws MeterlakeException {@code STACK_DOWN} if no setting names one and no stack runs;
     *     {@code INVALID_CONFIG} if the setting is no address
     */
    URI metastore() {
        return address(METASTORE_URI, List.of("thrift"), 9083, DevStack::metastoreUri);
    }

    private URI address(Setting setting, List<String> schemes, int examplePort, Function<DevStack, URI> ofStack) {
        if (!config.text(setting).isBlank()) {
            return ServerAddress.of(config, setting, schemes, examplePort);
        }
        return DevStack.find(config.path(STACK_PATH))
                .map(ofStack)
                .orElseThrow(() -> new MeterlakeException(
                        CliErrorCode.STACK_DOWN,
                        "Cannot reach the servers: no stack runs in %s and %s is not set"
                                .formatted(config.path(STACK_PATH), setting.key()),
                        "Run `./meterlake stack up`, or set %s to a server of your own.".formatted(setting.key())));
    }
}
