package dev.cacheness.benchmarks;

import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Chooses entries at random, each thread for itself. */
@State(Scope.Thread)
public class Choice {

    private final SplittableRandom random = new SplittableRandom();

    int next() {
        return random.nextInt(FilledCache.ENTRIES);
    }
}
