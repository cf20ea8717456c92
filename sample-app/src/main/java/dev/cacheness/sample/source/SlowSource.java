package dev.cacheness.sample.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** Stands for a remote service that is worth caching: reads a CSV file after a delay. Thread-safe. */
@Component
public class SlowSource {

    private final Duration delay;

    SlowSource(SourceProperties properties) {
        this.delay = properties.sourceDelay();
    }

    /**
     * All rows of a file below {@code data}.
     *
     * @throws CancellationException if the thread was interrupted while it waited
     */
    public List<CsvRow> rows(String fileName) {
        waitForIt();
        var file = new ClassPathResource("data/" + fileName);
        try (var reader = new BufferedReader(new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8))) {
            return CsvRow.all(reader);
        } catch (IOException ex) {
            throw new UncheckedIOException("The file data/" + fileName + " of the application cannot be read", ex);
        }
    }

    private void waitForIt() {
        try {
            Thread.sleep(delay.toMillis());
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Interrupted while the provider was being asked");
        }
    }
}
