package dev.caracal.localaws.identity;

import dev.caracal.localaws.http.AwsError;
import dev.caracal.localaws.identity.Credential.AccountKey;
import dev.caracal.localaws.identity.Credential.Session;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who may call: the access keys and roles of the configuration and the sessions that STS has handed
 * out. Sessions live in memory only; after a restart their keys are unknown.
 */
public final class Identities {
    private static final String KEY_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /** How long an expired session is still told apart from an unknown key. */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final Map<String, AccountKey> accountKeys = new ConcurrentHashMap<>();
    private final Map<String, Role> roles = new ConcurrentHashMap<>();
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock;

    public Identities(List<AccountKey> accountKeys, List<Role> roles, InstantSource clock) {
        accountKeys.forEach(key -> this.accountKeys.put(key.accessKeyId(), key));
        roles.forEach(role -> this.roles.put(role.arn(), role));
        this.clock = clock;
    }

    public Optional<Role> role(String arn) {
        return Optional.ofNullable(roles.get(arn));
    }

    public Optional<Credential> find(String accessKeyId) {
        AccountKey key = accountKeys.get(accessKeyId);
        return key != null ? Optional.of(key) : Optional.ofNullable(sessions.get(accessKeyId));
    }

    /**
     * Whether a caller may assume a role: its account is trusted and the external id is the role's.
     */
    public boolean mayAssume(Credential caller, Role role, Optional<String> externalId) {
        return role.trusts(caller.accountId())
                && (role.externalId() == null || role.externalId().equals(externalId.orElse(null)));
    }

    public Session issue(Role role, String sessionName, Duration duration) {
        byte[] secret = new byte[30];
        byte[] token = new byte[96];
        random.nextBytes(secret);
        random.nextBytes(token);
        Session session =
                new Session(
                        newKeyId(),
                        Base64.getEncoder().encodeToString(secret),
                        Base64.getEncoder().encodeToString(token),
                        role,
                        sessionName,
                        clock.instant().plus(duration));
        sessions.values()
                .removeIf(old -> old.expiration().plus(REMEMBERED).isBefore(clock.instant()));
        sessions.put(session.accessKeyId(), session);
        return session;
    }

    /** Makes a session one that expired just now. */
    public void expire(Session session) {
        sessions.put(
                session.accessKeyId(),
                new Session(
                        session.accessKeyId(),
                        session.secret(),
                        session.token(),
                        session.role(),
                        session.sessionName(),
                        clock.instant()));
    }

    /**
     * Finds who signed a request.
     *
     * @throws AwsError 403 InvalidClientTokenId, SignatureDoesNotMatch, InvalidToken or
     *     ExpiredToken
     */
    public Credential authenticate(SignedRequest request) {
        SignatureV4 signature = SignatureV4.parse(request.header("Authorization"));
        Credential credential =
                find(signature.accessKeyId())
                        .orElseThrow(
                                () ->
                                        new AwsError(
                                                403,
                                                "InvalidClientTokenId",
                                                "The security token included in the request is"
                                                        + " invalid."));
        if (!signature.matches(request, credential.secret())) {
            throw new AwsError(
                    403,
                    "SignatureDoesNotMatch",
                    "The request signature we calculated does not match the signature you"
                            + " provided. Check your key and signing method.");
        }
        checkSession(credential, request.header("x-amz-security-token"));
        return credential;
    }

    /** Checks what a signature does not tell: the session's token and its expiry. */
    public void checkSession(Credential credential, String token) {
        if (!(credential instanceof Session session)) {
            return;
        }
        if (!session.token().equals(token)) {
            throw new AwsError(
                    403, "InvalidToken", "The provided token is malformed or otherwise invalid.");
        }
        if (!clock.instant().isBefore(session.expiration())) {
            throw new AwsError(403, "ExpiredToken", "The provided token has expired.");
        }
    }

    private String newKeyId() {
        StringBuilder id = new StringBuilder("ASIA");
        for (int i = 0; i < 16; i++) {
            id.append(KEY_CHARACTERS.charAt(random.nextInt(KEY_CHARACTERS.length())));
        }
        return id.toString();
    }
}
