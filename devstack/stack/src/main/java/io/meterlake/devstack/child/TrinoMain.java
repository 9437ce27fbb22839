package io.meterlake.devstack.child;

/**
 * Runs the Trino server that is on this process's class path. By reflection, so that the product is compiled without
 * Trino's 176 jars.
 */
public final class TrinoMain {
    private TrinoMain() {}

    /**
     * Starts the server.
     *
     * @param arguments the version that the server reports
     */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        Lifeline.hold();
        Class<?> server = Class.forName("io.trino.server.Server");
        server.getMethod("start", String.class).invoke(server.getConstructor().newInstance(), arguments[0]);
    }
}
