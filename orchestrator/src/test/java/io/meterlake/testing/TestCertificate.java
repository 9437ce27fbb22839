package io.meterlake.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A key with a certificate for 127.0.0.1 that it signed itself, made by the JDK's keytool.
 *
 * @param keyStore a PKCS #12 file, with {@link #PASSWORD}
 * @param pem the certificate alone
 */
public record TestCertificate(Path keyStore, Path pem) {
    public static final String PASSWORD = "only-for-tests";

    /**
     * Makes a key and its certificate.
     *
     * @param validity keytool's options that say from when to when it holds
     */
    public static TestCertificate make(Path folder, String name, List<String> validity)
            throws IOException, InterruptedException {
        Path keyStore = folder.resolve(name + ".p12");
        Path pem = folder.resolve(name + ".pem");
        List<String> pair = new ArrayList<>(List.of("-genkeypair", "-keyalg", "RSA", "-keysize", "2048"));
        pair.addAll(List.of("-dname", "CN=127.0.0.1", "-ext", "san=ip:127.0.0.1"));
        pair.addAll(validity);
        keytool(keyStore, pair);
        keytool(keyStore, List.of("-exportcert", "-rfc", "-file", pem.toString()));
        return new TestCertificate(keyStore, pem);
    }

    private static void keytool(Path keyStore, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        command.addAll(List.of("-alias", "test", "-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of("-keystore", keyStore.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed: " + said);
        }
    }
}
