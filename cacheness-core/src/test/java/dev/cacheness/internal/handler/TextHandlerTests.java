package dev.cacheness.internal.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cacheness.CacheSerializationException;
import dev.cacheness.contract.HandlerContract;
import dev.cacheness.spi.Handler;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextHandlerTests extends HandlerContract {

    @Override
    protected Handler<?> handler() {
        return new TextHandler();
    }

    @Override
    protected List<?> samples() {
        return List.of(
                "", "a", "äöü €", "𝄞 clef", "\ufffd stands for itself", "line\nline\0zero", "x".repeat(100_000));
    }

    @Override
    protected Object random(Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(300); length > 0; length--) {
            int codePoint = random.nextBoolean() ? random.nextInt(128) : random.nextInt(Character.MAX_CODE_POINT + 1);
            if (Character.getType(codePoint) != Character.SURROGATE) {
                text.appendCodePoint(codePoint);
            }
        }
        return text.toString();
    }

    @Test
    void halvesOfSurrogatePairsAreLeftToOthers() {
        for (String half : List.of("\ud834", "\udd1e", "a\ud834b", "\udd1e\ud834", "\ud834\ud834\udd1e")) {
            assertThat(handler().accepts(half)).isFalse();
            assertThatExceptionOfType(CacheSerializationException.class).isThrownBy(() -> write(half));
        }
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        assertThatExceptionOfType(CacheSerializationException.class)
                .isThrownBy(() -> read(new byte[] {'a', (byte) 0xc3}, String.class))
                .withMessage("The stored text of 2 bytes is no UTF-8");
    }
}
