package io.meterlake.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.meterlake.dashboard.DashboardLoader;
import io.meterlake.dashboard.preview.PreviewServer;
import io.meterlake.engine.Trino;
import io.meterlake.testing.SharedStack;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of {@code dashboard preview} as a person meets it, in a real Chromium on the real stack. */
@Tag("browser")
class DashboardInBrowserTest {
    private static final String SHORT_DAY = "2026-03-29";
    private static final String LONG_DAY = "2025-10-26";
    private static final List<String> MUNICH = List.of("MUC-1001", "MUC-1002");
    private static final Trino TRINO = SharedStack.get().trino();

    private static PreviewServer server;
    private static Chromium chromium;

    @BeforeAll
    static void publish(@TempDir Path folder) throws IOException {
        MarketDays.receive(folder);
        MarketDays.correct(folder);
        MarketDays.build(folder);
        server = PreviewServer.start(() -> DashboardLoader.load(Path.of("../metabase")), TRINO, 0);
        chromium = new Chromium(server.uri());
    }

    @AfterAll
    static void close() {
        if (chromium != null) {
            chromium.close();
        }
        server.close();
    }

    @AfterEach
    void nothingFailed() {
        assertThat(chromium.complaints()).isEmpty();
    }

    @Test
    void picksTwoMetersAndDaysAndSeesTheCurve() {
        PreviewPage preview = desk(ColorScheme.LIGHT);
        preview.open("");
        assertThat(preview.notice())
                .hasText("Choose meters and days. There are readings from 2025-10-24 to 2026-04-01.");
        assertThat(preview.curve()).containsText("Choose first: Meters, Days.");
        assertThat(preview.day("Days from")).hasValue("2026-03-26");
        preview.meters().pressSequentially("muc");
        assertThat(preview.options()).hasText(new String[] {"MUC-1001", "MUC-1002"});
        chromium.picture(preview.page(), "choosing");
        preview.options().last().click();
        preview.meters().pressSequentially("1001");
        assertThat(preview.options()).hasText(new String[] {"MUC-1001"});
        preview.options().click();
        preview.day("Days from").fill("2026-03-28");
        preview.day("to").fill("2026-03-30");
        preview.button("Show").click();

        assertThat(preview.series()).hasCount(2);
        for (String meter : MUNICH) {
            assertThat(preview.sumOf(meter)).hasText(sum(meter, "2026-03-28", "2026-03-30"));
        }
        assertThat(preview.drawnSum())
                .isEqualByComparingTo(new BigDecimal(sum("MUC-1001", "2026-03-28", "2026-03-30"))
                        .add(new BigDecimal(sum("MUC-1002", "2026-03-28", "2026-03-30"))));
        assertThat(preview.colouredPixels()).as("pixels of the curves").isGreaterThan(500);
        assertThat(preview.page().url()).contains("meters=MUC-1001", "meters=MUC-1002");

        preview.page().reload();
        assertThat(preview.sumOf("MUC-1002")).hasText(sum("MUC-1002", "2026-03-28", "2026-03-30"));
        assertThat(preview.button("Remove Meters: MUC-1001")).isVisible();
        assertThat(preview.day("Days from")).hasValue("2026-03-28");
        preview.button("Remove Meters: MUC-1002").click();
        preview.button("Show").click();
        assertThat(preview.series()).hasCount(1);
    }

    @Test
    void isUsedWithTheKeyboardAlone() {
        PreviewPage preview = desk(ColorScheme.LIGHT);
        preview.open("");
        assertThat(preview.notice()).containsText("Choose meters");
        preview.tabTo("document.getElementById('filter-meters-search')");
        preview.page().keyboard().type("ham");
        assertThat(preview.options()).hasText(new String[] {"HAM-2001"});
        preview.page().keyboard().press("ArrowDown");
        assertThat(preview.meters()).hasAttribute("aria-activedescendant", "meters-option-0");
        preview.page().keyboard().press("Enter");
        preview.tabTo("document.getElementById('filter-range-from')");
        preview.page().keyboard().type("03292026");
        preview.tabTo("document.getElementById('filter-range-to')");
        preview.page().keyboard().type("03292026");
        preview.page().keyboard().press("Enter");
        assertThat(preview.sumOf("HAM-2001")).hasText(sum("HAM-2001", SHORT_DAY, SHORT_DAY));
        preview.tabTo("document.querySelector('summary')");
        preview.page().keyboard().press("Enter");
        assertThat(preview.numbers()).hasCount(23 * 4);
    }

