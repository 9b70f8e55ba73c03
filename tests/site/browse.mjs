// Opens the documentation site in headless Chromium, from files, as a reader without a network does.
// browse.mjs MODULES CHROMIUM SITE, where MODULES is the folder that holds node_modules.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [modules, executablePath, site] = process.argv.slice(2);
const { chromium } = createRequire(modules + "/")("playwright-core");
const root = pathToFileURL(site).href + "/";
const browser = await chromium.launch({ executablePath });

/** A window at a page of the site; what the browser complains of, and what is asked of others, is kept. */
async function open(path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 800 }, ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => request.url().startsWith(root) || request.url().startsWith("data:") || complaints.push("asks for " + request.url()));
  await page.goto(root + path);
  return { page, complaints };
}

const tests = {
  async "the first page opens without a complaint and asks nobody else for anything"() {
    const { page, complaints } = await open("index.html");
    assert.equal(await page.title(), "attest");
    assert.equal(await page.getByRole("main").count(), 1);
    assert.equal(await page.getByRole("navigation").count(), 1);
    assert.ok((await page.locator("pre").count()) > 20);
    assert.deepEqual(complaints, []);
  },

  async "a reader comes from the list of pages to a tutorial, a command, a format and a part"() {
    const { page, complaints } = await open("index.html");
    for (const [section, name, says] of [
      ["Tutorials", /PARITY/, "$ attest zoo export"],
      ["Commands", "attest prove", "--language"],
      ["Formats", "Certificates", "manifest.json"],
      ["Parts", "src/circuit", "Boost"],
    ]) {
      const list = page.locator("nav details", { has: page.locator("summary", { hasText: section }) });
      if (!(await list.evaluate((d) => d.open))) await list.locator("summary").click();
      await list.getByRole("link", { name, exact: typeof name === "string" }).first().click();
      assert.ok((await page.locator("main").innerText()).includes(says), `${section}: ${says}`);
      assert.equal(await page.locator("nav [aria-current=page]").count(), 1, section);
    }
    assert.deepEqual(complaints, []);
  },

  async "a heading has a place that a link leads to"() {
    const { page } = await open("index.html");
    const anchor = page.locator("h2 a.anchor").last();
    await anchor.focus();
    await page.keyboard.press("Enter");
    const hash = await page.evaluate(() => decodeURIComponent(location.hash));
    assert.ok(hash.length > 1);
    assert.ok(await page.locator(`[id="${hash.slice(1)}"]`).isVisible());
  },

  async "a small screen does not scroll sideways, in the light or in the dark"() {
    for (const path of ["index.html", "src/certify/FORMAT.html", "commands/attest-threshold.html", "examples/notebooks/1-does-my-trained-model-do-parity.html"])
      for (const colorScheme of ["light", "dark"]) {
        const { page } = await open(path, { viewport: { width: 360, height: 640 }, colorScheme });
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 360, path);
        const channels = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/[\d.]+/g).map(Number));
        assert.ok(colorScheme === "light" ? channels[0] > 200 : channels[0] < 70, `${path} ${colorScheme}`);
      }
  },
};

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  try {
    await test();
    console.log("ok     ", name);
  } catch (error) {
    failed += 1;
    console.log("FAILED ", name, "\n", error.message);
  }
}
await browser.close();
process.exit(failed ? 1 : 0);
