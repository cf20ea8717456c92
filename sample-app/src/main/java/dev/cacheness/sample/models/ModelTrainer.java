package dev.cacheness.sample.models;

import dev.cacheness.sample.source.CsvRow;
import dev.cacheness.sample.source.SlowSource;
import dev.cacheness.sample.web.ProblemException;
import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Component;

/** Trains models on the prices of the provider. */
@Component
class ModelTrainer {

    /** So many observations for each unknown, for less says nothing. */
    private static final int OBSERVATIONS_PER_UNKNOWN = 10;

    private final SlowSource source;

    ModelTrainer(SlowSource source) {
        this.source = source;
    }

    /**
     * Trains a model.
     *
     * @param days how many returns it looks at
     * @param fromYear the first year of the prices
     * @param toYear the last one
     * @throws ProblemException if there are too few prices
     */
    ReturnModel train(int days, int fromYear, int toYear) {
        List<CsvRow> prices = source.rows("sp500-2000.csv").stream()
                .filter(row -> {
                    int year = day(row).getYear();
                    return year >= fromYear && year <= toYear;
                })
                .toList();
        int observations = prices.size() - 1 - days;
        if (observations < OBSERVATIONS_PER_UNKNOWN * (days + 1)) {
            throw ProblemException.badRequest("There are " + prices.size() + " prices of the years " + fromYear + " to "
                    + toYear + ", too few to learn from " + days + " days");
        }
        double[] returns = returns(prices);
        double[][] inputs = new double[observations][days];
        double[] outputs = new double[observations];
        for (int i = 0; i < observations; i++) {
            outputs[i] = returns[i + days];
            for (int back = 0; back < days; back++) {
                inputs[i][back] = returns[i + days - 1 - back];
            }
        }
        LinearRegression fit = LinearRegression.fit(inputs, outputs);
        return new ReturnModel(
                days,
                day(prices.get(0)),
                day(prices.get(prices.size() - 1)),
                observations,
                fit.intercept(),
                fit.coefficients(),
                fit.rSquared());
    }

    private static double[] returns(List<CsvRow> prices) {
        double[] returns = new double[prices.size() - 1];
        for (int i = 0; i < returns.length; i++) {
            returns[i] = prices.get(i + 1).number("close") / prices.get(i).number("close") - 1;
        }
        return returns;
    }

    private static LocalDate day(CsvRow row) {
        return LocalDate.parse(row.text("date"));
    }
}
