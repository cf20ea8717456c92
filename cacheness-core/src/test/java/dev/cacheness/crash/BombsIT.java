package dev.cacheness.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BombsIT {

    private static final int MILLIS = 1_000;

    @Test
    void aSmallJvmSurvivesBytesThatAskForMoreThanItHas() throws Exception {
        ChildJvm child = ChildJvm.start(Bombs.class);

        int status = child.awaitEnd();

        List<String> lines = child.lines().stream()
                .filter(line -> line.matches("(READ|refused) .*"))
                .toList();
        assertThat(status).isZero();
        assertThat(lines).hasSize(14).allMatch(line -> line.startsWith("refused"));
        assertThat(lines).allMatch(line -> Integer.parseInt(line.split(" ")[1]) < MILLIS);
    }
}
