package dev.cacheness.internal.handler.array;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DifferencesTests {

    @ParameterizedTest
    @ValueSource(ints = {4, 8})
    void whatIsEncodedDecodesToTheSame(int width) {
        Random random = new Random(width);
        for (int round = 0; round < 200; round++) {
            int offset = random.nextInt(4) * width;
            int length = random.nextInt(100) * width;
            byte[] source = new byte[offset + length];
            random.nextBytes(source);
            byte[] target = new byte[length];

            Differences.encode(source, offset, length, target, width);
            Differences.decode(target, length, width);

            assertThat(target).isEqualTo(Arrays.copyOfRange(source, offset, offset + length));
        }
    }

    @Test
    void numbersThatGrowEvenlyLeaveNothing() {
        ByteBuffer source = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 5; i++) {
            source.putLong(1_000 + 60L * i);
        }
        byte[] target = new byte[40];

        Differences.encode(source.array(), 0, 40, target, Long.BYTES);

        ByteBuffer differences = ByteBuffer.wrap(target).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(new long[] {
                    differences.getLong(),
                    differences.getLong(),
                    differences.getLong(),
                    differences.getLong(),
                    differences.getLong()
                })
                .containsExactly(2_000, 2 * (60 - 1_000) * -1 - 1, 0, 0, 0);
    }

    @Test
    void differencesAreForElementsOfFourAndEightBytes() {
        assertThat(Differences.supports(4)).isTrue();
        assertThat(Differences.supports(8)).isTrue();
        assertThat(Differences.supports(1)).isFalse();
        assertThat(Differences.supports(2)).isFalse();
    }
}
