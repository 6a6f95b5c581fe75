package dev.caracal.cli.drill;

import java.util.List;
import java.util.Locale;

/** Draws curves below each other, each from 0 to its own highest value, as SVG. */
final class SoakPlot {

    private static final int LEFT = 190;
    private static final int WIDTH = 500;
    private static final int HEIGHT = 50;
    private static final int GAP = 14;

    private final StringBuilder curves = new StringBuilder();
    private int count;

    /**
     * @param name what the curve is of, with its unit
     */
    void add(String name, List<Double> values) {
        double top = values.stream().mapToDouble(value -> value).max().orElse(1);
        double last = values.isEmpty() ? 0 : values.get(values.size() - 1);
        int bottom = (count + 1) * (HEIGHT + GAP);
        append(
                "<text x=\"4\" y=\"%d\">%s</text><text x=\"4\" y=\"%d\">to %,.1f, last %,.1f</text>%n",
                bottom - HEIGHT / 2, name, bottom - HEIGHT / 2 + 14, top, last);
        append(
                "<line x1=\"%1$d\" x2=\"%2$d\" y1=\"%3$d\" y2=\"%3$d\" stroke=\"lightgrey\"/>%n",
                LEFT, LEFT + WIDTH, bottom);
        append("<polyline fill=\"none\" stroke=\"steelblue\" points=\"");
        for (int i = 0; i < values.size(); i++) {
            double x = LEFT + (double) WIDTH * i / Math.max(1, values.size() - 1);
            append("%.1f,%.1f ", x, bottom - HEIGHT * values.get(i) / Math.max(top, 1e-9));
        }
        append("\"/>%n");
        count++;
    }

    String svg(String last) {
        int height = count * (HEIGHT + GAP) + 24;
        int width = LEFT + WIDTH + 20;
        return String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\""
                        + " font-family=\"sans-serif\" font-size=\"11\">%n"
                        + "<rect width=\"%1$d\" height=\"%2$d\" fill=\"white\"/>%n%3$s"
                        + "<text x=\"%4$d\" y=\"%5$d\">0</text>"
                        + "<text x=\"%6$d\" y=\"%5$d\">%7$s</text>%n</svg>%n",
                width,
                height,
                curves,
                LEFT,
                height - 6,
                LEFT + WIDTH - 40,
                last);
    }

    private void append(String format, Object... values) {
        curves.append(String.format(Locale.ROOT, format, values));
    }
}
