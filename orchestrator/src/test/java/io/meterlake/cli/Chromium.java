package io.meterlake.cli;

import static java.util.Objects.requireNonNullElse;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A real browser with an empty profile: {@code METERLAKE_TEST_CHROMIUM}, or Debian's. Its clock is in Auckland, so that a
 * time which it shows in its own zone is seen to be wrong. Not thread-safe.
 */
final class Chromium implements AutoCloseable {
    private static final double PATIENCE = 120_000;
    private static final Path PICTURES = Path.of("target", "screenshots");

    private final URI site;
    private final Playwright playwright;
    private final Browser browser;
    private final List<String> complaints = new ArrayList<>();

    /** The browser for the pages of one server. */
    Chromium(URI site) {
        this.site = site;
        // A busy machine is slow, and what is there is found at once.
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(
                                requireNonNullElse(System.getenv("METERLAKE_TEST_CHROMIUM"), "/usr/bin/chromium")))
                        .setHeadless(true)
                        .setArgs(List.of(
                                // In which order the parts of a day are typed.
                                "--lang=en-US",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    /** An empty tab of a desk's width. */
    Page desk(ColorScheme scheme) {
        return page(options(scheme).setViewportSize(1280, 900));
    }

    /** An empty tab of a phone's width, which is touched. */
    Page phone(ColorScheme scheme) {
        return page(options(scheme)
                .setViewportSize(390, 844)
                .setDeviceScaleFactor(2)
                .setHasTouch(true)
                .setIsMobile(true));
    }

    /** A picture of the whole page, for a look at it. */
    void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(PICTURES.resolve(name + ".png"))
                .setFullPage(true));
    }

    /** What went wrong since this was asked last: failed scripts, logged errors, requests to anybody but the server. */
    List<String> complaints() {
        List<String> found = List.copyOf(complaints);
        complaints.clear();
        return found;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }

    private static Browser.NewContextOptions options(ColorScheme scheme) {
        return new Browser.NewContextOptions()
                .setColorScheme(scheme)
                .setLocale("en-US")
                .setTimezoneId("Pacific/Auckland");
    }

    private Page page(Browser.NewContextOptions options) {
        BrowserContext context = browser.newContext(options);
        context.setDefaultTimeout(PATIENCE);
        Page page = context.newPage();
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onRequest(request -> {
            if (!request.url().startsWith(site.toString()) && !request.url().startsWith("data:")) {
                complaints.add("asks " + request.url());
            }
        });
        return page;
    }
}
