package dev.cacheness.sample.models;

import static dev.cacheness.PutOption.attributes;

import dev.cacheness.Comparison;
import dev.cacheness.sample.web.ProblemException;
import dev.cacheness.storage.BlobQuery;
import dev.cacheness.storage.BlobStore;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Keeps models as artifacts. */
@Service
class ModelService {

    static final String R_SQUARED = "rSquared";

    static final String DAYS = "days";

    private static final int MAX_DAYS = 60;

    private static final int MOST = 1_000;

    private final ModelTrainer trainer;

    private final BlobStore store;

    ModelService(ModelTrainer trainer, BlobStore store) {
        this.trainer = trainer;
        this.store = store;
    }

    /** Trains a model and stores it. @throws ProblemException if it cannot be trained like this */
    StoredModel train(int days, int fromYear, int toYear) {
        if (days < 1 || days > MAX_DAYS) {
            throw ProblemException.badRequest("'days' must be 1 to " + MAX_DAYS + ", but is " + days);
        }
        if (fromYear > toYear) {
            throw ProblemException.badRequest("The range is reversed: 'from' is " + fromYear + ", 'to' is " + toYear);
        }
        ReturnModel model = trainer.train(days, fromYear, toYear);
        return StoredModel.of(store.add(model, attributes(Map.of(R_SQUARED, model.rSquared(), DAYS, days))));
    }

    /** The latest models, newest first. @throws ProblemException if no R squared can be so large or small */
    List<StoredModel> find(@Nullable Double minRSquared) {
        BlobQuery query = BlobQuery.all().page(0, MOST);
        if (minRSquared != null) {
            if (!(minRSquared >= 0 && minRSquared <= 1)) {
                throw ProblemException.badRequest("'minRSquared' must be 0.0 to 1.0, but is " + minRSquared);
            }
            query = query.withAttribute(R_SQUARED, Comparison.AT_LEAST, minRSquared);
        }
        return store.list(query).stream().map(StoredModel::of).toList();
    }

    /** @throws ProblemException if there is no such model */
    ReturnModel get(String key) {
        try {
            return store.get(key, ReturnModel.class)
                    .orElseThrow(() -> ProblemException.notFound("There is no model '" + key + "'"));
        } catch (IllegalArgumentException ex) {
            throw ProblemException.badRequest("No model can have this key: " + ex.getMessage());
        }
    }
}
