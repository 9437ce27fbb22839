package io.meterlake.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;

/** A tab with a dashboard: its parts as a person finds them, and what can only be measured. */
record PreviewPage(Page page, URI site) {
    private static final String MEASURES = """
            const luminance = ([r, g, b]) => {
              const [x, y, z] = [r, g, b].map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
              return 0.2126 * x + 0.7152 * y + 0.0722 * z;
            };
            const numbers = colour => colour.match(/[0-9.]+/g).map(Number);
            const back = element => {
              const own = numbers(getComputedStyle(element).backgroundColor);
              return own.length === 4 && own[3] === 0 ? back(element.parentElement) : own;
            };
            """;

    void open(String query) {
        page.navigate(site + query);
    }

    void explore(String more, String first, String last, String... meters) {
        open("?dashboard=meter_explorer&range=%s~%s&meters=%s%s"
                .formatted(first, last, String.join("&meters=", meters), more));
    }

    /** Until no card waits for an answer. */
    void awaitCards() {
        assertThat(page.locator(".card").first()).isVisible();
        assertThat(page.locator("[aria-busy]")).hasCount(0);
    }

    Locator notice() {
        return page.locator("#notice");
    }

    Locator meters() {
        return page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Meters"));
    }

    Locator options() {
        return page.getByRole(AriaRole.LISTBOX).getByRole(AriaRole.OPTION);
    }

    Locator day(String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    Locator card(String name) {
        return page.getByRole(
                AriaRole.REGION, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator curve() {
        return card("Energy of the chosen meters");
    }

    /** A row for each series: name, sum, lowest, highest, values. */
    Locator series() {
        return curve().locator(".sums tbody tr");
    }

    Locator sumOf(String series) {
        return series().filter(new Locator.FilterOptions().setHasText(series))
                .locator("td")
                .nth(1);
    }

    /** The rows of the curve's table once it is open. */
    Locator numbers() {
        return curve().locator("details tbody tr");
    }

    /** Opens the curve's table and reads its times. */
    List<String> times() {
        curve().locator("summary").click();
        assertThat(numbers().first()).isVisible();
        return numbers().locator("td:nth-child(2)").allTextContents();
    }

    /** Presses Tab until the element that the script names has the focus. */
    void tabTo(String script) {
        for (int i = 0; i < 60; i++) {
            page.keyboard().press("Tab");
            if (Boolean.TRUE.equals(page.evaluate("document.activeElement === " + script))) {
                return;
            }
        }
        throw new AssertionError("Tab never comes to " + script);
    }

    /** What the chart draws, added up in ten-thousandths, as its numbers are binary. */
    BigDecimal drawnSum() {
        return new BigDecimal(String.valueOf(page.evaluate("""
                        document.querySelector('.plot').chart.data.slice(1).flat()
                          .reduce((sum, one) => sum + Math.round((one ?? 0) * 10000), 0)
                        """))).movePointLeft(4);
    }

    /** How many times the lines of the chart break. */
    int gaps() {
        return (Integer) page.evaluate(
                "document.querySelector('.plot').chart.data.slice(1).flat().filter(one => one === null).length");
    }

    /** How many pixels of the chart have the colour of a curve rather than of an axis. */
    int colouredPixels() {
        return (Integer) page.evaluate("""
                () => {
                  const canvas = document.querySelector('.plot canvas');
                  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
                  let count = 0;
                  for (let i = 0; i < data.length; i += 4) {
                    const rgb = data.slice(i, i + 3);
                    if (data[i + 3] > 0 && Math.max(...rgb) - Math.min(...rgb) > 100) count++;
                  }
                  return count;
                }""");
    }

    /** Contrast of text to what is behind it, from 1 to 21, as WCAG 2 defines it. */
    double contrast(String selector) {
        return number("""
                selector => { %s
                  const element = document.querySelector(selector);
                  const [a, b] = [luminance(numbers(getComputedStyle(element).color)), luminance(back(element))];
                  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                }""".formatted(MEASURES), selector);
    }

    /** How bright the page is, from 0 to 1. */
    double brightness() {
        return number("() => { %s return luminance(back(document.body)); }".formatted(MEASURES), "");
    }

    int width() {
        return (Integer) page.evaluate("document.documentElement.scrollWidth");
    }

    private double number(String script, String argument) {
        return ((Number) page.evaluate(script, argument)).doubleValue();
    }
}
