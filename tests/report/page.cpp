#include "report/page.hpp"

#include <catch2/catch.hpp>
#include <regex>
#include <set>

#include "attest/base/file.hpp"
#include "hostile.hpp"
#include "outside.hpp"
#include "record_with_text.hpp"

using namespace attest::report;
using attest::base::Json;
using attest::tests::hostile_texts;

namespace {

/// The text in place of every string and key that is `@`, even where no document could hold its bytes.
void fill(Json& json, const std::string& text) {
    const auto replace = [&](std::string& string) {
        if (string == "@") string = text;
    };
    if (auto* string = std::get_if<std::string>(&json.value_)) replace(*string);
    if (auto* list = std::get_if<Json::Array>(&json.value_))
        for (Json& element : *list) fill(element, text);
    if (auto* object = std::get_if<Json::Object>(&json.value_))
        for (auto& [key, value] : *object) {
            replace(key);
            fill(value, text);
        }
}

Json filled(const std::string& document, const std::string& text) {
    Json json = Json::parse(document, "test");
    fill(json, text);
    return json;
}

/// Sources that have the text wherever a file can put one.
Sources hostile_sources(const std::string& text) {
    Sources sources;
    Certificate refused;
    refused.path = "in/" + text;
    refused.manifest = filled(
        R"({"format": "attest/certificate", "claim": {"kind": "@", "verdict": "@"}, "provenance": {"@": "@"}})", text);
    refused.standing = Standing::refused;
    refused.obligation = "digest", refused.place = text, refused.reason = text, refused.claim = text;
    Certificate accepted = refused;
    accepted.standing = Standing::accepted;
    accepted.evidence = text, accepted.assumptions = {text, text}, accepted.digest = text;
    Certificate waiting = refused;
    waiting.standing = Standing::not_checked;
    accepted.parts = {waiting};
    sources.certificates = {refused, accepted};
    sources.ledgers.push_back({text, {{attest::tests::with_text<attest::record::LedgerResult>(text), "in/" + text}}});
    for (const std::string& document : {attest::tests::document_with<attest::record::Prove>("@"),
                                        attest::tests::document_with<attest::record::Measure>("@"),
                                        attest::tests::document_with<attest::record::Restriction>("@"),
                                        attest::tests::document_with<attest::record::Threshold>("@"),
                                        attest::tests::document_with<attest::record::Influence>("@"),
                                        attest::tests::document_with<attest::record::ModelLanguage>("@"),
                                        attest::tests::document_with<attest::record::Classify>("@"),
                                        attest::tests::document_with<attest::record::ClassCensus>("@"),
                                        attest::tests::document_with<attest::record::Layers>("@"),
                                        attest::tests::document_with<attest::record::Build>("@"),
                                        attest::tests::document_with<attest::record::Emergence>("@"),
                                        attest::tests::document_with<attest::record::EmergenceGraph>("@"),
                                        attest::tests::document_with<attest::record::EmergenceCounts>("@"),
                                        attest::tests::document_with<attest::record::Progress>("@")})
        sources.outputs.push_back({text, "", filled(document, text)});
    // What is no record of its command is shown as it is.
    for (
        const char* document :
        {R"({"command": "prove", "model": "@", "results": [{"length": "@", "verdict": "@", "counterexample": "@", "certificate": "@", "seconds": "@"}]})",
         R"({"command": "measure", "language": "@", "length": "@", "sensitivity": {"value": "@", "guarantee": "@", "word": "@", "method": "@"}, "sensitivity_profile": [1, 2, "@"],
              "influences": {"value": ["1/2", "1/3"], "guarantee": "@"}, "fourier": {"level_weights": ["@"]}})",
         R"({"command": "restrict", "model": "@", "length": 3, "fixed": {"1": "@", "@": "@"}, "free": "@", "constant": "@", "pair": ["@", "@"], "dependence": [{"fixed": {"@": "@"}}]})",
         R"({"command": "influence", "model": "@", "results": [{"length": 4, "reached": 0.1, "certified": 0.2, "theory": "@", "word": "@", "by_position": ["@", 1]}], "exponent": "@"})",
         R"({"command": "threshold", "language": "@", "found": "@", "impossible": "@", "lengths": [{"length": "@", "answer": "@", "how": "@", "detail": "@"}]})",
         R"({"command": "classify", "language": "@", "alphabet": ["@", "b"], "states": 2, "monoid": 3, "largest_group": 1, "stability_index": null,
              "stable_semigroup": null, "modulus": 1, "classes": [], "seconds": 0, "automaton": {"states": 2, "start": 0, "accept": [1],
              "transitions": [[1, 0], [0, 1]]}, "cascade": {"modulus": 1, "height": 1, "sets": [{"residue": 0, "states": [0, 1], "height": 1,
              "tiles": [1, 2]}, {"residue": 0, "states": [0], "height": 0, "tiles": []}, {"residue": 0, "states": [1], "height": 0, "tiles": []}]}})",
         R"({"command": "@", "@": "@", "results": [{"@": "@"}, "@", ["@"], {"word": {"@": "@"}}]})"})
        sources.outputs.push_back({text, "", filled(document, text)});
    for (Output& output : sources.outputs) {
        const Json& first = std::get<Json::Object>(output.document.value_).front().value;
        output.command = std::get<std::string>(first.value_);
    }
    return sources;
}

