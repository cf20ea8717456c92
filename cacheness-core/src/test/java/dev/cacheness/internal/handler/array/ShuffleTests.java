package dev.cacheness.internal.handler.array;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShuffleTests {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void bytesOfOneWeightComeTogetherAndGoBack(int width) {
        Random random = new Random(width);
        for (int count = 0; count < 70; count++) {
            byte[] elements = new byte[count * width];
            random.nextBytes(elements);
            byte[] expected = new byte[elements.length];
            for (int i = 0; i < count; i++) {
                for (int plane = 0; plane < width; plane++) {
                    expected[plane * count + i] = elements[i * width + plane];
                }
            }

            byte[] shuffled = new byte[elements.length + 5];
            Shuffle.shuffle(elements, 0, elements.length, shuffled, 5, width);
            byte[] back = new byte[elements.length + 3];
            Shuffle.unshuffle(shuffled, 5, elements.length, back, 3, width);

            assertThat(Arrays.copyOfRange(shuffled, 5, shuffled.length)).isEqualTo(expected);
            assertThat(Arrays.copyOfRange(back, 3, back.length)).isEqualTo(elements);
        }
    }

    @Test
    void theExampleOfTheFormat() {
        byte[] shuffled = new byte[8];
        Shuffle.shuffle(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, 0, 8, shuffled, 0, 4);

        assertThat(shuffled).containsExactly(1, 5, 2, 6, 3, 7, 4, 8);
    }
}
