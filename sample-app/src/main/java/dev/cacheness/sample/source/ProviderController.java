package dev.cacheness.sample.source;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Switches the provider off and on, to see what becomes of the answers. */
@RestController
@RequestMapping("/api/provider")
class ProviderController {

    private final ProviderSwitch provider;

    ProviderController(ProviderSwitch provider) {
        this.provider = provider;
    }

    @PostMapping("/down")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void down() {
        provider.set(true);
    }

    @PostMapping("/up")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void up() {
        provider.set(false);
    }
}
