package io.meterlake.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterlake.format.MeterFormats;
import io.meterlake.reading.Reject;
import io.meterlake.testing.InMemoryFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InspectionTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<Reject> rejects = new ArrayList<>();

    private Inspection print(String format, String text) throws IOException {
        return Inspection.print(
                InMemoryFile.of("file", text), MeterFormats.installed().named(format), out, rejects::add);
    }

    @Test
    void printsReadsOfRegistersWithColumnsOfTheirOwn() throws IOException {
        Inspection inspection = print("nem13", """
                100,NEM13,200505161145,CNRGYMDP,NEMMCO
                250,NEM1313042,11,1,11,11,"13,042",E,99890,20041117093206,A,,,02034,20050217074053,E62,,,2144.50,KWH,,,
                250,NEM1313043,11,1,11,11,13043,E,x,20041117093206,A,,,02034,20050217074053,A,,,2144,KWH,,,
                900
                """);
        assertThat(inspection).isEqualTo(new Inspection("CNRGYMDP", 1, 1));
        assertThat(rejects).extracting(Reject::line).containsExactly(3L);
        assertThat(out.toString(UTF_8)).isEqualTo("""
                meter_id,channel,register_id,meter_serial,flow,previous_read_at,previous_read,previous_quality,\
                previous_quality_code,current_read_at,current_read,current_quality,current_quality_code,\
                quantity,unit,agreement,recorded_at
                NEM1313042,11,1,"13,042",to_customer,2004-11-16T23:32:06Z,99890,actual,A,2005-02-16T21:40:53Z,2034,\
                estimated,E62,2144.5,kWh,differs,2005-05-16T01:45:00Z
                """);
    }

    @Test
    void printsReadings() throws IOException {
        Inspection inspection = print("nem12", """
                100,NEM12,202601021200,MDP1,RET1
                200,NMI1,E1,1,E1,N1,SERIAL,KWH,720,
                300,20260101,1,2.5,A,,,,
                900
                """);
        assertThat(inspection).isEqualTo(new Inspection("MDP1", 2, 0));
        assertThat(out.toString(UTF_8))
                .startsWith("meter_id,channel,interval_start,")
                .hasLineCount(3);
    }
}
