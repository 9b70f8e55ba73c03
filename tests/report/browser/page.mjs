// Opens a report in headless Chromium as people do: with a mouse, by keyboard, in the dark, on paper, on a small screen.
// page.mjs MODULES CHROMIUM PAGE, where MODULES is the folder that holds node_modules.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [modules, executablePath, path] = process.argv.slice(2);
const { chromium } = createRequire(modules + "/")("playwright-core");
const url = pathToFileURL(path).href;
const browser = await chromium.launch({ executablePath });

/** A4 less a centimetre on each side, in pixels. */
const paper = { width: 718, height: 1047 };

/** A fresh window with the page; complaints of the browser and requests for anything else are kept. */
async function open(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1100, height: 800 }, ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => request.url() !== url && !request.url().startsWith("data:") && complaints.push("asks for " + request.url()));
  await page.goto(url);
  return { page, complaints };
}

/** How light a screenshot is on the whole, 0 … 255, and how many colours it has. */
async function look(page) {
  const png = (await page.screenshot()).toString("base64");
  const blank = await browser.newPage();
  const seen = await blank.evaluate(async (data) => {
    const image = await createImageBitmap(await (await fetch("data:image/png;base64," + data)).blob());
    const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
    canvas.drawImage(image, 0, 0);
    const pixels = canvas.getImageData(0, 0, image.width, image.height).data;
    const colours = new Set();
    let light = 0;
    for (let k = 0; k < pixels.length; k += 4) {
      light += 0.2126 * pixels[k] + 0.7152 * pixels[k + 1] + 0.0722 * pixels[k + 2];
      colours.add((pixels[k] << 16) | (pixels[k + 1] << 8) | pixels[k + 2]);
    }
    return { light: (4 * light) / pixels.length, colours: colours.size };
  }, png);
  await blank.close();
  return seen;
}

/** Texts whose contrast to what is behind them is below 4.5, which WCAG 2 asks for. */
const faintTexts = (page) =>
  page.evaluate(() => {
    const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
    const luminance = ([r, g, b]) => {
      const linear = [r, g, b].map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    };
    const behind = (element) => {
      for (let e = element; e; e = e.parentElement) {
        const colour = channels(getComputedStyle(e).backgroundColor);
        if (colour.length === 3 || colour[3] > 0) return colour;
      }
      return [255, 255, 255];
    };
    const faint = [];
    for (const element of document.body.querySelectorAll("*:not(svg *)")) {
      if (![...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) || !element.getClientRects().length) continue;
      const [a, b] = [luminance(channels(getComputedStyle(element).color)), luminance(behind(element))].sort((x, y) => y - x);
      if ((a + 0.05) / (b + 0.05) < 4.5) faint.push(element.textContent.trim().slice(0, 60));
    }
    return faint;
  });

