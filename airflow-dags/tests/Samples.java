import io.meterlake.demo.SampleDelivery;
import io.meterlake.demo.SampleWeek;
import java.nio.file.Path;
import java.time.LocalDate;

/** Writes the demo's sample files into the folder that is named: of its week, or of the days that are named as well. */
class Samples {
    public static void main(String[] arguments) throws Exception {
        SampleWeek week = SampleWeek.STANDARD;
        if (arguments.length > 1) {
            week = new SampleWeek(
                    LocalDate.parse(arguments[1]), Integer.parseInt(arguments[2]), week.nordMeters(), week.southernMeters(), week.seed());
        }
        new SampleDelivery(week).writeTo(Path.of(arguments[0]));
    }
}
