package dev.cacheness.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.CacheKey;
import dev.cacheness.CacheSerializationException;
import dev.cacheness.Cacheness;
import dev.cacheness.engine.CachenessBuilder;
import dev.cacheness.spi.Handler;
import dev.cacheness.spi.Upcaster;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ExtendingTests {

    // docs:start handler
    /** Keeps images as PNG. */
    static final class PngHandler implements Handler<BufferedImage> {

        @Override
        public String name() {
            return "png";
        }

        @Override
        public boolean accepts(Object value) {
            return value instanceof BufferedImage;
        }

        @Override
        public void write(BufferedImage image, OutputStream out) throws IOException {
            ImageIO.write(image, "png", out);
        }

        @Override
        public BufferedImage read(InputStream in, Type type) throws IOException {
            BufferedImage image = ImageIO.read(in);
            if (image == null) {
                throw new CacheSerializationException("The stored bytes are no image");
            }
            return image;
        }

        @Override
        public boolean compressible() {
            return false;
        }
    }
    // docs:end handler

    @Test
    void aHandlerOfOnesOwn() {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
        image.setRGB(1, 0, 0xffcc00);

        // docs:start register
        Cacheness cache = CachenessBuilder.inMemory().handler(new PngHandler()).build();

        CacheKey<BufferedImage> key = CacheKey.of("icon", 7).as(BufferedImage.class);
        cache.put(key, image);
        // docs:end register

        assertThat(cache.get(key).orElseThrow().getRGB(1, 0)).isEqualTo(0xffffcc00);
        assertThat(cache.metadata(key).orElseThrow().handler()).isEqualTo("png");
        cache.close();
    }

    record Price(LocalDate day, double close) {}

    record Prices(List<Price> prices) {}

    // docs:start parquet
    /** Keeps prices as Parquet, which DuckDB writes and reads. */
    static final class ParquetHandler implements Handler<Prices> {

        @Override
        public String name() {
            return "prices-parquet";
        }

        @Override
        public boolean accepts(Object value) {
            return value instanceof Prices;
        }

        @Override
        public void write(Prices value, OutputStream out) throws IOException {
            Path file = Files.createTempFile("prices", ".parquet");
            try (Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
                duck.createStatement().execute("create table prices (day date, close double)");
                try (var insert = duck.prepareStatement("insert into prices values (?, ?)")) {
                    for (Price price : value.prices()) {
                        insert.setObject(1, price.day());
                        insert.setDouble(2, price.close());
                        insert.execute();
                    }
                }
                duck.createStatement().execute("copy prices to '" + file + "' (format parquet)");
                Files.copy(file, out);
            } catch (SQLException ex) {
                throw new CacheSerializationException("The prices cannot be written: " + ex.getMessage(), ex);
            } finally {
                Files.delete(file);
            }
        }

        @Override
        public Prices read(InputStream in, Type type) throws IOException {
            Path file = Files.createTempFile("prices", ".parquet");
            try (Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
                List<Price> prices = new ArrayList<>();
                ResultSet row = duck.createStatement().executeQuery("select day, close from '" + file + "'");
                while (row.next()) {
                    prices.add(new Price(row.getObject(1, LocalDate.class), row.getDouble(2)));
                }
                return new Prices(prices);
            } catch (SQLException ex) {
                throw new CacheSerializationException("The prices cannot be read: " + ex.getMessage(), ex);
            } finally {
                Files.delete(file);
            }
        }

        @Override
        public boolean compressible() {
            return false;
        }
    }
    // docs:end parquet

    @Test
    void aHandlerOfParquet() {
        CacheKey<Prices> key = CacheKey.of("prices", 2026).as(Prices.class);
        Prices prices = new Prices(List.of(new Price(LocalDate.EPOCH, 1.5), new Price(LocalDate.EPOCH, 2)));

        try (Cacheness cache =
                CachenessBuilder.inMemory().handler(new ParquetHandler()).build()) {
            cache.put(key, prices);

            assertThat(cache.get(key)).contains(prices);
            assertThat(cache.metadata(key).orElseThrow().handler()).isEqualTo("prices-parquet");
        }
    }

    // docs:start legacy
    /** What handlers looked like before. */
    interface StorageHandler<T> {

        boolean canHandle(Object data);

        void save(T data, Path file) throws IOException;

        T load(Path file) throws IOException;
    }

    /** Lets one of them work here, under a name that stays what it is. */
    record Adapted<T>(String name, StorageHandler<T> handler) implements Handler<T> {

        @Override
        public boolean accepts(Object value) {
            return handler.canHandle(value);
        }

        @Override
        public void write(T value, OutputStream out) throws IOException {
            Path file = Files.createTempFile(name, "");
            try {
                handler.save(value, file);
                Files.copy(file, out);
            } finally {
                Files.delete(file);
            }
        }

        @Override
        public T read(InputStream in, Type type) throws IOException {
            Path file = Files.createTempFile(name, "");
            try {
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
                return handler.load(file);
            } finally {
                Files.delete(file);
            }
        }
    }
    // docs:end legacy

    @Test
    void aHandlerThatSavesAndLoads() {
        StorageHandler<StringBuilder> old = new StorageHandler<>() {
            @Override
            public boolean canHandle(Object data) {
                return data instanceof StringBuilder;
            }

            @Override
            public void save(StringBuilder data, Path file) throws IOException {
                Files.writeString(file, data);
            }

            @Override
            public StringBuilder load(Path file) throws IOException {
                return new StringBuilder(Files.readString(file));
            }
        };
        CacheKey<StringBuilder> key = CacheKey.of("draft", 1).as(StringBuilder.class);

        try (Cacheness cache = CachenessBuilder.inMemory()
                .handler(new Adapted<>("drafts", old))
                .build()) {
            cache.put(key, new StringBuilder("text"));

            assertThat(cache.get(key).orElseThrow()).hasToString("text");
        }
    }

    record Quote(String symbol, BigDecimal price) {}

    record FormerQuote(String symbol, double close) {}

    @Test
    void upcasters() {
        CacheKey<Quote> key = CacheKey.of("quote", 1).as(Quote.class);
        String formerName = FormerQuote.class.getName();
        List<String> packages = List.of("dev.cacheness.docs");

        // docs:start upcaster
        Upcaster<Quote> upcaster = Upcaster.of(
                formerName,
                Quote.class,
                fields -> new Quote((String) fields.get("symbol"), BigDecimal.valueOf((double) fields.get("close"))));

        Cacheness cache = CachenessBuilder.inMemory()
                .trustedPackages(packages)
                .upcaster(upcaster)
                .build();
        // docs:end upcaster

        cache.put(CacheKey.of("quote", 1), new FormerQuote("ABC", 1.5));
        assertThat(cache.get(key)).contains(new Quote("ABC", new BigDecimal("1.5")));
        cache.close();
    }

    @Test
    void orderAndSwitches() {
        // docs:start order
        CachenessBuilder builder = CachenessBuilder.inMemory()
                .handler(new PngHandler(), 0)
                .handlerOrder(List.of("json", "text"))
                .disabledHandlers(List.of("object"));
        // docs:end order

        try (Cacheness cache = builder.build()) {
            cache.put(CacheKey.of("a", 1), "text");

            assertThat(cache.get(CacheKey.of("a", 1))).contains("text");
        }
    }
}
