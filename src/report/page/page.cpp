#include "report/page.hpp"

#include <fmt/format.h>

#include "base/version.hpp"
#include "context.hpp"

namespace attest::report {

namespace {

void write_navigation(Context& page) {
    Html& html = page.html;
    const auto nav = html.element("nav", {{"aria-label", "Parts of this page"}});
    const auto list = html.element("ul");
    const auto entry = [&](const char* target, const char* name) {
        const auto item = html.element("li");
        html.leaf("a", name, {{"href", target}});
    };
    entry("#verdicts", "Verdicts");
    if (!page.sources.ledgers.empty()) entry("#ledger", "Ledger");
    if (!page.claims.empty()) entry("#claims", "Claims");
    if (!page.sources.outputs.empty()) entry("#results", "Results");
    entry("#legend", "How to read this page");
}

}  // namespace

void write_document_head(Context& page) {
    Html& html = page.html;
    const auto head = html.element("head");
    html.empty("meta", {{"charset", "utf-8"}});
    html.empty("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
    html.empty("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
    html.empty("meta", {{"name", "generator"}, {"content", std::string("attest ") + base::version()}});
    // Nothing is ever fetched, whatever the page is made from.
    html.empty("meta",
               {{"http-equiv", "Content-Security-Policy"},
                {"content",
                 "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"}});
    html.empty("link", {{"rel", "icon"}, {"href", "data:,"}});
    html.leaf("title", page.options.title);
    const auto style = html.element("style");
    html.markup(svg_style());
    html.markup(page_style());
}

std::string write_page(const Sources& sources, const PageOptions& options) {
    Context page(sources, options);
    Html& html = page.html;
    html.markup("<!DOCTYPE html>\n");
    {
        const auto root = html.element("html", {{"xmlns", "http://www.w3.org/1999/xhtml"}, {"lang", "en"}});
        write_document_head(page);
        const auto body = html.element("body");
        html.leaf("a", "Skip to the verdicts", {{"class", "skip"}, {"href", "#verdicts"}});
        {
            const auto header = html.element("header");
            html.leaf("h1", options.title);
            html.leaf(
                "p",
                fmt::format("Made by attest {}{}{}.", base::version(), options.date.empty() ? "" : ", ", options.date),
                {{"class", "note"}});
            write_navigation(page);
        }
        const auto main = html.element("main", {{"id", "main"}});
        write_verdicts(page);
        write_ledgers(page);
        write_claims(page);
        write_outputs(page);
        write_legend(page);
    }
    return html.take();
}

}  // namespace attest::report
