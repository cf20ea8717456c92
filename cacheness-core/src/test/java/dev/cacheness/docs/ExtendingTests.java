package dev.cacheness.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cacheness.CacheKey;
import dev.cacheness.CacheSerializationException;
import dev.cacheness.Cacheness;
import dev.cacheness.engine.CachenessBuilder;
import dev.cacheness.spi.Handler;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
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
