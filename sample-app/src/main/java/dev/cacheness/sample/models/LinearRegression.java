package dev.cacheness.sample.models;

/**
 * A linear function that comes nearest to what was observed, by least squares.
 *
 * @param coefficients one for each input
 * @param rSquared how much of the variance it explains, 0.0 to 1.0
 */
record LinearRegression(double intercept, double[] coefficients, double rSquared) {

    /**
     * Fits the function.
     *
     * @param inputs the inputs of each observation, all of one length
     * @param outputs what was observed, more of them than there are inputs
     * @throws IllegalArgumentException if the inputs depend on each other, so that no single function is the nearest
     */
    static LinearRegression fit(double[][] inputs, double[] outputs) {
        double[] solution = solve(normalEquations(inputs, outputs));
        double[] coefficients = new double[solution.length - 1];
        System.arraycopy(solution, 1, coefficients, 0, coefficients.length);
        var fitted = new LinearRegression(solution[0], coefficients, 0);
        return new LinearRegression(solution[0], coefficients, fitted.explained(inputs, outputs));
    }

    double predict(double[] input) {
        double sum = intercept;
        for (int i = 0; i < coefficients.length; i++) {
            sum += coefficients[i] * input[i];
        }
        return sum;
    }

    private double explained(double[][] inputs, double[] outputs) {
        double mean = 0;
        for (double output : outputs) {
            mean += output / outputs.length;
        }
        double total = 0;
        double left = 0;
        for (int i = 0; i < outputs.length; i++) {
            total += square(outputs[i] - mean);
            left += square(outputs[i] - predict(inputs[i]));
        }
        return total == 0 ? 1 : Math.max(0, 1 - left / total);
    }

    /** One row for each unknown, the intercept first; its last column is the right-hand side. */
    private static double[][] normalEquations(double[][] inputs, double[] outputs) {
        int unknowns = inputs[0].length + 1;
        double[][] equations = new double[unknowns][unknowns + 1];
        for (int n = 0; n < inputs.length; n++) {
            for (int row = 0; row < unknowns; row++) {
                double factor = row == 0 ? 1 : inputs[n][row - 1];
                for (int column = 0; column < unknowns; column++) {
                    equations[row][column] += factor * (column == 0 ? 1 : inputs[n][column - 1]);
                }
                equations[row][unknowns] += factor * outputs[n];
            }
        }
        return equations;
    }

    /** Gauss and Jordan, with the greatest pivot of each column. */
    private static double[] solve(double[][] equations) {
        int unknowns = equations.length;
        for (int column = 0; column < unknowns; column++) {
            int pivot = column;
            for (int row = column + 1; row < unknowns; row++) {
                if (Math.abs(equations[row][column]) > Math.abs(equations[pivot][column])) {
                    pivot = row;
                }
            }
            double[] chosen = equations[pivot];
            equations[pivot] = equations[column];
            equations[column] = chosen;
            if (Math.abs(chosen[column]) < 1e-15) {
                throw new IllegalArgumentException("Input " + column + " depends on the others");
            }
            for (int row = 0; row < unknowns; row++) {
                if (row != column) {
                    double factor = equations[row][column] / chosen[column];
                    for (int k = column; k <= unknowns; k++) {
                        equations[row][k] -= factor * chosen[k];
                    }
                }
            }
        }
        double[] solution = new double[unknowns];
        for (int i = 0; i < unknowns; i++) {
            solution[i] = equations[i][unknowns] / equations[i][i];
        }
        return solution;
    }

    private static double square(double number) {
        return number * number;
    }
}
