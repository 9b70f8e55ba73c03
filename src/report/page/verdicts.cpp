#include <fmt/format.h>

#include "context.hpp"

namespace attest::report {

namespace {

void write_tile(Html& html, std::size_t number, const char* words, const char* role) {
    const auto tile = html.element("li", {{"class", number == 0 ? "tile" : fmt::format("tile {}", role)}});
    html.leaf("strong", std::to_string(number));
    html.text(" ");
    html.leaf("span", words);
}

void write_row(Html& html, const Claim& claim, std::size_t number) {
    const Certificate& c = *claim.certificate;
    const auto row = html.element("tr", {{"class", fmt::format("depth-{}", std::min(claim.depth, 3))}});
    {
        const auto head = html.element("th", {{"scope", "row"}});
        html.leaf("a", std::to_string(number), {{"href", "#" + claim.id}});
    }
    {
        const auto cell = html.element("td");
        write_mark(html, mark_of(c));
    }
    write_words(html, "td",
                c.claim.empty()                    ? c.path
                : c.standing == Standing::accepted ? c.claim
                                                   : "claimed: " + c.claim);
    const std::string why = c.standing == Standing::refused
                                ? fmt::format("obligation {} fails at {}", c.obligation, c.place)
                            : c.standing == Standing::not_checked ? "the check did not come to it"
                            : !claim.original.empty()             ? "a copy of the certificate that is counted as "
                                                                  : c.evidence;
    const auto cell = html.element("td");
    html.text(why);
    if (!claim.original.empty())
        html.leaf("a", claim.original.substr(claim.original.find('-') + 1), {{"href", "#" + claim.original}});
}

}  // namespace

void write_verdicts(Context& page) {
    Html& html = page.html;
    const auto section =
        html.element("section", {{"id", "verdicts"}, {"aria-labelledby", "verdicts-title"}, {"tabindex", "-1"}});
    html.leaf("h2", "Verdicts", {{"id", "verdicts-title"}});
    const Tally counts = count(page.sources);
    if (counts.refused > 0)
        html.leaf("p",
                  fmt::format(
                      "{} refused: nothing is known of what a refused certificate claims.",
                      counts.refused == 1 ? "1 certificate is" : std::to_string(counts.refused) + " certificates are"),
                  {{"class", "banner"}});
    {
        const auto tiles = html.element("ul", {{"class", "tiles"}});
        write_tile(html, counts.verified, "verified", "good");
        write_tile(html, counts.refuted, "refuted by a counterexample", "bad");
        write_tile(html, counts.refused, "refused by the checker", "alarm");
        if (counts.not_checked > 0) write_tile(html, counts.not_checked, "not checked", "open");
        if (!page.sources.outputs.empty())
            write_tile(html, page.sources.outputs.size(), "reported, not certified", "open");
    }
    if (page.claims.empty()) {
        html.leaf("p", "There is no certificate here: what follows was reported by runs and not checked again.",
                  {{"class", "note"}});
        return;
    }
    const auto scroll = scroll_region(html, "Verdict of each certificate");
    const auto table = html.element("table");
    html.leaf("caption",
              "Each certificate was checked again while this page was made, without a solver, against the definition "
              "of certificates.");
    write_head(html, {"Nr", "Verdict", "Claim", "Evidence"});
    const auto body = html.element("tbody");
    for (std::size_t k = 0; k < page.claims.size(); ++k) write_row(html, page.claims[k], k + 1);
}

}  // namespace attest::report