    @Test
    void aDayOf23HoursAndOneOf25AreShownAsTheMarketHasThem() {
        PreviewPage preview = desk(ColorScheme.LIGHT);
        preview.explore("&granularity=hour", SHORT_DAY, SHORT_DAY, "MUC-1001");
        assertThat(preview.curve()).containsText("Granularity: hour; times in Europe/Berlin.");
        assertThat(preview.times())
                .hasSize(23)
                .startsWith("2026-03-29 00:00 +01:00", "2026-03-29 01:00 +01:00", "2026-03-29 03:00 +02:00")
                .endsWith("2026-03-29 23:00 +02:00");
        assertThat(preview.drawnSum()).isEqualByComparingTo(sum("MUC-1001", SHORT_DAY, SHORT_DAY));
        chromium.picture(preview.page(), "23-hours");

        preview.explore("&granularity=hour", LONG_DAY, LONG_DAY, "MUC-1001");
        assertThat(preview.times())
                .hasSize(25)
                .containsSubsequence("2025-10-26 02:00 +02:00", "2025-10-26 02:00 +01:00", "2025-10-26 03:00 +01:00")
                .doesNotHaveDuplicates();
        assertThat(preview.drawnSum()).isEqualByComparingTo(sum("MUC-1001", LONG_DAY, LONG_DAY));
        assertThat(preview.gaps()).isZero();
        chromium.picture(preview.page(), "25-hours");

        preview.explore("&granularity=hour", "2025-10-01", "2026-04-01", "MUC-1001");
        preview.awaitCards();
        assertThat(preview.gaps()).as("from October to March").isOne();
    }

    @Test
    void theCurveAsKnownOnADayStandsBesideTodays() {
        PreviewPage preview = desk(ColorScheme.LIGHT);
        preview.explore("", "2026-03-28", "2026-03-28", "MUC-1001");
        preview.day("As known on").fill("2026-04-01");
        preview.button("Show").click();
        assertThat(preview.series()).hasCount(2);
        BigDecimal corrected =
                new BigDecimal(TRINO.rows("select sum(new_value - old_value) from hudi.lake.reading_changes")
                        .firstColumn()
                        .getFirst());
        String now = sum("MUC-1001", "2026-03-28", "2026-03-28");
        assertThat(corrected).isPositive();
        assertThat(preview.sumOf("MUC-1001 import").first()).hasText(now);
        assertThat(preview.sumOf("as known on 2026-04-01")).hasText(plain(new BigDecimal(now).subtract(corrected)));
        chromium.picture(preview.page(), "as-known-on");
    }

    @Test
    void saysWhyThereIsNothingToSee() {
        PreviewPage preview = desk(ColorScheme.LIGHT);
        preview.explore("", "2024-01-01", "2024-01-31", "MUC-1001");
        assertThat(preview.curve()).containsText("There are no rows for these filters.");
        assertThat(preview.notice()).hasText("There are readings from 2025-10-24 to 2026-04-01.");
        preview.explore("", SHORT_DAY, SHORT_DAY, "MUC-9999");
        assertThat(preview.notice()).containsText("No readings of active energy ever came from: MUC-9999.");
        preview.awaitCards();
        assertThat(chromium.complaints()).isEmpty();

        preview.explore("", "2026-03-30", SHORT_DAY, "MUC-1001");
        preview.awaitCards();
        assertThat(preview.curve().getByRole(AriaRole.ALERT)).containsText("the range ends before it starts");
        chromium.picture(preview.page(), "wrong-range");
        assertThat(chromium.complaints()).isNotEmpty().allMatch(one -> one.contains("status of 400"));
    }

    @Test
    void canBeReadInTheLightAndInTheDark() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            PreviewPage preview = desk(scheme);
            preview.explore("", "2026-03-27", "2026-03-31", "MUC-1001", "HAM-2001");
            preview.awaitCards();
            for (String part : List.of("h1", ".quiet", "label", "td", "nav a", "button.main", ".chips button")) {
                assertThat(preview.contrast(part)).as("%s of %s", part, scheme).isGreaterThan(4.5);
            }
            assertThat(preview.brightness() < 0.2).as("dark").isEqualTo(scheme == ColorScheme.DARK);
            chromium.picture(preview.page(), "explorer-" + scheme);
        }
    }

    @Test
    void fitsAPhone() {
        PreviewPage preview = new PreviewPage(chromium.phone(ColorScheme.DARK), server.uri());
        preview.explore("", "2026-03-27", "2026-03-31", "MUC-1001", "MUC-1002");
        for (String dashboard : List.of("meter_explorer", "data_quality", "settlement")) {
            if (!dashboard.equals("meter_explorer")) {
                preview.open("?dashboard=" + dashboard);
            }
            preview.awaitCards();
            assertThat(preview.width()).as(dashboard).isLessThanOrEqualTo(390);
            chromium.picture(preview.page(), "phone-" + dashboard);
        }
    }

    private static PreviewPage desk(ColorScheme scheme) {
        return new PreviewPage(chromium.desk(scheme), server.uri());
    }

    /** What the lake holds, without trailing zeros. */
    private static String sum(String meter, String first, String last) {
        String sum = TRINO.rows("""
                        select sum(value) from hudi.lake.meter_readings
                        where meter_id = ? and cast(reading_date as varchar) between ? and ?
                        """, List.of(meter, first, last)).firstColumn().getFirst();
        return plain(new BigDecimal(sum));
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
