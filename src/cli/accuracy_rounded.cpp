#include "accuracy_rounded.hpp"

#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "base/quote.hpp"
#include "certify/rounding.hpp"
#include "keep.hpp"
#include "lengths.hpp"
#include "record/task.hpp"

namespace attest::cli {

namespace {

std::int64_t one_length(const std::string& task, const std::string& lengths) {
    const std::optional<std::int64_t> usual = language::Task::usual_length(task);
    if (lengths.empty() && usual) return *usual;
    const std::vector<std::int64_t> all = parse_lengths(lengths, "--length");
    if (all.size() != 1) throw base::UsageError("--length: expected one length with --arithmetic");
    return all[0];
}

record::TaskRecord record_of(const std::string& model, const std::string& task,
                             const certify::RoundedPerformance& found) {
    record::TaskRecord record;
    record.command = "accuracy";
    record.model = model;
    record.task = task;
    record::TaskRecord::Length& length = record.results.emplace_back();
    length.length = found.length;
    length.verdict = found.verdict.word();
    if (found.verdict.is_undecided()) {
        length.reason = to_string(found.verdict.why().reason);
        length.detail = found.verdict.why().detail;
    }
    length.words = found.found.words;
    length.arithmetic = "binary32";
    length.right = found.found.right;
    if (!found.margin.empty()) length.lead = found.margin;
    if (found.verdict.kept()) length.certificate = found.verdict.digest();
    length.check_seconds = found.verdict.spent.check_seconds;
    length.seconds = found.verdict.spent.seconds;
    return record;
}

std::string rounded_text(const std::string& model, const std::string& task, const language::Alphabet& alphabet,
                         const certify::RoundedPerformance& found) {
    if (found.verdict.is_undecided())
        return fmt::format("UNDECIDED on how many words of length {} {} performs {} in binary32: {}: {}\n",
                           found.length, base::named(model), base::printable(task),
                           to_string(found.verdict.why().reason), found.verdict.why().detail);
    std::string text = fmt::format(
        "VERIFIED {} performs {} on at least {} of {} words of length {} in every evaluation in binary32, whatever the "
        "order of its operations, in {:.2f} s, and again by the checker\n  margin >= {}, least on {}\n",
        base::named(model), base::printable(task), found.found.right, found.found.words, found.length,
        found.verdict.spent.seconds, found.margin, base::quoted(alphabet.spell(*found.found.word), 200));
    if (found.found.open)
        text += fmt::format("  open: {} and {} more\n", base::quoted(alphabet.spell(*found.found.open), 200),
                            found.found.words - found.found.right - 1);
    return text;
}

}  // namespace

int run_rounded(Session& session, const formats::NetworkFile& file, const std::string& task, const std::string& lengths,
                const std::optional<std::string>& directory) {
    const auto* model = std::get_if<formats::ModelFile>(&file);
    if (model == nullptr || !model->transformer.readout.classes)
        throw base::UsageError("--arithmetic: expected a model with classes");
    const network::Transformer& t = model->transformer;
    const language::Task asked = language::Task::parse(task, t.alphabet);
    certify::Archive archive(directory);
    const certify::RoundedPerformance found =
        certify::perform_rounded({*model, asked}, one_length(task, lengths), session.limits(), archive,
                                 [&](const std::string& what) { session.progress(what); });
    finish_certificate(session, archive, {""});
    session.print(rounded_text(t.name, task, t.alphabet, found));
    session.print_json(record::write(record_of(t.name, task, found)));
    return found.verdict.is_undecided() ? undecided : success;
}

}  // namespace attest::cli
