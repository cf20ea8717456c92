package dev.cacheness.internal.handler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.contract.HandlerContract;
import dev.cacheness.spi.Handler;
import dev.cacheness.spi.NullValue;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NullHandlerTests extends HandlerContract {

    @Override
    protected Handler<?> handler() {
        return new NullHandler();
    }

    @Override
    protected List<?> samples() {
        return List.of(NullValue.INSTANCE);
    }

    @Override
    protected Object random(Random random) {
        return NullValue.INSTANCE;
    }

    @Test
    void takesNoBytes() throws Exception {
        assertThat(write(NullValue.INSTANCE)).isEmpty();
    }
}
