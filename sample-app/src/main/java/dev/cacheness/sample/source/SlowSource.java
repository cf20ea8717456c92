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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Stands for a remote service that is worth caching: reads a file after a delay. Thread-safe. */
@Component
public class SlowSource {

    private final Duration delay;

    private final JsonMapper mapper;

    private final ProviderSwitch provider;

    SlowSource(SourceProperties properties, JsonMapper mapper, ProviderSwitch provider) {
        this.delay = properties.sourceDelay();
        this.mapper = mapper;
        this.provider = provider;
    }

    /**
     * All rows of a file below {@code data}.
     *
     * @throws ProviderDownException if the provider is switched off
     * @throws CancellationException if the thread was interrupted while it waited
     */
    public List<CsvRow> rows(String fileName) {
        return read(fileName, CsvRow::all);
    }

    /**
     * A file below {@code data} that is JSON.
     *
     * @throws ProviderDownException if the provider is switched off
     * @throws CancellationException if the thread was interrupted while it waited
     */
    public JsonNode json(String fileName) {
        return read(fileName, mapper::readTree);
    }

    private <T> T read(String fileName, Parser<T> parser) {
        if (provider.isDown()) {
            throw new ProviderDownException();
        }
        waitForIt();
        var file = new ClassPathResource("data/" + fileName);
        try (var reader = new BufferedReader(new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8))) {
            return parser.parse(reader);
        } catch (IOException ex) {
            throw new UncheckedIOException("The file data/" + fileName + " of the application cannot be read", ex);
        }
    }

    private interface Parser<T> {

        T parse(BufferedReader reader) throws IOException;
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
