package dev.cacheness.sample.prices;

import dev.cacheness.sample.web.ProviderUse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** All there is to know about prices, for programs that compute with it. */
@RestController
@RequestMapping("/api/prices")
class PriceDataController {

    private final PriceData data;

    PriceDataController(PriceData data) {
        this.data = data;
    }

    @GetMapping("/returns")
    double[] returns(HttpServletResponse response) {
        var use = new ProviderUse();
        double[] returns = data.returns(use);
        use.writeTo(response);
        return returns;
    }

    /** The stored bytes go out as they are, block by block. */
    @GetMapping("/table.parquet")
    void table(HttpServletResponse response) throws IOException {
        var use = new ProviderUse();
        try (InputStream file = data.parquetFile(use)) {
            use.writeTo(response);
            response.setContentType("application/vnd.apache.parquet");
            file.transferTo(response.getOutputStream());
        }
    }
}
