package dev.cacheness.sample.source;

import org.springframework.stereotype.Component;

/** Whether the provider answers. Thread-safe. */
@Component
public class ProviderSwitch {

    private volatile boolean down;

    /** Whether calls of the provider fail. */
    public boolean isDown() {
        return down;
    }

    void set(boolean down) {
        this.down = down;
    }
}
