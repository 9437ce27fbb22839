package io.meterlake.engine;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * How to prove to Trino who asks, and how Trino proves who it is.
 *
 * @param login what is sent with each query, over TLS only
 * @param authority a PEM file with the certificate of Trino or of who signed it; empty: those that Java trusts
 */
public record TrinoAccess(Login login, Optional<Path> authority) {
    /** A name that nobody proves, and Java's authorities. */
    public static final TrinoAccess NONE = new TrinoAccess(new Login.None(), Optional.empty());

    /** What proves who asks. Never printed: no {@code toString} holds a secret. */
    public sealed interface Login {
        /** Nothing. */
        record None() implements Login {}

        /** The user's password, as LDAP or a password file of Trino's knows it. */
        record Password(String password) implements Login {
            @Override
            public String toString() {
                return "a password";
            }
        }

        /** A JSON Web Token, whose subject Trino takes as the user. */
        record Token(String token) implements Login {
            @Override
            public String toString() {
                return "a token";
            }
        }
    }

    /**
     * With a certificate of one's own.
     *
     * @param authority a PEM file; all of its certificates must hold today, which Java does not ask of one that is trusted by
     *     itself
     * @throws EngineException {@code ACCESS_REFUSED} if it cannot be read, or one has expired
     */
    public static TrinoAccess trusting(Login login, Path authority) {
        try {
            Collection<? extends Certificate> certificates = certificates(authority);
            if (certificates.isEmpty()) {
                throw new CertificateException("it holds none");
            }
            for (Certificate one : certificates) {
                ((X509Certificate) one).checkValidity();
            }
            return new TrinoAccess(login, Optional.of(authority));
        } catch (IOException | CertificateException e) {
            String reason = e instanceof CertificateExpiredException
                    ? "it has expired (" + e.getMessage() + ")"
                    : String.valueOf(e.getMessage());
            throw EngineException.accessRefused(
                    "Cannot trust Trino by the certificate in %s: %s".formatted(authority, reason),
                    "Have it renewed and correct trino.authority, or leave that out if an authority that Java trusts"
                            + " signed Trino's certificate.",
                    e);
        }
    }

    /** The same as settings of the JDBC driver. */
    void addTo(Properties properties) {
        switch (login) {
            case Login.None _ -> {}
            case Login.Password(String password) -> properties.setProperty("password", password);
            case Login.Token(String token) -> properties.setProperty("accessToken", token);
        }
        authority.ifPresent(file -> properties.setProperty("SSLTrustStorePath", file.toString()));
    }

    /** Adds to a request of HTTP what proves who asks. */
    HttpRequest.Builder addTo(HttpRequest.Builder request, String user) {
        return switch (login) {
            case Login.None _ -> request;
            case Login.Password(String password) ->
                request.header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
            case Login.Token(String token) -> request.header("Authorization", "Bearer " + token);
        };
    }

    /** @throws IOException if the authority's file cannot be read, or holds no certificates */
    HttpClient httpClient() throws IOException {
        HttpClient.Builder client = HttpClient.newBuilder();
        if (authority.isPresent()) {
            client.sslContext(tls(authority.get()));
        }
        return client.build();
    }

    private static SSLContext tls(Path file) throws IOException {
        try {
            KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
            authorities.load(null, null);
            for (Certificate one : certificates(file)) {
                authorities.setCertificateEntry("authority-" + authorities.size(), one);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authorities);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("Cannot use the certificates in " + file, e);
        }
    }

    private static Collection<? extends Certificate> certificates(Path file) throws IOException, CertificateException {
        try (InputStream pem = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(pem);
        }
    }
}