std::string complaints(const std::string& page) {
    const attest::base::DirectoryInProgress place;
    attest::base::write_file(place.path() + "/page.html", page);
    return attest::tests::output_of("xmllint --nonet --noout " + place.path() + "/page.html");
}

/// Attribute values and texts taken away: the tags that are left.
std::string skeleton(const std::string& page) {
    const std::regex value("=\"[^\"]*\""), text(">[^<>]*<"),
        place_to_break("<wbr/>");  // of these, long words have more
    return std::regex_replace(std::regex_replace(std::regex_replace(page, value, "="), place_to_break, ""), text, "><");
}

}  // namespace

TEST_CASE("a text in any file adds no markup to the page", "[report]") {
    const std::string plain = skeleton(write_page(hostile_sources("plain"), {}));
    const bool xmllint = attest::tests::have("xmllint");
    for (const std::string& text : hostile_texts()) {
        CAPTURE(text);
        PageOptions options;
        options.title = text, options.date = text;
        const std::string page = write_page(hostile_sources(text), options);
        CHECK(skeleton(page) == plain);
        CHECK(page.find("<script") == std::string::npos);
        if (xmllint) CHECK(complaints(page).empty());
    }
}

TEST_CASE("what was refused, or not checked, is nowhere shown as verified", "[report]") {
    Sources sources;
    Certificate certificate;
    certificate.path = "c";
    certificate.manifest = Json::parse(R"({"claim": {"kind": "recognises", "verdict": "verified"}})", "test");
    certificate.claim = "m recognises parity at length 5";
    certificate.standing = Standing::refused;
    certificate.obligation = "refutation", certificate.place = "proof.lrat:7", certificate.reason = "no unit";
    sources.certificates = {certificate};
    certificate.standing = Standing::not_checked;
    sources.certificates.push_back(certificate);
    std::string page = write_page(sources, {});
    page.resize(page.find("id=\"legend\""));  // which explains all marks
    CHECK(page.find("mark good") == std::string::npos);
    CHECK(page.find("claimed: m recognises parity at length 5") != std::string::npos);
    CHECK(page.find("obligation refutation fails at proof.lrat:7: no unit") != std::string::npos);
    const Tally tally = count(sources);
    CHECK((tally.verified == 0 && tally.refuted == 0 && tally.refused == 1 && tally.not_checked == 1));
}

TEST_CASE("a page has its landmarks, one heading of the first level, and headings without gaps", "[report]") {
    const std::string page = write_page(hostile_sources("text"), {});
    for (const char* part : {"<main id=\"main\"", "<nav ", "<header>", "class=\"skip\"", "id=\"verdicts\"",
                             "id=\"ledger\"", "id=\"claims\"", "id=\"results\"", "id=\"legend\"", "lang=\"en\""}) {
        CAPTURE(part);
        CHECK(page.find(part) != std::string::npos);
    }
    const std::regex heading("<h([1-6])[ >]");
    int before = 0;
    for (std::sregex_iterator at(page.begin(), page.end(), heading); at != std::sregex_iterator(); ++at) {
        const int level = std::stoi((*at)[1]);
        CHECK(level <= before + 1);
        CHECK((level == 1) == (before == 0));
        before = level;
    }
}

TEST_CASE("every id is used once, and every link on the page leads to one", "[report]") {
    const std::string page = write_page(hostile_sources("text"), {});
    std::set<std::string> ids;
    const std::regex id(" id=\"([^\"]*)\""), link("href=\"#([^\"]*)\""), foreign("(src|href)=\"[^#\"d]");
    for (std::sregex_iterator at(page.begin(), page.end(), id); at != std::sregex_iterator(); ++at) {
        CAPTURE((*at)[1].str());
        CHECK(ids.insert((*at)[1]).second);
    }
    for (std::sregex_iterator at(page.begin(), page.end(), link); at != std::sregex_iterator(); ++at) {
        CAPTURE((*at)[1].str());
        CHECK(ids.contains((*at)[1]));
    }
    CHECK(!std::regex_search(page, foreign));
}

TEST_CASE("drawings say what they show, and tables what their columns are", "[report]") {
    const std::string page = write_page(hostile_sources("3"), {});
    const std::regex svg("<svg [^>]*>"), head("<th [^>]*>|<th>"), table("<table[^>]*>\\s*(<caption>)?");
    std::size_t drawings = 0;
    for (std::sregex_iterator at(page.begin(), page.end(), svg); at != std::sregex_iterator(); ++at, ++drawings) {
        CHECK(at->str().find("role=\"img\"") != std::string::npos);
        CHECK(at->str().find("aria-labelledby=") != std::string::npos);
    }
    CHECK(drawings >= 3);
    for (std::sregex_iterator at(page.begin(), page.end(), head); at != std::sregex_iterator(); ++at)
        CHECK(at->str().find("scope=") != std::string::npos);
    for (std::sregex_iterator at(page.begin(), page.end(), table); at != std::sregex_iterator(); ++at)
        CHECK((*at)[1].matched);
}
