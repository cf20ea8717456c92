package dev.cacheness.crash;

import dev.cacheness.CacheKey;
import dev.cacheness.Cacheness;
import dev.cacheness.engine.CachenessBuilder;
import java.nio.file.Path;

/** Puts and gets an array of so many floats as it is told, by each codec, and prints how many came back as they were. */
final class LargeArray {

    private LargeArray() {}

    public static void main(String[] arguments) {
        int length = Integer.parseInt(arguments[1]);
        for (String codec : new String[] {"none", "lz4", "zstd"}) {
            try (Cacheness cache = CachenessBuilder.at(Path.of(arguments[0], codec))
                    .codec(codec)
                    .build()) {
                CacheKey<float[]> key = CacheKey.of("large", 1).as(float[].class);
                cache.put(key, signal(length));
                System.out.println("SAME " + codec + " " + same(cache.get(key).orElseThrow()));
            }
        }
    }

    private static float[] signal(int length) {
        float[] signal = new float[length];
        for (int i = 0; i < length; i++) {
            signal[i] = value(i);
        }
        return signal;
    }

    /** The heap has no room for another one to compare with. */
    private static int same(float[] signal) {
        int same = 0;
        for (int i = 0; i < signal.length; i++) {
            same += signal[i] == value(i) ? 1 : 0;
        }
        return same;
    }

    private static float value(int number) {
        return (float) Math.sin(number / 500.0) + (number * 0x9E3779B9 >>> 20) * 1e-8f;
    }
}
