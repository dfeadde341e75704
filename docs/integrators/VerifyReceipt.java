import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Verifies a deregistration receipt offline, with nothing but Java 17: {@code java VerifyReceipt.java receipt.jws jwks.json}.
 * Prints the payload of a genuine receipt and ends with 0; ends with 1 if it is not genuine, with 2 if it was called wrongly.
 */
public class VerifyReceipt {

    private static final String TYPE = "account-deregistration-receipt+jwt";
    private static final int KEY_LENGTH = 32;
    /** What stands before the 32 bytes of an Ed25519 public key in DER (RFC 8410). */
    private static final byte[] DER_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            System.err.println("usage: java VerifyReceipt.java receipt.jws jwks.json");
            System.exit(2);
        }
        String receipt = read(arguments[0]);
        String keys = read(arguments[1]);
        try {
            OUT.println(verifiedPayload(receipt.strip(), keys));
        } catch (NotGenuine | GeneralSecurityException e) {
            System.err.println("NOT genuine: " + e.getMessage());
            System.exit(1);
        }
    }

    private static String verifiedPayload(String receipt, String keys) throws NotGenuine, GeneralSecurityException {
        String[] parts = receipt.split("\\.", -1);
        if (parts.length != 3) {
            throw new NotGenuine("a receipt has three parts separated by dots");
        }
        Map<?, ?> header = object(Json.parse(utf8(decoded(parts[0]))));
        if (!"EdDSA".equals(header.get("alg")) || !TYPE.equals(header.get("typ")) || header.containsKey("crit")) {
            throw new NotGenuine("it is not signed as a receipt is");
        }
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(key(keys, header.get("kid")));
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        if (!signature.verify(decoded(parts[2]))) {
            throw new NotGenuine("the signature does not fit the content");
        }
        return utf8(decoded(parts[1]));
    }

    /** The key whose thumbprint (RFC 7638) the receipt names; what the set calls its keys does not matter. */
    private static PublicKey key(String jwks, Object thumbprint) throws NotGenuine, GeneralSecurityException {
        if (!(object(Json.parse(jwks)).get("keys") instanceof List<?> keys)) {
            throw new NotGenuine("the second file is no set of keys");
        }
        for (Object entry : keys) {
            Map<?, ?> key = object(entry);
            if ("OKP".equals(key.get("kty"))
                    && "Ed25519".equals(key.get("crv"))
                    && key.get("x") instanceof String x
                    && thumbprint(x).equals(thumbprint)) {
                byte[] point = decoded(x);
                if (point.length != KEY_LENGTH) {
                    throw new NotGenuine("the key is too short or too long");
                }
                byte[] der = ByteBuffer.allocate(DER_PREFIX.length + KEY_LENGTH)
                        .put(DER_PREFIX)
                        .put(point)
                        .array();
                return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der));
            }
        }
        throw new NotGenuine("it was signed with a key that is not in the set");
    }

    private static String thumbprint(String x) throws GeneralSecurityException {
        String canonical = "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + x + "\"}";
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8)));
    }

    /** Refuses an encoding that differs from the one there is for these bytes. */
    private static byte[] decoded(String base64url) throws NotGenuine {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(base64url);
            if (Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(base64url)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // the same as a wrong encoding
        }
        throw new NotGenuine("a part is not base64url");
    }

    private static String utf8(byte[] bytes) throws NotGenuine {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new NotGenuine("a part is not UTF-8");
        }
    }

    private static Map<?, ?> object(Object json) throws NotGenuine {
        if (json instanceof Map<?, ?> object) {
            return object;
        }
        throw new NotGenuine("a JSON object is missing");
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            System.err.println("cannot read " + file);
            System.exit(2);
            return "";
        }
    }

    private static class NotGenuine extends Exception {

        private static final long serialVersionUID = 1;

        NotGenuine(String message) {
            super(message);
        }
    }

    /** Just enough of a reader for JSON: objects, arrays, strings; the rest as its text. A name that comes twice is refused. */
    private static class Json {

        private static final int DEPTH = 16;

        private final String text;
        private int at;

        private Json(String text) {
            this.text = text;
        }

        static Object parse(String text) throws NotGenuine {
            Json json = new Json(text);
            Object value = json.value(0);
            json.blank();
            if (json.at < text.length()) {
                throw new NotGenuine("not JSON");
            }
            return value;
        }

        private Object value(int depth) throws NotGenuine {
            if (depth > DEPTH) {
                throw new NotGenuine("not JSON");
            }
            blank();
            if (skip('{')) {
                Map<String, Object> object = new LinkedHashMap<>();
                for (boolean first = true; !next('}', first); first = false) {
                    blank();
                    String name = string();
                    blank();
                    expect(':');
                    if (object.put(name, value(depth + 1)) != null) {
                        throw new NotGenuine("a name comes twice");
                    }
                }
                return object;
            }
            if (skip('[')) {
                List<Object> array = new ArrayList<>();
                for (boolean first = true; !next(']', first); first = false) {
                    array.add(value(depth + 1));
                }
                return array;
            }
            return at < text.length() && text.charAt(at) == '"' ? string() : literal();
        }

        /** Whether the list ends here; if not, the comma before its next element is passed. */
        private boolean next(char end, boolean first) throws NotGenuine {
            blank();
            if (skip(end)) {
                return true;
            }
            if (!first) {
                expect(',');
            }
            return false;
        }

        private String string() throws NotGenuine {
            expect('"');
            StringBuilder string = new StringBuilder();
            while (!skip('"')) {
                char c = character();
                string.append(c == '\\' ? escaped(character()) : c);
            }
            return string.toString();
        }

        private char escaped(char c) throws NotGenuine {
            switch (c) {
                case 'b':
                    return '\b';
                case 'f':
                    return '\f';
                case 'n':
                    return '\n';
                case 'r':
                    return '\r';
                case 't':
                    return '\t';
                case 'u':
                    String digits = "" + character() + character() + character() + character();
                    if (!digits.matches("[0-9A-Fa-f]{4}")) {
                        throw new NotGenuine("not JSON");
                    }
                    return (char) Integer.parseInt(digits, 16);
                default:
                    return c;
            }
        }

        private String literal() throws NotGenuine {
            int start = at;
            while (at < text.length() && "+-.0123456789Eaeflnrstu".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            if (at == start) {
                throw new NotGenuine("not JSON");
            }
            return text.substring(start, at);
        }

        private char character() throws NotGenuine {
            if (at >= text.length()) {
                throw new NotGenuine("not JSON");
            }
            return text.charAt(at++);
        }

        private void expect(char c) throws NotGenuine {
            if (!skip(c)) {
                throw new NotGenuine("not JSON");
            }
        }

        private boolean skip(char c) {
            boolean found = at < text.length() && text.charAt(at) == c;
            if (found) {
                at++;
            }
            return found;
        }

        private void blank() {
            while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }
    }
}
