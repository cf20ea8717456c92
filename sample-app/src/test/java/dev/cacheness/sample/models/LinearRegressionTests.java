package dev.cacheness.sample.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LinearRegressionTests {

    private static final int SEED = 42;

    @Test
    void functionThatMadeTheObservationsIsFound() {
        var random = new Random(SEED);
        double[][] inputs = new double[200][];
        double[] outputs = new double[200];
        for (int i = 0; i < 200; i++) {
            inputs[i] = new double[] {random.nextGaussian(), random.nextGaussian()};
            outputs[i] = 3 + 2 * inputs[i][0] - 0.5 * inputs[i][1];
        }

        LinearRegression fit = LinearRegression.fit(inputs, outputs);

        assertThat(fit.intercept()).isCloseTo(3, within(1e-9));
        assertThat(fit.coefficients()).containsExactly(new double[] {2, -0.5}, within(1e-9));
        assertThat(fit.rSquared()).isCloseTo(1, within(1e-9));
        assertThat(fit.predict(new double[] {1, 2})).isCloseTo(4, within(1e-9));
    }

    @Test
    void noiseIsNotExplained() {
        var random = new Random(SEED);
        double[][] inputs = new double[5_000][];
        double[] outputs = new double[5_000];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = new double[] {random.nextGaussian()};
            outputs[i] = random.nextGaussian();
        }

        assertThat(LinearRegression.fit(inputs, outputs).rSquared()).isBetween(0.0, 0.01);
    }

    @Test
    void inputsThatDependOnEachOtherAreRefused() {
        double[][] inputs = {{1, 2}, {2, 4}, {3, 6}, {4, 8}};

        assertThatIllegalArgumentException().isThrownBy(() -> LinearRegression.fit(inputs, new double[] {1, 2, 3, 5}));
    }
}