const tests = {
  async "opens without a complaint, asks for nothing, and runs no script"() {
    const { page, complaints } = await open();
    assert.equal(await page.evaluate(() => document.scripts.length), 0);
    assert.deepEqual(complaints, []);
  },

  async "has its parts, by the names that a screen reader says"() {
    const { page } = await open();
    for (const [role, name] of [["heading", "Verdicts"], ["heading", "Claims"], ["heading", "Results"], ["navigation", "Parts of this page"], ["region", "Claims"]])
      assert.ok((await page.getByRole(role, { name, exact: true }).count()) >= 1, `${role} ${name}`);
    assert.equal(await page.getByRole("main").count(), 1);
    assert.equal(await page.getByRole("heading", { level: 1 }).count(), 1);
    const drawn = [/^Attention on/, /^Sensitivity profile/, /^The restriction/, /^The minimal automaton of tomita-4/, /^The cascade of registers of tomita-4/, /^The classes that tomita-4/,
      /^1028 languages whose minimal automaton/, /^How many layers nested:2/, /^The network for/, /^Emergence: 30 vertices/, /^Training on add:59/];
    for (const name of drawn) assert.equal(await page.getByRole("img", { name }).count(), 1, String(name));
    for (const word of ["verified", "refuted", "certificate refused"]) assert.ok((await page.locator("#verdicts .mark", { hasText: word }).count()) >= 1, word);
  },

  async "beside every drawing of a result stands a table"() {
    const { page } = await open();
    const bare = await page.evaluate(() => [...document.querySelectorAll("#results article")].filter((a) => a.querySelector("svg") && !a.querySelector("table")).map((a) => a.querySelector("h3").textContent));
    assert.deepEqual(bare, []);
  },

  async "no text of a drawing is cut off at its side"() {
    const { page } = await open();
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll("#results svg text")]
        .filter((t) => {
          const [inner, outer] = [t.getBoundingClientRect(), t.ownerSVGElement.getBoundingClientRect()];
          return inner.left < outer.left - 1 || inner.right > outer.right + 1 || inner.top < outer.top - 1 || inner.bottom > outer.bottom + 1;
        })
        .map((t) => t.textContent),
    );
    assert.deepEqual(cut, []);
  },

  async "a verdict leads to its claim"() {
    const { page } = await open();
    const link = page.locator("#verdicts tbody a").last();
    const target = await link.getAttribute("href");
    await link.click();
    assert.equal(await page.evaluate(() => location.hash), target);
    assert.ok(await page.locator(target).isVisible());
  },

  async "is drawn, light or dark as the reader prefers"() {
    const light = await look((await open({ colorScheme: "light" })).page);
    const dark = await look((await open({ colorScheme: "dark" })).page);
    assert.ok(light.colours > 50 && dark.colours > 50, `colours: ${light.colours}, ${dark.colours}`);
    assert.ok(light.light > 200 && dark.light < 70, `light: ${light.light}, ${dark.light}`);
  },

  async "every text can be told from what is behind it"() {
    for (const colorScheme of ["light", "dark"]) {
      const { page } = await open({ colorScheme });
      await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
      assert.deepEqual(await faintTexts(page), [], colorScheme);
    }
  },

  async "the keyboard skips to the verdicts and opens what is folded"() {
    const { page } = await open();
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => location.hash), "#verdicts");
    const onFolded = () => page.evaluate(() => document.activeElement.matches("details:not([open]) > summary"));
    for (let k = 0; k < 100 && !(await onFolded()); ++k) await page.keyboard.press("Tab");
    assert.ok(await onFolded());
    await page.keyboard.press("Enter");
    assert.ok(await page.evaluate(() => document.activeElement.parentElement.open));
  },

  async "paper is white, and has what is folded on screen"() {
    const { page } = await open({ colorScheme: "dark" });
    await page.emulateMedia({ media: "print" });
    assert.ok((await look(page)).light > 200);
    const heights = await page.evaluate(() => [...document.querySelectorAll("details:not([open]) > :not(summary)")].map((e) => e.getBoundingClientRect().height));
    assert.ok(heights.length > 0 && heights.every((h) => h > 0));
    const pdf = await page.pdf({ format: "A4" });
    assert.ok(pdf.subarray(0, 5).toString() === "%PDF-" && pdf.length > 20000);
  },

  async "on paper no page is nearly empty, and nothing is cut off at the side"() {
    const { page } = await open({ viewport: paper });
    await page.emulateMedia({ media: "print" });
    const { width, height } = await page.evaluate(() => ({ width: document.documentElement.scrollWidth, height: document.documentElement.scrollHeight }));
    assert.ok(width <= paper.width, `${width} pixels wide`);
    const pdf = (await page.pdf({ format: "A4", margin: { top: "1cm", bottom: "1cm", left: "1cm", right: "1cm" } })).toString("latin1");
    const pages = pdf.match(/\/Type \/Page\b/g).length;
    assert.ok(pages <= 1.25 * (height / paper.height) + 1, `${pages} pages for ${(height / paper.height).toFixed(1)}`);
  },

  async "a small screen does not scroll sideways"() {
    const { page } = await open({ viewport: { width: 360, height: 640 } });
    await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 360);
  },

  async "needs no script"() {
    const { page } = await open({ javaScriptEnabled: false });
    await page.locator("details:not([open]) > summary").first().click();
    assert.ok(await page.locator("#verdicts").isVisible());
  },
};

let failures = 0;
for (const [name, test] of Object.entries(tests)) {
  try {
    await test();
    console.log(`ok   ${name}`);
  } catch (error) {
    ++failures;
    console.log(`FAIL ${name}\n${error.message}`);
  }
}
await browser.close();
process.exitCode = failures > 0 ? 1 : 0;
