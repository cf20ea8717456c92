package dev.cacheness.sample.models;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/models")
class ModelController {

    private final ModelService models;

    ModelController(ModelService models) {
        this.models = models;
    }

    @PostMapping
    ResponseEntity<StoredModel> train(
            @RequestParam(defaultValue = "5") int days,
            @RequestParam(defaultValue = "2000") int from,
            @RequestParam(defaultValue = "9999") int to) {
        StoredModel model = models.train(days, from, to);
        return ResponseEntity.created(URI.create("/api/models/" + model.key())).body(model);
    }

    @GetMapping
    List<StoredModel> find(@RequestParam(required = false) @Nullable Double minRSquared) {
        return models.find(minRSquared);
    }

    @GetMapping("/{key}")
    ReturnModel get(@PathVariable String key) {
        return models.get(key);
    }
}
