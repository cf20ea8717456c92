package dev.cacheness.internal.handler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.contract.HandlerContract;
import dev.cacheness.spi.Handler;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BytesHandlerTests extends HandlerContract {

    @Override
    protected Handler<?> handler() {
        return new BytesHandler();
    }

    @Override
    protected List<?> samples() {
        return List.of(new byte[0], new byte[] {0}, new byte[100_000], "text".getBytes());
    }

    @Override
    protected Object random(Random random) {
        byte[] bytes = new byte[random.nextInt(2_000)];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void writesTheBytesAsTheyAre() throws Exception {
        byte[] value = {1, 2, 3};

        assertThat(write(value)).isEqualTo(value);
        assertThat(handler().accepts(new int[0])).isFalse();
    }
}
