#include "task_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <variant>

#include "attest/base/error.hpp"
#include "attest/certify/recognition.hpp"
#include "attest/certify/task.hpp"
#include "base/text.hpp"
#include "command.hpp"
#include "lengths.hpp"
#include "record/task.hpp"
#include "task_output.hpp"

namespace attest::cli {

namespace {

using certify::Performance;

void keep(const Session& session, certify::Archive& archive, const std::vector<Performance>& results) {
    if (!archive.keeps()) return;
    std::vector<std::string> parts;
    for (const Performance& p : results) parts.push_back(results.size() > 1 ? certify::part_of_length(p.length) : "");
    if (!archive.finish(parts)) session.note("no certificate: nothing was decided with evidence");
}

int status(const std::vector<Performance>& results) {
    const auto any = [&](auto is) { return std::any_of(results.begin(), results.end(), is); };
    if (any([](const Performance& p) { return p.verdict.fails(); })) return refuted;
    return any([](const Performance& p) { return p.verdict.is_undecided(); }) ? undecided : success;
}

task::Method method_of(const std::string& text) {
    if (text == "automatic") return task::Method::automatic;
    if (text == "exhaustion") return task::Method::words;
    if (text == "prefixes") return task::Method::prefixes;
    if (text == "circuit") return task::Method::circuit;
    throw base::UsageError(fmt::format(
        "--method: expected automatic, exhaustion, prefixes or circuit, by which tasks are decided, found '{}'",
        base::printable(text)));
}

}  // namespace

namespace {

/// What programs and models differ in.
struct Performer {
    std::string name;
    const language::Alphabet& alphabet;
    std::variant<const formats::ProgramFile*, const formats::ModelFile*> file;

    /// Throws  InputError for a length that it is not for
    void require_length(std::int64_t n) const {
        if (const auto* program = std::get_if<const formats::ProgramFile*>(&file))
            (void)(*program)->program.sequence_length(n);
        else (void)std::get<const formats::ModelFile*>(file)->transformer.sequence_length(n);
    }
    Performance perform(const language::Task& task, std::int64_t n, const task::Options& options,
                        const base::Limits& limits, certify::Archive& archive, const std::string& part) const {
        if (const auto* program = std::get_if<const formats::ProgramFile*>(&file))
            return certify::perform(certify::TaskSubject{**program, task}, n, options, limits, archive, part);
        const auto& model = *std::get<const formats::ModelFile*>(file);
        return certify::perform(certify::ClassSubject{model, task}, n, options, limits, archive, part);
    }
};

Performer performer_of(const formats::NetworkFile& file) {
    if (const auto* program = std::get_if<formats::ProgramFile>(&file))
        return {program->program.name, program->program.alphabet, program};
    const auto* model = std::get_if<formats::ModelFile>(&file);
    if (model == nullptr || !model->transformer.readout.classes)
        throw base::UsageError(
            fmt::format("--task: expected a program (attest/program) or a model with classes, found {}",
                        model == nullptr ? "tables" : "a model with one score"));
    return {model->transformer.name, model->transformer.alphabet, model};
}

}  // namespace

int TaskCommand::run(Session& session, const formats::NetworkFile& file) const {
    const Performer performer = performer_of(file);
    const auto start = std::chrono::steady_clock::now();
    const language::Task asked_task = language::Task::parse(task, performer.alphabet);
    const std::vector<std::int64_t> all = parse_task_lengths();
    for (const std::int64_t n : all) performer.require_length(n);
    task::Options options;
    options.method = method_of(method);
    options.back_end = logic::parse_back_end(session.options.solver);
    options.seed = session.options.seed;
    options.count = counts;
    options.shown = shown;
    certify::Archive archive(directory);
    std::vector<Performance> results;
    const TaskAsked asked{performer.name, performer.alphabet, task, counts};
    const auto show = [&] {
        const std::chrono::duration<double> clock = std::chrono::steady_clock::now() - start;
        session.print(task_text(asked, results, clock.count()));
        if (results.size() == 1 && results.front().verdict.kept())
            session.print(
                fmt::format("  certificate {} (manifest {})\n", *directory, results.front().verdict.digest()));
        session.print_json(record::write(record::task(performer.name, performer.alphabet, task, counts, results)));
    };
    for (const std::int64_t n : all) {
        options.progress = [&](const std::string& what) { session.progress(fmt::format("length {}: {}", n, what)); };
        results.push_back(performer.perform(asked_task, n, options, session.limits(), archive,
                                            all.size() == 1 ? "" : certify::part_of_length(n)));
        session.draft(show);
    }
    keep(session, archive, results);
    show();
    return status(results);
}

std::vector<std::int64_t> TaskCommand::parse_task_lengths() const {
    if (!lengths.empty()) return parse_lengths(lengths, "--length");
    if (const auto usual = language::Task::usual_length(task)) return {*usual};
    throw base::UsageError("--length: expected a length, found none");
}

}  // namespace attest::cli
