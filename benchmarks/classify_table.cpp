#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "../tests/classify/subjects.hpp"
#include "attest/base/error.hpp"
#include "attest/certify/every_length.hpp"
#include "attest/formats/file.hpp"
#include "build/network.hpp"
#include "certify/outside.hpp"
#include "certify/regular_claim.hpp"
#include "language/automaton_file.hpp"
#include "language/classify/census.hpp"
#include "tables.hpp"
#include "timing.hpp"

// Fourteen classes of all languages of a size: each table of a minimal automaton once, in one thread. Then the golden table of
// 32 languages: classes; classes with the words that show what they are not, in certificates that the checker has read; and
// a network for each language that has one, proved at every length.

namespace attest::benchmarks {

namespace {

using tests::GoldenRow;

/// Classes of the golden table, the languages in it, and the greatest monoid.
///
/// Gives  seconds
double add_golden_classes(Table& table) {
    std::size_t greatest = 0;
    std::map<classify::ClassVector, std::size_t> sets;
    const double spent = best_of(3, [&] {
        for (const GoldenRow& row : tests::golden_rows()) {
            const classify::Classification found = classify::classify(classify::table_of(row.automaton));
            greatest = std::max(greatest, found.monoid);
            ++sets[found.in];
        }
    });
    const std::size_t rows = tests::golden_rows().size();
    table.add({text("golden table"), none(), count(rows), count(rows), count(sets.size()), count(greatest),
               seconds(spent), number(static_cast<double>(rows) / spent), none()});
    return spent;
}

/// The same from language to checked certificates. Gives seconds.
double add_golden_certificates(Table& table, const std::string& directory) {
    const std::size_t rows = tests::golden_rows().size();
    double all = 0, slowest = 0;
    std::size_t certificates = 0;
    for (const GoldenRow& row : tests::golden_rows()) {
        const std::string file = language::write_dfa(row.automaton);
        certify::ClassReport report;
        const double spent = best_of(1, [&] {
            certify::Archive archive{std::optional(directory)};
            report = certify::classify_regular({"dfa:language.json", file, row.automaton}, {}, archive);
            if (!archive.finish(report.parts) && !report.parts.empty())
                throw base::InternalError("a certificate is not finished");
        });
        std::filesystem::remove_all(directory);
        for (const certify::Outside& outside : report.outside)
            if (!outside.verdict.fails()) throw base::InternalError("a witness is not verified: " + row.name);
        certificates += report.outside.size();
        all += spent, slowest = std::max(slowest, spent);
    }
    table.add({text(fmt::format("golden table, {} certificates", certificates)), none(), count(rows), count(rows),
               none(), none(), seconds(all), number(static_cast<double>(rows) / all), seconds(slowest)});
    return all;
}

/// A network for each, from language to checked certificate. Gives seconds.
double add_golden_networks(Table& table, const std::string& directory) {
    double all = 0, slowest = 0, proofs = 0, slowest_proof = 0;
    std::size_t networks = 0;
    for (const GoldenRow& row : tests::golden_rows()) {
        if (!classify::classify(classify::table_of(row.automaton)).modulus) continue;
        const language::Language language = language::Language::parse(row.name, row.automaton.alphabet);
        double proof = 0;
        const double spent = best_of(1, [&] {
            const build::Built built = build::build_network(row.automaton, row.name, std::nullopt);
            const std::string bytes = formats::write_model(built.transformer);
            const formats::ModelFile file{formats::parse_model(bytes, row.name), bytes, "", ""};
            certify::Archive archive{std::optional(directory)};
            const verdict::Verdict verdict =
                certify::recognise_at_every_length({file, language, {}}, 0, {}, archive, {}).verdict;
            if (!verdict.holds() || !archive.finish({""}))
                throw base::InternalError("a network is not verified: " + row.name);
            proof = verdict.spent.seconds - verdict.spent.check_seconds;
        });
        std::filesystem::remove_all(directory);
        ++networks;
        all += spent, slowest = std::max(slowest, spent);
        proofs += proof, slowest_proof = std::max(slowest_proof, proof);
    }
    const auto add = [&](const char* what, double total, double most) {
        table.add({text(what), none(), none(), count(networks), none(), none(), seconds(total),
                   number(static_cast<double>(networks) / total), seconds(most)});
    };
    add("networks for the golden table", all, slowest);
    add("of which their proofs", proofs, slowest_proof);
    return all;
}

}  // namespace

Table classify_table(const Settings& settings) {
    Table table("classify", "classes of all minimal automata with q states over k letters, in one thread; golden table",
                {"languages of", "k", "tables", "languages", "sets of classes", "greatest monoid", "time", "a second",
                 "slowest"});
    table.begin();
    for (const auto& size : {std::pair<std::size_t, std::size_t>{3, 2}, {4, 2}, {5, 2}, {2, 3}, {3, 3}}) {
        const std::size_t states = size.first, letters = size.second;
        classify::Census census;
        const double spent = best_of(states > 4 ? 1 : 3, [&] { census = classify::take_census(states, letters); });
        if (census.stopped) throw base::InternalError("a census was stopped");
        table.add({text(fmt::format("{} states", states)), count(letters), count(census.tables),
                   count(census.languages), count(census.by_classes.size()), count(census.greatest_monoid),
                   seconds(spent), number(static_cast<double>(census.tables) / spent), none()});
    }
    const std::string directory = settings.directory + "/classify";
    double whole = add_golden_classes(table);
    whole += add_golden_certificates(table, directory);
    whole += add_golden_networks(table, directory);
    const std::size_t rows = tests::golden_rows().size();
    table.add({text("golden table, all of this"), none(), count(rows), count(rows), none(), none(), seconds(whole),
               number(static_cast<double>(rows) / whole), none()});
    table.note(
        "certificates, networks: written, and read back by the checker, in the time that is told; proofs: by the "
        "clock, "
        "from the model to the last pair of states");
    return table;
}

}  // namespace attest::benchmarks
