import io.meterlake.demo.SampleDelivery;
import io.meterlake.demo.SampleWeek;
import java.nio.file.Path;

/** Writes the demo's sample files into the folder that is named. */
class Samples {
    public static void main(String[] arguments) throws Exception {
        new SampleDelivery(SampleWeek.STANDARD).writeTo(Path.of(arguments[0]));
    }
}
