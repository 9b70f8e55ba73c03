#include "certify/model_language.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "attest/base/error.hpp"
#include "base/text.hpp"
#include "base/version.hpp"
#include "language/automaton_file.hpp"
#include "manifest_parts.hpp"
#include "notary.hpp"
#include "stopwatch.hpp"

namespace attest::certify {

namespace {

using Json = Manifest::Json;

constexpr const char* part_of_recognition = "recognises";

/// A letter for each symbol, where a symbol has several characters: a … z, A … Z, then others.
language::Alphabet letters_of(const language::Alphabet& alphabet) {
    const auto& symbols = alphabet.symbols();
    const auto is_letter = [](const std::string& s) { return base::code_points(s, "alphabet").size() == 1; };
    if (std::all_of(symbols.begin(), symbols.end(), is_letter)) return alphabet;
    std::vector<std::string> letters;
    for (std::size_t k = 0; k < symbols.size(); ++k) {
        constexpr std::size_t others = 0x100;
        if (k < 26) letters.emplace_back(1, static_cast<char>('a' + k));
        else if (k < 52) letters.emplace_back(1, static_cast<char>('A' + (k - 26)));
        else
            letters.push_back(
                {static_cast<char>(0xC0 | ((others + k) >> 6)), static_cast<char>(0x80 | ((others + k) & 63))});
    }
    return language::Alphabet(letters);
}

verdict::Lengths lengths_from_on(std::int64_t from) { return {from, std::numeric_limits<std::int64_t>::max()}; }

std::string write_recognition(const std::string& place, const formats::ModelFile& model, const LanguageReport& report,
                              const std::string& source, const base::Limits& limits) {
    Json claim = {{"kind", "recognises"},
                  {"model", model.transformer.name},
                  {"language", "dfa:language.json"},
                  {"lengths", {{"from", report.from}}},
                  {"verdict", "verified"}};
    if (!report.map.empty()) claim["map"] = map_json(report.map);
    Manifest manifest(place, std::move(claim), provenance_json({{{"attest", base::version()}}}), limits);
    write_model(manifest, model);
    manifest.write("language.json", source);
    const induction::Closure& c = report.found->closure;
    manifest.member("evidence") = {
        {"kind", "closure"}, {"states", c.states}, {"first", c.first}, {"period", c.period}, {"window", c.window}};
    return manifest.finish();
}

/// What hard attention of positions modulo the period recognises has no group among words whose length the period divides.
void require_quasi_aperiodic(const language::Dfa& automaton, std::int64_t period, const base::Limits& limits) {
    const classify::Monoid monoid(classify::table_of(automaton), limits);
    if (!classify::is_modulus(classify::group_lengths(monoid, classify::green(monoid)),
                              static_cast<std::uint64_t>(period)))
        throw base::InternalError(
            fmt::format("the language of the model is not quasi-aperiodic for the modulus {} of its positions: please "
                        "report this",
                        period));
}

void add_classes(LanguageReport& report, const std::string& source, const base::Limits& limits, Archive& archive) {
    try {
        require_quasi_aperiodic(report.lettered, report.found->closure.period, limits);
        report.classes = classify_regular({"dfa:language.json", source, report.lettered}, limits, archive);
        report.parts.insert(report.parts.end(), report.classes->parts.begin(), report.classes->parts.end());
    } catch (const base::Unsupported& why) {
        report.no_classes = why.what();
    }
}

}  // namespace

LanguageReport find_language(const formats::ModelFile& model, const base::Limits& limits, Archive& archive,
                             const std::function<void(const std::string&)>& progress) {
    const Stopwatch watch;
    const std::int64_t from = induction::least_length(model.transformer);
    auto found = induction::language_of(model.transformer, limits);
    if (const auto* why = std::get_if<verdict::Undecided>(&found))
        return {from,
                {},
                verdict::Verdict::undecided(lengths_from_on(from), *why),
                {model.transformer.alphabet, 0, {}, {}},
                {},
                {},
                {},
                {},
                watch.seconds()};
    LanguageReport report{from,
                          std::get<induction::ModelLanguage>(std::move(found)),
                          verdict::Verdict::undecided(lengths_from_on(from), {verdict::Reason::unchecked, ""}),
                          {model.transformer.alphabet, 0, {}, {}},
                          {},
                          {},
                          {},
                          {part_of_recognition},
                          0};
    report.lettered = report.found->automaton;
    report.lettered.alphabet = letters_of(model.transformer.alphabet);
    if (!(report.lettered.alphabet == model.transformer.alphabet))
        for (language::Symbol a = 0; a < model.transformer.alphabet.size(); ++a)
            report.map.emplace_back(model.transformer.alphabet.symbol(a), report.lettered.alphabet.symbol(a));
    const std::string source = language::write_dfa(report.lettered);
    if (progress) progress("checking the certificate");
    report.verdict =
        Notary(archive, part_of_recognition, limits)
            .certify({lengths_from_on(from),
                      verdict::Answer::holds,
                      verdict::Evidence::exhaustion,
                      [&](const std::string& place) { return write_recognition(place, model, report, source, limits); },
                      {}});
    if (progress) progress("classifying");
    add_classes(report, source, limits, archive);
    report.seconds = watch.seconds();
    watch.stop(report.verdict);
    return report;
}

}  // namespace attest::certify
