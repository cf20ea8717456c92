package dev.cacheness.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class DemoApplicationTests {

    @TempDir
    Path directory;

    @Test
    void secondRunDoesNotAskAgain(CapturedOutput output) {
        run();
        run();

        assertThat(output).containsOnlyOnce("Asking the slow service about Oslo");
        assertThat(output.toString().split("Forecast\\[city=Oslo, celsius=-3.5]", -1))
                .hasSize(3);
    }

    private void run() {
        new SpringApplicationBuilder(DemoApplication.class)
                .web(WebApplicationType.NONE)
                .run("--cacheness.storage.dir=" + directory)
                .close();
    }
}
