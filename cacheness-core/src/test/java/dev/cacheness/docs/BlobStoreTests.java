package dev.cacheness.docs;

import static dev.cacheness.PutOption.attribute;
import static dev.cacheness.PutOption.customMetadata;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.Comparison;
import dev.cacheness.CustomMetadata;
import dev.cacheness.engine.BlobStoreBuilder;
import dev.cacheness.storage.BlobMatch;
import dev.cacheness.storage.BlobMetadata;
import dev.cacheness.storage.BlobQuery;
import dev.cacheness.storage.BlobStore;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobStoreTests {

    record Model(String name, double[] weights) {}

    // docs:start run
    @CustomMetadata("training_run")
    record TrainingRun(String author, int epochs) {}
    // docs:end run

    @TempDir
    Path directory;

    private final Model model = new Model("xgboost", new double[] {0.5, -1});

    private BlobStoreBuilder builder() {
        return BlobStoreBuilder.at(directory.resolve("artifacts")).trustedPackages(List.of("dev.cacheness.docs"));
    }

    @Test
    void open() {
        Path directory = this.directory.resolve("opened");

        // docs:start open
        BlobStore store = BlobStoreBuilder.at(directory)
                .trustedPackages(List.of("dev.cacheness.docs"))
                .build();

        store.put("models/xgboost", model, attribute("accuracy", 0.95));
        Optional<Model> loaded = store.get("models/xgboost", Model.class);
        // docs:end open

        assertThat(loaded).isPresent();
        store.close();
    }

    @Test
    void findAndChange() {
        try (BlobStore store = builder().build()) {
            store.put("models/xgboost", model, attribute("accuracy", 0.95));

            // docs:start find
            store.updateMetadata("models/xgboost", Map.of("stage", "production"));
            List<BlobMetadata> best = store.list(BlobQuery.all()
                    .withPrefix("models/")
                    .withAttribute("stage", "production")
                    .withAttribute("accuracy", Comparison.AT_LEAST, 0.9)
                    .page(0, 20));
            // docs:end find

            assertThat(best).extracting(BlobMetadata::key).containsExactly("models/xgboost");
        }
    }

    @Test
    void customRecords() {
        try (BlobStore store = builder().build()) {
            // docs:start custom
            store.put("models/xgboost", model, customMetadata(new TrainingRun("ada", 40)));
            List<BlobMatch<TrainingRun>> longRuns =
                    store.matches(store.query(TrainingRun.class).atLeast("epochs", 30));
            // docs:end custom

            assertThat(longRuns).extracting(match -> match.metadata().key()).containsExactly("models/xgboost");
        }
    }

    @Test
    void files() throws Exception {
        Path upload = Files.writeString(directory.resolve("upload"), "a,b");
        Path export = directory.resolve("export.csv");
        OutputStream response = OutputStream.nullOutputStream();
        try (BlobStore store = builder().build()) {
            // docs:start files
            try (InputStream in = Files.newInputStream(upload)) {
                store.put("reports/2026", in);
            }
            try (InputStream in = store.openStream("reports/2026").orElseThrow()) {
                in.transferTo(response);
            }
            store.copyTo("reports/2026", export);
            // docs:end files

            assertThat(export).hasContent("a,b");
        }
    }

    @Test
    void versions() {
        Path directory = this.directory.resolve("versions");
        // docs:start versions
        BlobStore store = BlobStoreBuilder.at(directory).versions(true).build();

        store.put("prompt", "Be brief.");
        store.put("prompt", "Be brief and kind.");

        String latest = store.get("prompt", String.class).orElseThrow();
        String first = store.get("prompt", 1, String.class).orElseThrow();
        List<BlobMetadata> history = store.versions("prompt");
        store.retain("prompt", 10);
        // docs:end versions

        assertThat(latest).isEqualTo("Be brief and kind.");
        assertThat(first).isEqualTo("Be brief.");
        assertThat(history).hasSize(2);
        store.close();
    }

    @Test
    void contents() throws Exception {
        Path directory = this.directory.resolve("contents");
        Path photo = Files.writeString(this.directory.resolve("photo"), "abc");
        // docs:start contents
        BlobStore store =
                BlobStoreBuilder.at(directory).contentAddressable(true).build();

        String key = store.add(photo).key();
        String same = store.add(Files.readAllBytes(photo)).key();
        store.delete(key);
        boolean there = store.exists(same);
        // docs:end contents

        assertThat(key).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(same).isEqualTo(key);
        assertThat(there).isTrue();
        store.close();
    }
}
