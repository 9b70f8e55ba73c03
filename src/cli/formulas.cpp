#include "formulas.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "answer_text.hpp"
#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/certify/recognition.hpp"
#include "base/quote.hpp"
#include "base/text.hpp"
#include "build/counting_formula.hpp"
#include "certify/outside.hpp"
#include "every_length.hpp"
#include "keep.hpp"
#include "language_notes.hpp"
#include "lengths.hpp"
#include "record/build.hpp"
#include "record/definition.hpp"
#include "subject.hpp"

namespace attest::cli {

namespace {

using certify::Definition;

std::string where(const Definition& d) {
    if (d.length) return fmt::format("at length {}", *d.length);
    return d.from == 0 ? "at every length" : "at every length but 0";
}

std::string rests_on(const Definition& d) {
    if (const formula::Exhausted* e = d.outcome.exhausted())
        return fmt::format("all words by their counts ({} kinds), and again by the checker", e->vectors);
    if (const formula::Eliminated* e = d.outcome.eliminated())
        return fmt::format("no counts of symbols tell it from {}, by elimination, and again by the checker",
                           e->other ? "a formula that is the language's" : "majority");
    return fmt::format(
        "all {} pairs of states of the formula's counts and the language looked at, and again by the checker",
        d.outcome.closed()->states);
}

std::string definition_headline(const programs::foc::Program& program, const std::string& language,
                                const Definition& d) {
    const std::string name = base::named(program.name), question = fmt::format("{} {}", language, where(d));
    const double seconds = d.verdict.spent.seconds;
    if (d.verdict.holds())
        return fmt::format("VERIFIED {} defines {} in {:.2f} s: {}\n", name, question, seconds, rests_on(d));
    if (d.verdict.is_undecided())
        return fmt::format("UNDECIDED whether {} defines {} after {:.2f} s: {}\n", name, question, seconds,
                           why_text(d.verdict.why()));
    const formula::Difference& found = *d.outcome.difference();
    return fmt::format("REFUTED {} does not define {} in {:.2f} s: on \"{}\"{} it says {}, the language {}\n", name,
                       question, seconds, language::Alphabet(program.alphabet).spell(found.word),
                       d.length ? "" : ", a shortest such word,", answer_word(found.holds), answer_word(!found.holds));
}

std::string definition_row(const programs::foc::Program& program, const Definition& d) {
    std::string rest = d.verdict.holds() ? rests_on(d) : why_text(d.verdict.why());
    if (const formula::Difference* found = d.outcome.difference(); found != nullptr && d.verdict.fails())
        rest = fmt::format("\"{}\": {} expected, {} given", language::Alphabet(program.alphabet).spell(found->word),
                           answer_word(!found->holds), answer_word(found->holds));
    return fmt::format("  {:>6}  {:9}  {:>8.2f} s  {}\n", *d.length, d.verdict.word(), d.verdict.spent.seconds, rest);
}

std::string definitions_text(const programs::foc::Program& program, const std::string& language,
                             const std::vector<Definition>& results, const std::optional<std::string>& directory) {
    if (results.size() == 1) {
        const verdict::Verdict& v = results.front().verdict;
        return definition_headline(program, language, results.front()) +
               (v.kept() ? fmt::format("  certificate {} (manifest {})\n", *directory, v.digest()) : "");
    }
    const Answered count = answered(results);
    std::string text =
        fmt::format("{} {} against {} at {} lengths {} to {}: {} verified, {} refuted, {} undecided\n",
                    count.headword(), base::named(program.name), language, results.size(), *results.front().length,
                    *results.back().length, count.held, count.failed, count.open);
    for (const Definition& d : results) text += definition_row(program, d);
    return text;
}

/// At every length, or at each of several.
std::vector<Definition> define(Session& session, const certify::FormulaSubject& subject, const std::string& lengths,
                               certify::Archive& archive) {
    if (const auto from = parse_every_length(lengths, 0))
        return {certify::define_everywhere(subject, *from, session.limits(), archive)};
    std::vector<Definition> results;
    const std::vector<std::int64_t> all = parse_lengths(lengths, "--length");
    for (const std::int64_t n : all) {
        if (!subject.language.defined_at(static_cast<std::uint64_t>(n)))
            throw base::UsageError(fmt::format("--length: expected a length at which {} is defined, found {}",
                                               subject.language.name(), n));
        session.progress(fmt::format("length {}", n));
        results.push_back(certify::define_at(subject, n, session.limits(), archive,
                                             all.size() == 1 ? "" : certify::part_of_length(n)));
    }
    return results;
}

void finish(Session& session, certify::Archive& archive, const std::vector<Definition>& results) {
    std::vector<std::string> parts;
    for (const Definition& d : results) parts.push_back(results.size() == 1 ? "" : certify::part_of_length(*d.length));
    finish_certificate(session, archive, parts);
}

int definitions_status(const std::vector<Definition>& results) {
    const Answered count = answered(results);
    return count.failed > 0 ? refuted : count.open > 0 ? undecided : success;
}

}  // namespace

programs::foc::Program load_formula(const std::string& file) {
    programs::foc::Program program = programs::foc::parse(base::read_file(file), file);
    program.name = std::filesystem::path(file).stem().string();
    return program;
}

int ProveFormula::run(Session& session) const {
    const programs::foc::Program program = load_formula(file);
    const language::Language meant = load_language(language, language::Alphabet(program.alphabet), {}).language;
    note_reading(session, language);
    certify::Archive archive(directory);
    const std::vector<Definition> results = define(session, {program, meant}, lengths, archive);
    finish(session, archive, results);
    session.print(definitions_text(program, language, results, directory));
    session.print_json(record::write(record::definitions(program, language, results)));
    return definitions_status(results);
}

int BuildFormula::run(Session& session) const {
    const build::CountingFormula built = build::counting_formula(certify::minimal_automaton(language),
                                                                 base::printable(language.name()), session.limits());
    programs::foc::Program program = programs::foc::parse(built.text, output);
    program.name = base::printable(language.name());
    certify::Archive archive(directory);
    const std::vector<Definition> results = define(session, {program, language}, lengths, archive);
    for (const Definition& d : results)
        if (d.outcome.difference() != nullptr)
            throw base::InternalError(fmt::format("the formula that was built for {} is wrong", language.name()));
    finish(session, archive, results);
    base::write_file(output, built.text);
    session.print(fmt::format("BUILT {} for {}: {} of positions modulo {}\n", output, language.name(),
                              base::counted(built.form.counts.size(), "count"), built.modulus) +
                  "  " + definitions_text(program, language.name(), results, directory));
    session.print_json(record::write(record::build_result(language, built, output, results)));
    return definitions_status(results);
}

}  // namespace attest::cli
