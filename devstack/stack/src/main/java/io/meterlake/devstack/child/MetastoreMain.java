package io.meterlake.devstack.child;

/** Runs the Hive Metastore that is on this process's class path. */
public final class MetastoreMain {
    private MetastoreMain() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        Lifeline.hold();
        Class.forName("org.apache.hadoop.hive.metastore.HiveMetaStore")
                .getMethod("main", String[].class)
                .invoke(null, (Object) arguments);
    }
}
