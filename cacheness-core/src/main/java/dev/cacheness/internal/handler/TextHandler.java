package dev.cacheness.internal.handler;

import dev.cacheness.CacheSerializationException;
import dev.cacheness.internal.json.UnicodeText;
import dev.cacheness.spi.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Strings as UTF-8. Those that UTF-8 cannot express are left to others. */
final class TextHandler implements Handler<String> {

    static final String NAME = "text";

    /** What the JDK puts in place of bytes that are no text. */
    private static final char REPLACEMENT = '\ufffd';

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean accepts(Object value) {
        return value instanceof String text && UnicodeText.isWellFormed(text);
    }

    @Override
    public void write(String value, OutputStream out) throws IOException {
        if (!UnicodeText.isWellFormed(value)) {
            throw new CacheSerializationException(
                    "The text has half of a surrogate pair, which UTF-8 cannot express; store it with handler 'object'");
        }
        out.write(value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String read(InputStream in, Type type) throws IOException {
        byte[] bytes = in.readAllBytes();
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            check(bytes);
        }
        return ValueTypes.checked(text, type);
    }

    /** Stands in the text, or for bytes that are none. */
    private static void check(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException ex) {
            throw new CacheSerializationException("The stored text of " + bytes.length + " bytes is no UTF-8", ex);
        }
    }
}
