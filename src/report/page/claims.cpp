#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "attest/formats/file.hpp"
#include "base/text.hpp"
#include "circuit_section.hpp"
#include "context.hpp"
#include "counterexample.hpp"
#include "json_view.hpp"
#include "network_run.hpp"
#include "restricted_word.hpp"

namespace attest::report {

namespace {

void write_assumptions(Html& html, const Certificate& c) {
    html.leaf("dt", "Assumptions");
    const auto cell = html.element("dd");
    if (c.assumptions.empty()) {
        html.text("none beyond the model file, in the exact arithmetic of its format");
        return;
    }
    const auto list = html.element("ul");
    for (const std::string& assumption : c.assumptions) html.leaf("li", assumption);
}

/// The commands that check it again: by attest, and by the checker that stands alone.
void write_recheck(Html& html, const Certificate& c) {
    html.leaf("dt", "Check it again");
    const auto cell = html.element("dd");
    html.leaf("code", "attest check " + shell_word(c.path));
    html.text(" or, without attest, ");
    html.leaf("code", "attest-check " + shell_word(c.path));
}

void write_digest(Html& html, const Certificate& c) {
    if (c.standing != Standing::accepted) return;
    html.leaf("dt", "Digest");
    const auto cell = html.element("dd");
    html.leaf("code", c.digest);
}

void write_provenance(Html& html, const Certificate& c) {
    std::string text;
    for (const auto& [key, value] : members(find(c.manifest, "provenance")))
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", key, text_of(&value));
    if (!text.empty()) write_fact(html, "Made by", text);
}

void write_facts(Html& html, const Certificate& c) {
    const auto facts = html.element("dl", {{"class", "facts"}});
    switch (c.standing) {
        case Standing::accepted: write_fact(html, "Evidence", c.evidence); break;
        case Standing::refused:
            write_fact(html, "Refused", fmt::format("obligation {} fails at {}: {}", c.obligation, c.place, c.reason));
            break;
        case Standing::not_checked:
            write_fact(html, "Not checked", "the check ended before it came to this certificate");
            break;
    }
    // What a refused certificate assumes, or who made it, is as little known as the rest of it.
    if (c.standing == Standing::accepted) {
        write_assumptions(html, c);
        write_digest(html, c);
        write_provenance(html, c);
    }
    write_recheck(html, c);
}

void write_facts(Html& html, const base::Json& object) {
    const auto facts = html.element("dl", {{"class", "facts"}});
    for (const auto& [key, value] : members(&object)) write_fact(html, key, value.is_null() ? "any" : text_of(&value));
}

/// What the network that shows that a class can do it does on one word, its symbols in turn.
void write_witness(Context& page, const Certificate& c, const base::Json& network_class) {
    const base::Json* evidence = find(c.manifest, "evidence");
    if (evidence == nullptr || text_at(*evidence, "kind") != "network" ||
        text_at(network_class, "attention") == "softmax")
        return;
    const auto file = formats::read_model_or_guhat(c.path + "/witness.json");
    const auto* tables = std::get_if<formats::GuhatFile>(&file);
    if (tables == nullptr) return;
    const language::Alphabet& alphabet = tables->guhat.alphabet;
    language::Word word(static_cast<std::size_t>(tables->guhat.length));
    for (std::size_t i = 0; i < word.size(); ++i) word[i] = static_cast<language::Symbol>((i + 1) % alphabet.size());
    const NetworkRun run = run_of(tables->guhat, word);
    const std::string shown = base::printable("“" + alphabet.spell(word) + "”", 80);
    page.html.leaf("h4", "The network that was found, on " + shown);
    write_run(page, run, {}, "Attention on " + shown, run.accepts ? "accept" : "reject", {});
}

/// What the claim says beyond its sentence.
void write_claim_details(Context& page, const Certificate& c, const base::Json& claim) {
    const std::string kind = text_at(claim, "kind");
    if (kind == "restriction") {
        const base::Json* fixed = find(claim, "fixed");
        const auto length = whole_of(find(claim, "length"));
        record::Members symbols;
        for (const auto& [position, symbol] : members(fixed)) symbols.emplace_back(position, text_of(&symbol));
        if (fixed != nullptr && length) write_restriction(page, symbols, *length);
    }
    const base::Json* network_class = find(claim, "class");
    if (kind == "threshold" && network_class != nullptr) {
        page.html.leaf("h4", "The class of networks");
        write_facts(page.html, *network_class);
        write_witness(page, c, *network_class);
    }
}

void write_drawings(Context& page, const Certificate& c) {
    if (c.standing != Standing::accepted || page.full()) return;
    try {
        if (const base::Json* claim = find(c.manifest, "claim")) write_claim_details(page, c, *claim);
        const auto subject = subject_of(c);
        if (!subject) return;
        write_counterexample(page, c, *subject);
        write_circuit(page, *subject);
    } catch (const base::Unsupported& e) {
        page.html.leaf("p", std::string("Not drawn: ") + e.what() + ".", {{"class", "note"}});
    }
}

void write_article(Context& page, const Claim& claim) {
    Html& html = page.html;
    const Certificate& c = *claim.certificate;
    const bool refused = c.standing == Standing::refused;
    const auto article = html.element("article", {{"id", claim.id},
                                                  {"class", refused ? "refused" : "claim"},
                                                  {"aria-labelledby", claim.id + "-title"},
                                                  {"tabindex", "-1"}});
    {
        const auto header = html.element("header");
        const std::string words = c.claim.empty()                    ? c.path
                                  : c.standing == Standing::accepted ? c.claim
                                                                     : "Claimed: " + c.claim;
        html.leaf("h3", words, {{"id", claim.id + "-title"}});
        write_mark(html, mark_of(c));
    }
    write_facts(html, c);
    if (claim.original.empty()) write_drawings(page, c);
    else html.leaf("a", "The same certificate as above, where it is drawn", {{"href", "#" + claim.original}});
}

}  // namespace

void write_claims(Context& page) {
    if (page.claims.empty()) return;
    Html& html = page.html;
    const auto section = html.element("section", {{"id", "claims"}, {"aria-labelledby", "claims-title"}});
    html.leaf("h2", "Claims", {{"id", "claims-title"}});
    for (const Claim& claim : page.claims) write_article(page, claim);
}

}  // namespace attest::report
