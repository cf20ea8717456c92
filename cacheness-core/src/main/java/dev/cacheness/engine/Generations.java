package dev.cacheness.engine;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Names for generations of entries: they need to differ, not to be secret. */
final class Generations {

    private static final HexFormat HEX = HexFormat.of();

    private Generations() {}

    static String next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong());
    }
}
