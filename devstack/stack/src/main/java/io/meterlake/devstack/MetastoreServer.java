package io.meterlake.devstack;

import io.meterlake.devstack.child.MetastoreMain;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The Hive Metastore on an embedded Derby or on PostgreSQL: its configuration and its command line. */
record MetastoreServer(DevStackConfig config, int port) {
    static final String NAME = "metastore";

    URI uri() {
        return URI.create("thrift://127.0.0.1:" + port);
    }

    void writeConfiguration(StackFiles files) {
        Map<String, String> settings = new TreeMap<>();
        MetastoreDatabase database = config.metastoreDatabase();
        if (database.isEmbedded()) {
            settings.put("javax.jdo.option.ConnectionURL", "jdbc:derby:;databaseName=" + files.derby());
            settings.put("javax.jdo.option.ConnectionDriverName", "org.apache.derby.jdbc.EmbeddedDriver");
        } else {
            settings.put("javax.jdo.option.ConnectionURL", database.url());
            settings.put("javax.jdo.option.ConnectionDriverName", "org.postgresql.Driver");
            settings.put("javax.jdo.option.ConnectionUserName", database.user());
        }
        // The schema tool's scripts are in no Maven artifact; DataNucleus makes what is missing at every start.
        settings.put("datanucleus.schema.autoCreateAll", "true");
        settings.put("metastore.schema.verification", "false");
        settings.put("metastore.thrift.uris", uri().toString());
        settings.put("metastore.thrift.bind.host", "127.0.0.1");
        // The folder of managed tables is elsewhere on purpose: a schema that is made with a location inside of it gets
        // another one, which does not exist.
        settings.put("metastore.warehouse.external.dir", config.warehouse().uri());
        settings.putAll(config.warehouse().metastoreSettings());
        settings.put(
                "metastore.warehouse.dir",
                files.metastoreFolder().resolve("managed").toUri().toString());
        settings.put("metastore.expression.proxy", "org.apache.hadoop.hive.metastore.DefaultPartitionExpressionProxy");
        // The default transformer moves the location of what a client without Hive's own capabilities creates.
        settings.put("metastore.metadata.transformer.class", "");
        // Compaction and replication are not used; their threads only make noise.
        settings.put("metastore.task.threads.always", "org.apache.hadoop.hive.metastore.events.EventCleanerTask");
        settings.put("metastore.compactor.initiator.on", "false");
        StringBuilder xml = new StringBuilder("<configuration>\n");
        settings.forEach((key, value) -> xml.append("  <property><name>")
                .append(escaped(key))
                .append("</name><value>")
                .append(escaped(value))
                .append("</value></property>\n"));
        StackFiles.write(
                files.metastoreFolder().resolve("metastore-site.xml"),
                xml.append("</configuration>\n").toString());
        writeLogging(files);
    }

    private static void writeLogging(StackFiles files) {
        StackFiles.write(files.metastoreFolder().resolve("log4j2.properties"), """
                appender.console.type = Console
                appender.console.name = console
                appender.console.layout.type = PatternLayout
                appender.console.layout.pattern = %d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX}{UTC} %p %c{1}: %m%n
                rootLogger.level = WARN
                rootLogger.appenderRef.console.ref = console
                logger.server.name = org.apache.hadoop.hive.metastore.HiveMetaStore
                logger.server.level = INFO
                """);
    }

    ChildProcess.Command command(ServerLibraries libraries, StackFiles files) {
        List<String> options = List.of(
                "-Xmx" + config.metastoreHeapMegabytes() + "m",
                "-XX:+UseSerialGC",
                // It runs little code, and seldom for long: the second compiler would only slow its start.
                "-XX:TieredStopAtLevel=1",
                "-Duser.timezone=UTC",
                "-Duser.language=en",
                "-Dderby.stream.error.file=" + files.log("derby"),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow");
        MetastoreDatabase database = config.metastoreDatabase();
        String derby = database.isEmbedded() ? files.derby().toString() : MetastoreMain.NO_DERBY;
        return new ChildProcess.Command(
                NAME,
                options,
                ChildProcess.classPath(libraries.metastore(), List.of(files.metastoreFolder())),
                MetastoreMain.class.getName(),
                List.of(derby, "-p", String.valueOf(port)),
                files.metastoreFolder(),
                database.isEmbedded() ? Map.of() : Map.of(MetastoreMain.PASSWORD, database.password()));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
